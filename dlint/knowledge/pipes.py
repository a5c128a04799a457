"""Commands in pipelines: which fail for reasons nobody foresees, and which accept an empty input.

Measured on Debian 12 with nothing on their input: tar, gunzip, xz, zstd, unzip, gpg --dearmor, gpg --import,
apt-key add and sha256sum -c fail, so that a failed download is seen; those here succeed.
"""

# What fetches, builds or installs.
PRODUCERS = frozenset({
    "curl", "wget", "aria2c", "git", "gsutil", "aws", "gcloud", "az", "hf", "huggingface-cli", "kaggle", "rsync", "ssh",
    "make", "cmake", "ninja", "bazel", "meson", "mvn", "gradle", "cargo", "go", "npm", "yarn", "pnpm", "pip", "uv",
    "conda",
    "mamba", "micromamba", "poetry", "pdm", "apt-get", "apt", "dnf", "yum", "microdnf", "apk", "zypper", "pytest",
    "tox",
    "python", "Rscript", "julia", "node", "dotnet", "nvcc", "gcc", "g++", "configure", "dvc", "pg_dump", "mysqldump",
})  # fmt: skip
# With one of these arguments they only tell something.
QUERIES = (
    "freeze", "list", "show", "--version", "-V", "-v", "--help", "-h", "info", "env", "config", "describe", "rev-parse",
    "ls-remote", "ls-files", "log", "status", "version", "search", "policy", "-c", "-qq", "repolist", "repoquery",
    "branch",
    "tag", "get", "--print-uris", "-e",
)  # fmt: skip

# What acts on its input, and does nothing, successfully, when it is empty.
SINKS = frozenset({"tee", "psql", "mysql", "sqlite3", "dd", "patch", "crontab", "sponge"})
# What makes text of text.
FILTERS = frozenset({
    "cat", "sort", "uniq", "head", "tail", "sed", "awk", "gawk", "mawk", "tr", "cut", "jq", "base64", "rev", "nl", "wc",
    "column", "fold", "iconv", "envsubst", "ts", "less", "more",
})  # fmt: skip
