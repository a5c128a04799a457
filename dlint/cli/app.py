"""The typer application: help, messages, and every command."""

import inspect
import sys
from typing import Annotated, Any

import typer

from dlint import __version__
from dlint.cli import COMMANDS
from dlint.cli.fast import normalise, with_values
from dlint.engine.errors import UsageError
from dlint.engine.options import OPTIONS, Option
from dlint.project.discovery import is_dockerfile_name

app = typer.Typer(
    name="dlint",
    help="Lint container images for machine learning: Dockerfiles today, exactly as BuildKit reads them.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def run(arguments: list[str]) -> int:
    """Run the application and return the exit code.

    Raises DlintError for what its commands find wrong.
    """
    if arguments[:1] == ["help"]:
        arguments = [*arguments[1:2], "--help"]
    _require_command(arguments)
    try:
        result = app(with_values(arguments), standalone_mode=False)
    except Exception as error:
        # typer carries its own copy of click's exceptions; they know how to show themselves.
        if hasattr(error, "show") and hasattr(error, "exit_code"):
            error.show()
            return int(error.exit_code)
        if type(error).__name__ == "Abort":
            return 130
        raise
    return result if isinstance(result, int) else 0


def _require_command(arguments: list[str]) -> None:
    if not arguments or arguments[0].startswith("-") or arguments[0] in COMMANDS:
        return
    import os
    from difflib import get_close_matches

    name = arguments[0]
    if os.path.exists(name) or is_dockerfile_name(name):
        raise UsageError(f"{name!r} is not a command; did you mean `dlint check {name}`?")
    near = get_close_matches(name, COMMANDS, 1)
    hint = f"did you mean `dlint {near[0]}`?" if near else f"there are {', '.join(COMMANDS)}"
    raise UsageError(f"{name!r} is not a command; {hint}")


def _version(value: bool) -> None:
    if value:
        print(f"dlint {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", "-V", help="Print the version.", is_eager=True, callback=_version)
    ] = False,
) -> None:
    """Lint container images for machine learning."""


@app.command("version")
def version_command() -> None:
    """Print the version."""
    print(f"dlint {__version__}")


@app.command("rule")
def rule_command(
    name: Annotated[str | None, typer.Argument(help="A rule, or another tool's code for it (DL3008).")] = None,
    all_rules: Annotated[bool, typer.Option("--all", help="List all rules.")] = False,
    output_format: Annotated[str, typer.Option("--output-format", help="text or json.")] = "text",
) -> None:
    """Explain a rule, or list all of them."""
    from dlint.cli.rule import run_rule

    run_rule(name, all_rules=all_rules, output_format=output_format)


app.command("explain", hidden=True)(rule_command)


config = typer.Typer(help="Show the settings that count, or take over those of hadolint.", no_args_is_help=True)
app.add_typer(config, name="config")


@config.command("show")
def config_show(
    paths: Annotated[list[str] | None, typer.Argument(help="Files and folders.", show_default=False)] = None,
) -> int:
    """Print the settings each file gets, and which file they are from."""
    from dlint.cli.check import run_check

    return run_check({"show_settings": True}, list(paths or ()))


@config.command("import-hadolint")
def config_import_hadolint(
    file: Annotated[
        str | None, typer.Argument(help="The file; default: .hadolint.yaml or .hadolint.yml here.", show_default=False)
    ] = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="PATH", help="Write to a file instead of standard output.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
) -> None:
    """Print hadolint's configuration as a dlint.toml."""
    from dlint.cli.config import import_hadolint

    import_hadolint(file, output, force=force)


def _parameter(option: Option) -> inspect.Parameter:
    """Return the parameter of ``dlint check`` that an option is."""
    positive = [flag for flag in option.flags if not flag.startswith("--no-") or flag == option.flags[0]]
    negative = [flag for flag in option.flags if flag not in positive]
    common: dict[str, Any] = {"help": option.help, "rich_help_panel": option.panel, "show_default": False}
    if option.kind == "flag":
        names = [f"{positive[0]}/{negative[0]}", *positive[1:]] if negative else positive
        annotation: Any = Annotated[bool | None, typer.Option(*names, **common)]
    else:
        # A repeated option that takes one value counts the last time, so all take lists.
        annotation = Annotated[list[str] | None, typer.Option(*positive, metavar=option.metavar, **common)]
    return inspect.Parameter(option.name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation)


def read_options(given: dict[str, Any]) -> dict[str, Any]:
    """Return the options that were given, as settings want them.

    Raises UsageError.
    """
    return normalise({name: value for name, value in given.items() if value not in (None, [], ())})


def _check(paths: list[str] | None = None, **given: Any) -> int:
    """Lint Dockerfiles.

    PATHS are files and folders (default: the current one); '-' is standard input.
    Exit codes: 0 nothing at or above --fail-on; 1 findings; 2 wrong use, unreadable input or a crash.
    """
    from dlint.cli.check import run_check

    return run_check(read_options(given), list(paths or ()))


_PLANNING = (
    "context", "target", "build_arg", "platform", "exclude", "extend_exclude", "fixable", "unfixable", "select",
    "extend_select", "ignore", "color", "verbose", "exit_zero", "today", "config", "isolated", "shellcheck",
)  # fmt: skip
"""The options of ``dlint check`` that count for a plan too."""


def _optimize(
    paths: list[str] | None = None,
    write: bool = False,
    only: list[str] | None = None,
    skip: list[str] | None = None,
    diff: bool = False,
    output_format: str = "text",
    **given: Any,
) -> int:
    """Plan better Dockerfiles: each step with its reason, what it saves, and a diff.

    PATHS are files and folders (default: the current one).
    Exit codes: 0 nothing to do, or done; 1 a plan with steps; 2 wrong use, unreadable input or a crash.
    """
    from dlint.cli.optimize import run_optimize

    def listed(names: list[str] | None) -> tuple[str, ...]:
        return tuple(part.strip() for name in names or () for part in name.split(",") if part.strip())

    return run_optimize(
        read_options(given), list(paths or ()), only=listed(only), skip=listed(skip), write=write, diff=diff,
        output_format=output_format,
    )  # fmt: skip


def _optimize_signature() -> inspect.Signature:
    panel = "Plan"
    own: list[tuple[str, Any, Any]] = [
        ("paths", list[str] | None, typer.Argument(help="Files and folders to plan for.", show_default=False)),
        ("write", bool, typer.Option("--write", help="Make the changes.", rich_help_panel=panel)),
        ("only", list[str] | None, typer.Option("--only", metavar="NAME", rich_help_panel=panel, show_default=False,
                                                help="Only these rewrites and fixes; may be repeated.")),
        ("skip", list[str] | None, typer.Option("--skip", metavar="NAME", rich_help_panel=panel, show_default=False,
                                                help="All but these; may be repeated.")),
        ("diff", bool, typer.Option("--diff", help="Print one diff of everything, for git apply.",
                                    rich_help_panel=panel)),
        ("output_format", str, typer.Option("--output-format", help="text or json.", rich_help_panel=panel)),
    ]  # fmt: skip
    defaults = {"write": False, "diff": False, "output_format": "text"}
    parameters = [
        inspect.Parameter(
            name, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=defaults.get(name), annotation=Annotated[kind, info]
        )
        for name, kind, info in own
    ]
    shared = [_parameter(option) for option in OPTIONS if option.name in _PLANNING and option.flags]
    return inspect.Signature([*parameters, *shared])


_optimize.__signature__ = _optimize_signature()  # type: ignore[attr-defined]
_optimize.__annotations__ = {name: each.annotation for name, each in _optimize_signature().parameters.items()}
app.command("optimize")(_optimize)


def _signature() -> inspect.Signature:
    paths = inspect.Parameter(
        "paths",
        inspect.Parameter.POSITIONAL_OR_KEYWORD,
        default=None,
        annotation=Annotated[list[str] | None, typer.Argument(help="Files and folders to check.", show_default=False)],
    )
    return inspect.Signature([paths, *(_parameter(option) for option in OPTIONS if option.flags)])


_check.__signature__ = _signature()  # type: ignore[attr-defined]
_check.__annotations__ = {name: parameter.annotation for name, parameter in _signature().parameters.items()}
app.command("check")(_check)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
