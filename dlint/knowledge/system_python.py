"""The Python of distributions whose packages PEP 668 protects: pip refuses to install beside them.

Sources: packages.debian.org and packages.ubuntu.com (python3, 2026-11); Debian 12 release notes,
"Python Interpreters marked externally-managed"; seen on Debian 12.
"""

# Distribution -> release -> version of its python3.
PROTECTED: dict[str, dict[str, str]] = {
    "debian": {"12": "3.11", "13": "3.13"},
    "ubuntu": {
        "23.04": "3.11", "23.10": "3.11", "24.04": "3.12", "24.10": "3.12", "25.04": "3.13", "25.10": "3.13",
        "26.04": "3.14",
    },
}  # fmt: skip
