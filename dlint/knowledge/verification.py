"""How tools are told not to check certificates and signatures.

Sources: curl(1), wget(1), aria2c(1), git-config(1), apt-get(8), sources.list(5), dnf(8), zypper(8), rpm(8), apk(8), and
the documentation of pip, uv, npm, conda and Node.js (2026-11-22). The codes are checkov's.
"""

CERTIFICATES, SIGNATURES = "certificate", "signature"

# Tool -> its options -> what is no longer checked, and checkov's code.
OPTIONS: dict[str, dict[str, tuple[str, str]]] = {
    "curl": {"-k": (CERTIFICATES, "CKV2_DOCKER_2"), "--insecure": (CERTIFICATES, "CKV2_DOCKER_2")},
    "wget": {"--no-check-certificate": (CERTIFICATES, "CKV2_DOCKER_3")},
    "aria2c": {"--check-certificate=false": (CERTIFICATES, "")},
    **dict.fromkeys(
        ("apt-get", "apt"),
        {
            "--allow-unauthenticated": (SIGNATURES, "CKV2_DOCKER_8"), "--force-yes": (SIGNATURES, "CKV2_DOCKER_11"),
            "--allow-insecure-repositories": (SIGNATURES, ""),
        },
    ),
    **dict.fromkeys(("dnf", "yum", "microdnf", "tdnf", "dnf5"), {"--nogpgcheck": (SIGNATURES, "CKV2_DOCKER_9"),
        "--no-gpgchecks": (SIGNATURES, "CKV2_DOCKER_9")}),
    "zypper": {"--no-gpg-checks": (SIGNATURES, "")},
    "rpm": dict.fromkeys(("--nosignature", "--nodigest", "--noverify"), (SIGNATURES, "CKV2_DOCKER_10")),
    "apk": {"--allow-untrusted": (SIGNATURES, "CKV2_DOCKER_7")},
    **dict.fromkeys(("npm", "yarn", "pnpm"), {"--strict-ssl=false": (CERTIFICATES, "CKV2_DOCKER_13"),
        "--no-strict-ssl": (CERTIFICATES, "CKV2_DOCKER_13")}),
    **dict.fromkeys(("skopeo", "podman", "buildah"), dict.fromkeys(("--tls-verify=false", "--src-tls-verify=false"),
        (CERTIFICATES, ""))),
    **dict.fromkeys(("conda", "mamba"), {"--insecure": (CERTIFICATES, "")}),
}  # fmt: skip

# Settings in the arguments of a tool: a lower-case part of the name, the values that switch off, and the code.
SETTINGS: dict[str, tuple[tuple[str, str], ...]] = {
    "git": (("sslverify", ""),),
    **dict.fromkeys(("npm", "yarn", "pnpm"), (("strict-ssl", "CKV2_DOCKER_13"),)),
    **dict.fromkeys(("conda", "mamba", "micromamba"), (("ssl_verify", ""), ("ssl-verify", ""))),
    **dict.fromkeys(("dnf", "yum", "microdnf", "tdnf", "dnf5"), (("sslverify", "CKV2_DOCKER_15"),)),
    **dict.fromkeys(("apt-get", "apt"), (("verify-peer", ""), ("verify-host", ""))),
}  # fmt: skip
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
