"""Report Python packages whose shared libraries the image does not have."""

from dlint.checks import ERROR, Report, rule
from dlint.knowledge.system_libraries import Library
from dlint.model.build import Build
from dlint.model.environment import Request
from dlint.model.shared_libraries import missing_library


@rule("missing-system-library", severity=ERROR, triggers=("opencv", "ultralytics", "lightgbm", ".txt"))
def check(build: Build, report: Report) -> None:
    seen = set()
    for request in build.requests:
        library = missing_library(build, request)
        if library is None or library in seen:
            continue
        seen.add(library)
        report(
            request.span,
            f"{request.name} needs {library.file}, which nothing here installs: importing it fails",
            advice=_advice(request, library),
            labels=((request.location, "listed here"),) if request.path else (),
        )


def _advice(request: Request, library: Library) -> str:
    headless = {"opencv-python", "opencv-contrib-python"} & {request.name}
    install = f"apt-get install -y --no-install-recommends {library.package}"
    if library.package == "libgl1":
        install += " libglib2.0-0"
    return f"install {request.name}-headless, or {install}" if headless else install
