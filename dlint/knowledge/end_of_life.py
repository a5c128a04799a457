"""When releases stop getting free security fixes.

Source: endoflife.date (endoflife-date/endoflife.date at a70eca337, 2026-08-22).
Debian counts to the end of LTS, which is free and in the normal archive; Ubuntu to the end of
standard support, because what follows needs a subscription. Dates are ISO 8601.
"""

AS_OF = "2026-08-22"

# Product -> cycle -> the last day of support.
END_OF_LIFE: dict[str, dict[str, str]] = {
    "python": {
        "3.14": "2030-10-31", "3.13": "2029-10-31", "3.12": "2028-10-31", "3.11": "2027-10-31",
        "3.10": "2026-10-31", "3.9": "2025-10-31", "3.8": "2024-10-07", "3.7": "2023-06-27",
        "3.6": "2021-12-23", "3.5": "2020-09-30", "2.7": "2020-01-01",
    },
    "debian": {
        "13": "2030-06-30", "12": "2028-06-30", "11": "2026-08-31", "10": "2024-06-30",
        "9": "2022-07-01", "8": "2020-06-30",
    },
    "ubuntu": {
        "26.04": "2031-04-30", "25.10": "2026-07-01", "25.04": "2026-01-17", "24.10": "2025-07-10",
        "24.04": "2029-05-31", "23.10": "2024-07-12", "22.04": "2027-04-01", "20.04": "2025-05-31",
        "18.04": "2023-05-31", "16.04": "2021-04-02",
    },
    "alpine": {
        "3.24": "2028-06-01", "3.23": "2027-11-01", "3.22": "2027-05-01", "3.21": "2026-11-01",
        "3.20": "2026-04-01", "3.19": "2025-11-01",
    },
    "centos": {"8": "2021-12-31", "7": "2024-06-30"},
    "rocky": {"10": "2035-05-31", "9": "2032-05-31", "8": "2029-05-31"},
    "alma": {"10": "2035-05-31", "9": "2032-05-31", "8": "2029-05-31"},
    "amazonlinux": {"2023": "2029-06-30", "2": "2026-06-30"},
    "fedora": {"44": "2027-06-02", "43": "2026-12-09", "42": "2026-05-27"},
    "postgres": {
        "18": "2030-11-14", "17": "2029-11-08", "16": "2028-11-09", "15": "2027-11-11",
        "14": "2026-11-12", "13": "2025-11-13", "12": "2024-11-21",
    },
    "node": {
        "26": "2029-04-30", "24": "2028-04-30", "22": "2027-04-30", "20": "2026-04-30",
        "18": "2025-04-30",
    },
    "redis": {
        "8.2": "2030-09-30", "8.0": "2026-12-01", "7.4": "2029-12-31", "7.2": "2029-12-31",
        "6.2": "2027-04-30",
    },
}  # fmt: skip

# Cycles older than the oldest row are over too, where the table goes back far enough to say so.
OLDEST_IS_OVER = frozenset({"python", "debian", "ubuntu", "alpine", "centos", "fedora", "postgres"})

LABELS = {
    "python": "Python", "debian": "Debian", "ubuntu": "Ubuntu", "alpine": "Alpine",
    "centos": "CentOS", "rocky": "Rocky Linux", "alma": "AlmaLinux", "amazonlinux": "Amazon Linux",
    "fedora": "Fedora", "postgres": "PostgreSQL", "node": "Node.js", "redis": "Redis",
}  # fmt: skip
