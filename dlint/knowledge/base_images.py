"""What well-known base images are and set.

Sources: docker-library/official-images and the Dockerfiles of the images (read 2026-08);
nvidia container wiki; pytorch/pytorch and rocm Dockerfiles; jupyter/docker-stacks README.
"""

DEBIAN_CODENAMES = {
    "trixie": "13", "bookworm": "12", "bullseye": "11", "buster": "10", "stretch": "9", "jessie": "8",
}  # fmt: skip
UBUNTU_CODENAMES = {
    "resolute": "26.04", "questing": "25.10", "plucky": "25.04", "oracular": "24.10",
    "noble": "24.04", "mantic": "23.10", "jammy": "22.04", "focal": "20.04", "bionic": "18.04",
    "xenial": "16.04", "trusty": "14.04",
}  # fmt: skip

# Tag words that move from one image to the next without notice.
FLOATING_WORDS = frozenset({
    "latest", "nightly", "main", "master", "dev", "edge", "canary", "stable", "rolling",
    "current", "lts", "testing", "unstable", "sid", "devel", "develop", "experimental",
})  # fmt: skip

# docker-library/python at 4f070595 (2026-06-23): the first variant of every version it builds.
PYTHON_DEFAULT_SUITE = dict.fromkeys(("3.10", "3.11", "3.12", "3.13", "3.14"), "13")

# Official images whose plain tags are built on Debian. Others are not (openjdk and mysql on Oracle
# Linux, mariadb, mongo, swift, tomcat and rabbitmq on Ubuntu), or have been both.
OFFICIAL_DEBIAN = frozenset({
    "python", "node", "golang", "rust", "ruby", "php", "perl", "gcc", "buildpack-deps", "nginx", "httpd",
    "postgres", "redis", "pypy", "haskell", "julia", "r-base", "erlang", "elixir", "memcached", "haproxy",
})  # fmt: skip

# Docker Official Images (docker-library/official-images, 2026-08). A name without a slash that is
# not among them is an image somebody built on the spot.
OFFICIAL_IMAGES = OFFICIAL_DEBIAN | frozenset(
    {
        "adminer", "aerospike", "almalinux", "alpine", "alt", "amazoncorretto", "amazonlinux", "api-firewall",
        "arangodb", "archlinux", "backdrop", "bash", "bonita", "busybox", "caddy", "cassandra", "centos",
        "chronograf", "cirros", "clearlinux", "clefos", "clickhouse", "clojure", "composer", "convertigo",
        "couchbase", "couchdb", "crate", "crux", "dart", "debian", "drupal", "eclipse-mosquitto",
        "eclipse-temurin", "eggdrop", "elasticsearch", "emqx", "espocrm", "euleros", "express-gateway", "fedora",
        "flink",
        "fluentd", "friendica", "gazebo", "geonetwork", "ghost", "gradle", "groovy", "haxe", "hello-world",
        "hitch", "hylang", "ibm-semeru-runtimes", "ibmjava", "influxdb", "irssi", "jetty", "joomla", "jruby",
        "kapacitor", "kibana", "kong", "krakend", "lightstreamer", "liquibase", "logstash", "mageia", "matomo",
        "mariadb", "maven", "mediawiki", "mongo", "mysql", "neo4j", "openjdk", "rabbitmq", "swift", "tomcat", "docker",
        "mongo-express", "monica", "nats", "nats-streaming", "nextcloud", "notary",
        "odoo", "open-liberty", "opensuse", "oraclelinux", "orientdb", "percona", "photon", "phpmyadmin",
        "plone", "postfixadmin", "rakudo-star", "redmine", "registry", "rethinkdb", "rockylinux", "ros",
        "rapidoid", "sapmachine", "satosa", "scratch", "silverpeas", "sl", "solr", "sonarqube", "spark",
        "spiped", "storm", "swipl", "teamspeak", "telegraf", "thrift", "tomee", "traefik", "ubuntu", "unit",
        "varnish", "vault", "websphere-liberty", "wordpress", "xwiki", "yourls", "znc", "zookeeper",
    }
)  # fmt: skip

# Every variable these images set; a complete list, so any other name is certainly not set.
# PATH is set by BuildKit itself where the image does not.
COMPLETE_ENVIRONMENTS: dict[str, tuple[str, ...]] = {
    "scratch": (), "debian": (), "ubuntu": (), "alpine": (), "busybox": (), "centos": (),
    "rocky": (), "alma": (), "amazonlinux": (), "buildpack-deps": (),
    "fedora": ("FGC", "DISTTAG", "container"),
    "python": (
        "LANG", "GPG_KEY", "PYTHON_VERSION", "PYTHON_SHA256", "PYTHON_PIP_VERSION",
        "PYTHON_SETUPTOOLS_VERSION", "PYTHON_GET_PIP_URL", "PYTHON_GET_PIP_SHA256",
        "PYTHON_WHEEL_VERSION",
    ),
    "node": ("NODE_VERSION", "YARN_VERSION"),
    "golang": ("GOLANG_VERSION", "GOTOOLCHAIN", "GOPATH"),
    "rust": ("RUSTUP_HOME", "CARGO_HOME", "RUST_VERSION"),
}  # fmt: skip

# nvidia/cuda also sets one NV_..._VERSION per package.
CUDA_ENVIRONMENT = (
    "CUDA_VERSION", "CUDA_PKG_VERSION", "CUDNN_VERSION", "LD_LIBRARY_PATH", "LIBRARY_PATH",
    "NCCL_VERSION", "NVARCH", "NVIDIA_DRIVER_CAPABILITIES", "NVIDIA_PRODUCT_NAME",
    "NVIDIA_REQUIRE_CUDA", "NVIDIA_VISIBLE_DEVICES",
)  # fmt: skip

# Repositories (by ImageReference.name) and the user their containers run as.
DEFAULT_USERS: dict[str, str] = {
    **dict.fromkeys(
        ("debian", "ubuntu", "alpine", "busybox", "centos", "rockylinux", "almalinux", "fedora",
         "amazonlinux", "oraclelinux", "python", "node", "golang", "rust", "ruby", "php", "perl",
         "gcc", "buildpack-deps", "openjdk", "eclipse-temurin", "pypy", "r-base", "julia",
         "nvidia/cuda", "nvcr.io/nvidia/cuda", "nvcr.io/nvidia/pytorch", "nvcr.io/nvidia/tensorflow",
         "nvcr.io/nvidia/tritonserver", "nvcr.io/nvidia/tensorrt", "pytorch/pytorch",
         "tensorflow/tensorflow", "tensorflow/serving", "continuumio/miniconda3",
         "continuumio/anaconda3", "condaforge/miniforge3", "condaforge/mambaforge",
         "ghcr.io/astral-sh/uv", "vllm/vllm-openai", "lmsysorg/sglang", "rocm/pytorch",
         "rocm/dev-ubuntu-22.04", "rocm/dev-ubuntu-24.04", "registry.access.redhat.com/ubi8/ubi",
         "registry.access.redhat.com/ubi9/ubi", "registry.access.redhat.com/ubi8/ubi-minimal",
         "registry.access.redhat.com/ubi9/ubi-minimal", "registry.access.redhat.com/ubi8",
         "registry.access.redhat.com/ubi9", "registry.access.redhat.com/ubi8-minimal",
         "registry.access.redhat.com/ubi9-minimal", "rayproject/ray-deps"), "root"
    ),
    "mambaorg/micromamba": "mambauser",
    "rayproject/ray": "ray",
    "pytorch/torchserve": "model-server",
}  # fmt: skip

# Families of images that hold the folders of their system and no others in the root of the file system,
# and whose working directory is that root.
BARE_IMAGES = frozenset({
    "scratch", "debian", "ubuntu", "alpine", "busybox", "python", "pypy", "node", "buildpack-deps", "cuda", "centos",
    "rocky", "alma", "fedora", "amazonlinux", "rust",
})  # fmt: skip
SYSTEM_FOLDERS = (
    "/bin/", "/boot/", "/dev/", "/etc/", "/home/", "/lib/", "/lib64/", "/media/", "/mnt/", "/opt/", "/proc/", "/root/",
    "/run/", "/sbin/", "/srv/", "/sys/", "/tmp/", "/usr/", "/var/",
)  # fmt: skip

# Families whose images hold no Python but that of their distribution, if any.
DISTRIBUTION_PYTHON = frozenset({
    "debian", "ubuntu", "cuda", "buildpack-deps", "node", "golang", "rust", "gcc", "postgres", "nginx", "php", "ruby",
})  # fmt: skip
# Families whose images hold no virtual environment, no conda, and no setting of uv (astral-sh/uv, docs/guides/
# integration/docker.md and the Dockerfile of its images, 2026-08, for "uv").
WITHOUT_ENVIRONMENT = DISTRIBUTION_PYTHON | {"python", "pypy", "alpine", "uv"}
# The oldest pip of the images that a tag python:X.Y stands for (bundled with the first release of that series
# that is still built, or pinned by docker-library/python, 2026-06).
PIP_OF_PYTHON = {"3.10": (23, 0), "3.11": (24, 0), "3.12": (24, 0), "3.13": (24, 2), "3.14": (25, 2)}
