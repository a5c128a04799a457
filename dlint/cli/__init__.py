"""The command line.

``dlint check`` with options it knows runs at once, without importing typer; everything else
(help, errors, other commands) goes to the typer application, which owns all messages. Both
are made from ``engine/options.py``.
"""

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = ("check", "optimize", "rule", "explain", "config", "version")


def entry() -> None:
    """Run dlint as the process that was started for it."""
    import gc
    import os

    # Nothing that is imported is ever freed; what is read later is freed by counting references.
    gc.set_threshold(2_000_000)
    from dlint import bundle

    held = bundle.install()
    code = main()
    bundle.save(held)

    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (AttributeError, OSError):
        # Closed, full, or nobody reads any more; what could be said was said.
        code = code or 1
    # Taking all modules and trees apart again would cost a fifth of the time of a short run.
    os._exit(code)


def main(argv: "Sequence[str] | None" = None) -> int:
    """Run dlint and return its exit code: 0 clean, 1 findings, 2 wrong use or unreadable input."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        return _main(arguments)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader went away; there is nobody left to tell.
        import os

        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        # Standard output on a full disk, a working directory that was deleted.
        print(f"error: {error.filename or 'standard output'}: {error.strerror}", file=sys.stderr)
        return 2


def _main(arguments: list[str]) -> int:
    from dlint.engine.errors import DlintError

    try:
        arguments = _with_files(arguments)
        if arguments[:1] == ["check"]:
            from dlint.cli.fast import read_arguments

            known = read_arguments(arguments[1:])
            if known is not None:
                import gc

                # Trees are freed by counting references; looking for cycles finds next to nothing.
                gc.set_threshold(2_000_000)
                from dlint.cli.check import run_check

                options, paths = known
                return run_check(options, paths)
        from dlint.cli.app import run

        return run(arguments)
    except DlintError as error:
        for text in getattr(error, "problems", [str(error)]):
            print(f"error: {text}", file=sys.stderr)
        return error.exit_code


def _with_files(arguments: list[str]) -> list[str]:
    """Put the lines of ``@file`` in its place."""
    if not any(argument.startswith("@") for argument in arguments):
        return arguments
    from dlint.engine.errors import UsageError

    result: list[str] = []
    for argument in arguments:
        if not argument.startswith("@") or len(argument) == 1:
            result.append(argument)
            continue
        try:
            with open(argument[1:], encoding="utf-8") as file:
                result.extend(line for line in file.read().splitlines() if line)
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "not UTF-8 text"
            raise UsageError(f"cannot read arguments from {argument[1:]}: {reason}") from None
    return result
