"""Report base images of releases that get no security fixes any more."""

from dlint.checks import INFO, WARNING, Report, rule
from dlint.knowledge.end_of_life import END_OF_LIFE, LABELS, OLDEST_IS_OVER, TAGGED_PRODUCTS
from dlint.model.base_image import BaseImage
from dlint.model.build import Build

_NOTICE_DAYS = 90
_OWN_CALENDAR = ("centos-stream", "aws-dlc")


@rule("base-eol", severity=WARNING, triggers=("from",))
def check(build: Build, report: Report) -> None:
    shipped = set(build.runtime_chain)
    for stage in build.stages:
        if stage.image is None:
            continue
        over, soon = [], []
        for product, version in _parts(stage.root):
            end = _end(product, version)
            if end is None:
                continue
            name = f"{LABELS[product]} {version}"
            if end < report.today:
                over.append(
                    f"{name} has had no security fixes since {end}" if end > "1" else f"{name} is long out of support"
                )
            elif _days(report.today, end) <= _NOTICE_DAYS:
                soon.append(f"{name} gets no security fixes after {end}")
        if over:
            severity = WARNING if stage in shipped else INFO
            report(
                stage.instruction.image.span,
                "; ".join(over + soon),
                advice="move to a supported release",
                severity=severity,
            )
        elif soon:
            report(stage.instruction.image.span, "; ".join(soon), advice="plan the move", severity=INFO)


def _parts(image: BaseImage) -> list[tuple[str, str]]:
    """Return the products and cycles an image consists of."""
    found = []
    if image.python and image.family in ("python", "lambda", "uv"):
        found.append(("python", image.python))
    if image.node:
        found.append(("node", image.node))
    official = image.reference.official if image.reference else None
    if image.reference and official in TAGGED_PRODUCTS:
        tag = (image.reference.tag or "").split("-")[0].split(".")
        if tag[0].isdigit():
            # Before 10, a release of PostgreSQL was 9.6.
            parts = 2 if official == "postgres" and len(tag[0]) == 1 else TAGGED_PRODUCTS[official]
            found.append((official, ".".join(tag[:parts])))
    # A release of the distribution; enterprise rebuilds, Red Hat and AWS have their own calendars.
    if image.os in END_OF_LIFE and image.os_version and image.family not in _OWN_CALENDAR:
        found.append((image.os, image.os_version))
    return found


def _end(product: str, version: str) -> str | None:
    """Return the last day of support; "0" for cycles older than the table, None for unknown ones."""
    cycles = END_OF_LIFE[product]
    if version in cycles:
        return cycles[version]
    if product in OLDEST_IS_OVER and _key(version) and _key(version) < min(_key(cycle) for cycle in cycles):
        return "0"
    return None


def _key(version: str) -> tuple[int, ...]:
    try:
        return tuple(int(part) for part in version.split("."))
    except ValueError:
        return ()


def _days(start: str, end: str) -> int:
    """Return the days between two ISO dates, by the day number of each."""

    def number(text: str) -> int:
        year, month, day = (int(part) for part in text.split("-"))
        # Counting years from March puts the leap day at the end.
        year, month = (year, month - 3) if month > 2 else (year - 1, month + 9)
        return 365 * year + year // 4 - year // 100 + year // 400 + (153 * month + 2) // 5 + day

    return number(end) - number(start)
