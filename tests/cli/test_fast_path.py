"""The fast path of ``dlint check`` and the typer application read arguments alike."""

from hypothesis import given, settings
from hypothesis import strategies as st

from dlint.cli import app as application
from dlint.cli.fast import read_arguments
from dlint.engine.errors import UsageError
from dlint.engine.options import OPTIONS

FLAGS = [flag for option in OPTIONS for flag in option.flags]
VALUES = [
    "all", "size,DL3015", " size , ", "error", "never", "json", "json:out.json", "auto", "2026-11-22", "tomorrow", "3", "-3", "x:y",
    "dev/*:base-eol", "a=b", "check.select = ['all']", "", "-", "--", "Dockerfile", "-q", "-x", "--no-such", "@", "1" * 30,
]  # fmt: skip
ARGUMENTS = st.lists(
    st.one_of(
        st.sampled_from(FLAGS),
        st.sampled_from(VALUES),
        st.builds(lambda flag, value: f"{flag}={value}", st.sampled_from(FLAGS), st.sampled_from(VALUES)),
    ),
    max_size=6,
)


def typer_reading(arguments):
    """Return options and paths as the application gives them to the command, None for an error."""
    seen = []

    def fake(options, paths):
        seen.append((options, paths))
        return 0

    import dlint.cli.check as command

    original = command.run_check
    command.run_check = fake
    try:
        code = application.run(["check", *arguments])
    except UsageError:
        return None
    finally:
        command.run_check = original
    return seen[0] if seen and code == 0 else None


@settings(max_examples=500, deadline=None)
@given(ARGUMENTS)
def test_the_fast_path_only_says_yes(arguments):
    """What it reads, the application reads to the same options and paths."""
    fast = read_arguments(arguments)
    if fast is not None:
        assert typer_reading(arguments) == fast


def test_it_reads_what_people_write():
    for arguments in (
        [],
        ["Dockerfile"],
        ["--select", "all", "--ignore=DL3015", "-q", "a", "b"],
        ["--output-format", "json", "--output-format=sarif:x", "--no-respect-gitignore"],
        ["--exit-zero", "--", "-odd"],
    ):
        assert read_arguments(arguments) is not None
