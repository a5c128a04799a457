"""How tools are told not to check certificates and signatures.

Sources: curl(1), wget(1), aria2c(1), git-config(1), apt-get(8), sources.list(5), dnf(8), zypper(8), rpm(8), apk(8), and
the documentation of pip, uv, npm, conda and Node.js (2026-11-22). The codes are checkov's.
"""

CERTIFICATES, SIGNATURES = "certificate", "signature"

# Tools, an option of theirs, what is no longer checked, and checkov's code.
_OPTIONS = (
    ("curl", "-k", CERTIFICATES, "CKV2_DOCKER_2"),
    ("curl", "--insecure", CERTIFICATES, "CKV2_DOCKER_2"),
    ("wget", "--no-check-certificate", CERTIFICATES, "CKV2_DOCKER_3"),
    ("aria2c", "--check-certificate=false", CERTIFICATES, ""),
    ("npm yarn pnpm", "--strict-ssl=false", CERTIFICATES, "CKV2_DOCKER_13"),
    ("npm yarn pnpm", "--no-strict-ssl", CERTIFICATES, "CKV2_DOCKER_13"),
    ("skopeo podman buildah", "--tls-verify=false", CERTIFICATES, ""),
    ("skopeo", "--src-tls-verify=false", CERTIFICATES, ""),
    ("conda mamba", "--insecure", CERTIFICATES, ""),
    ("apt-get apt", "--allow-unauthenticated", SIGNATURES, "CKV2_DOCKER_8"),
    ("apt-get apt", "--allow-insecure-repositories", SIGNATURES, ""),
    ("apt-get apt", "--force-yes", SIGNATURES, "CKV2_DOCKER_11"),
    ("dnf dnf5 yum microdnf tdnf", "--nogpgcheck", SIGNATURES, "CKV2_DOCKER_9"),
    ("dnf dnf5 yum microdnf tdnf", "--no-gpgchecks", SIGNATURES, "CKV2_DOCKER_9"),
    ("zypper", "--no-gpg-checks", SIGNATURES, ""),
    ("rpm", "--nosignature", SIGNATURES, "CKV2_DOCKER_10"),
    ("rpm", "--nodigest", SIGNATURES, "CKV2_DOCKER_10"),
    ("rpm", "--noverify", SIGNATURES, "CKV2_DOCKER_10"),
    ("apk", "--allow-untrusted", SIGNATURES, "CKV2_DOCKER_7"),
)
# Tools, and the lower-case end of the name of a setting that one of the words in OFF switches off, and the code.
_SETTINGS = (
    ("git", "sslverify", ""),
    ("npm yarn pnpm", "strict-ssl", "CKV2_DOCKER_13"),
    ("conda mamba micromamba", "ssl_verify", ""),
    ("conda mamba micromamba", "ssl-verify", ""),
    ("dnf dnf5 yum microdnf tdnf", "sslverify", "CKV2_DOCKER_15"),
    ("apt-get apt", "verify-peer", ""),
    ("apt-get apt", "verify-host", ""),
)
OPTIONS = {(tool, option): (kind, code) for tools, option, kind, code in _OPTIONS for tool in tools.split()}
"""Tool and option -> what it no longer checks, and the code."""
SETTINGS: dict[str, list[tuple[str, str]]] = {}
for _tools, _name, _code in _SETTINGS:
    for _tool in _tools.split():
        SETTINGS.setdefault(_tool, []).append((_name, _code))
OFF = frozenset({"false", "0", "no", "off", "<false>"})

# Environment variable -> values that switch checking off (None: any), and the code.
VARIABLES: dict[str, tuple[frozenset[str] | None, str]] = {
    "PYTHONHTTPSVERIFY": (frozenset({"0"}), "CKV2_DOCKER_5"),
    "NODE_TLS_REJECT_UNAUTHORIZED": (frozenset({"0"}), "CKV2_DOCKER_6"),
    "NPM_CONFIG_STRICT_SSL": (frozenset({"false"}), "CKV2_DOCKER_12"),
    "npm_config_strict_ssl": (frozenset({"false"}), "CKV2_DOCKER_12"),
    "GIT_SSL_NO_VERIFY": (None, "CKV2_DOCKER_14"),
    "CONDA_SSL_VERIFY": (OFF, ""),
    # requests and curl take no certificates from an empty path, and check none.
    "CURL_CA_BUNDLE": (frozenset({""}), ""), "REQUESTS_CA_BUNDLE": (frozenset({""}), ""),
}  # fmt: skip
