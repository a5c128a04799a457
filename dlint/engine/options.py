"""Every option of dlint, once: configuration key, type, default, command line and help.

The configuration reader, the command line, its fast path and the documentation are all made
from this table.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    Kind = Literal["flag", "text", "list", "choice", "date", "table", "count", "optional"]

LEVELS = ("info", "warning", "error", "never")
COLORS = ("auto", "always", "never")
SHELLCHECK = ("auto", "on", "off")
ORCHESTRATORS = ("compose", "swarm")
RULE_SETS = ("2026",)
FORMATS = ("full", "concise", "json", "sarif", "github")


class Option:
    """One option.

    *key* is its place in a configuration file (``check.select``), None where it belongs to the
    command line only; *flags* are its names on the command line, empty where there is none.
    A flag with a ``--no-`` twin lists both. An ``optional`` one takes a value behind ``=`` only.
    """

    __slots__ = ("choices", "default", "flags", "help", "key", "kind", "metavar", "name", "panel")

    def __init__(
        self,
        name: str,
        kind: "Kind",
        default: object,
        help: str,
        *,
        key: str | None = None,
        flags: tuple[str, ...] = (),
        choices: tuple[str, ...] = (),
        metavar: str = "",
        panel: str = "Options",
    ) -> None:
        self.name = name
        self.kind = kind
        self.default = default
        self.help = help
        self.key = key
        self.flags = flags
        self.choices = choices
        self.metavar = metavar
        self.panel = panel


_RULES, _FIXES, _FILES, _OUTPUT, _OUTCOME, _CONFIG = (
    "Rule selection", "Fixes", "File selection", "Output", "Outcome", "Configuration",
)  # fmt: skip

OPTIONS: tuple[Option, ...] = (
    Option("select", "list", ("recommended",), "Rules, families, aliases, 'recommended' or 'all' to check.",
           key="check.select", flags=("--select",), metavar="RULES", panel=_RULES),
    Option("extend_select", "list", (), "More rules, on top of those selected.",
           key="check.extend-select", flags=("--extend-select",), metavar="RULES", panel=_RULES),
    Option("ignore", "list", (), "Rules to leave out; the more specific name wins.",
           key="check.ignore", flags=("--ignore",), metavar="RULES", panel=_RULES),
    Option("per_file_ignores", "table", {}, "Rules to leave out in the files that match a pattern.",
           key="check.per-file-ignores", flags=("--per-file-ignores",), metavar="PATTERN:RULE", panel=_RULES),
    Option("severity", "table", {}, "Severity of rules, families or aliases: info, warning or error.",
           key="check.severity", panel=_RULES),
    Option("rule_set", "choice", "2026", "The year whose recommended rules are used.",
           key="rule-set", choices=RULE_SETS, panel=_RULES),
    Option("shellcheck", "choice", "auto", "Whether ShellCheck reads scripts: auto (with the extra), on or off.",
           key="shellcheck", flags=("--shellcheck",), choices=SHELLCHECK, metavar="WHEN", panel=_RULES),
    Option("no_ignores", "flag", False, "Also report what comments in the files suppress.",
           key="no-ignores", flags=("--no-ignores",), panel=_RULES),
    Option("require_reason", "flag", False, "Report suppression comments that give no reason.",
           key="require-reason", flags=("--require-reason", "--no-require-reason"), panel=_RULES),

    Option("fix", "flag", False, "Change the files: make the fixes that leave the image as it is.",
           flags=("--fix",), panel=_FIXES),
    Option("unsafe_fixes", "flag", False, "With --fix or --diff: also make fixes that change the image on purpose.",
           flags=("--unsafe-fixes",), panel=_FIXES),
    Option("diff", "flag", False, "Print what --fix would change, and change nothing; exit with 1 if that is anything.",
           flags=("--diff",), panel=_FIXES),
    Option("show_fixes", "flag", False, "Say what was fixed, by file and rule.",
           flags=("--show-fixes",), panel=_FIXES),
    Option("fix_only", "flag", False, "Make the fixes and do not report what is left.",
           flags=("--fix-only",), panel=_FIXES),
    Option("fixable", "list", ("all",), "Rules, families, aliases or 'all' whose fixes may be made.",
           key="check.fixable", flags=("--fixable",), metavar="RULES", panel=_FIXES),
    Option("unfixable", "list", (), "Rules whose fixes may not be made; the more specific name wins.",
           key="check.unfixable", flags=("--unfixable",), metavar="RULES", panel=_FIXES),
    Option("add_ignore", "optional", None, "Write a comment that ignores it above each finding.",
           flags=("--add-ignore",), metavar="[=REASON]", panel=_FIXES),

    Option("include", "list", (), "Patterns of file names to find in folders, instead of the built-in ones.",
           key="include", panel=_FILES),
    Option("exclude", "list", (".git", "node_modules", ".venv", "venv", "__pycache__", ".tox"),
           "Files and folders to leave out of folders.", key="exclude", flags=("--exclude",),
           metavar="PATTERN", panel=_FILES),
    Option("extend_exclude", "list", (), "More files and folders to leave out.",
           key="extend-exclude", flags=("--extend-exclude",), metavar="PATTERN", panel=_FILES),
    Option("force_exclude", "flag", False, "Leave out excluded files even when they are named.",
           key="force-exclude", flags=("--force-exclude", "--no-force-exclude"), panel=_FILES),
    Option("respect_gitignore", "flag", True, "Leave out what .gitignore files leave out.",
           key="respect-gitignore", flags=("--respect-gitignore", "--no-respect-gitignore"), panel=_FILES),
    Option("stdin_filename", "text", None, "The name of what is read from '-'.",
           flags=("--stdin-filename",), metavar="PATH", panel=_FILES),
    Option("context", "text", None, "The root of the build context of the Dockerfiles named.",
           key="context", flags=("--context",), metavar="DIR", panel=_FILES),
    Option("target", "text", None, "The stage that is built, instead of the last.",
           flags=("--target",), metavar="STAGE", panel=_FILES),
    Option("build_arg", "list", (), "A build argument, as docker build takes it; may be repeated.",
           flags=("--build-arg",), metavar="NAME=VALUE", panel=_FILES),
    Option("platform", "text", None, "The platform that is built, such as linux/amd64.",
           flags=("--platform",), metavar="PLATFORM", panel=_FILES),
    Option("orchestrator", "choice", None, "What runs compose files: compose or swarm (docker stack deploy).",
           key="target", flags=("--orchestrator",), choices=ORCHESTRATORS, metavar="WHAT", panel=_FILES),

    Option("output_format", "list", (), f"{', '.join(FORMATS)}; FORMAT:PATH writes to a file; may be repeated.",
           key="output-format", flags=("--output-format",), metavar="FORMAT[:PATH]", panel=_OUTPUT),
    Option("output_file", "text", None, "Write the report to a file instead of standard output.",
           flags=("--output-file", "-o"), metavar="PATH", panel=_OUTPUT),
    Option("statistics", "flag", False, "Print how often each rule was hit instead of the findings.",
           flags=("--statistics",), panel=_OUTPUT),
    Option("estimate", "flag", False, "Also print what each image will weigh, before it is built.",
           flags=("--estimate",), panel=_OUTPUT),
    Option("color", "choice", "auto", "When to colour the report: auto, always or never.",
           flags=("--color",), choices=COLORS, metavar="WHEN", panel=_OUTPUT),
    Option("quiet", "flag", False, "Print findings only, no summary.", flags=("--quiet", "-q"), panel=_OUTPUT),
    Option("verbose", "flag", False, "Say which configuration and context each file got.",
           flags=("--verbose", "-v"), panel=_OUTPUT),
    Option("max_diagnostics", "count", None, "Print at most this many findings.",
           flags=("--max-diagnostics",), metavar="N", panel=_OUTPUT),

    Option("fail_on", "choice", "warning", "The lowest severity that makes the exit code 1.",
           key="fail-on", flags=("--fail-on",), choices=LEVELS, metavar="LEVEL", panel=_OUTCOME),
    Option("exit_zero", "flag", False, "Exit with 0 even when there are findings.",
           flags=("--exit-zero",), panel=_OUTCOME),
    Option("exit_non_zero_on_fix", "flag", False, "Exit with 1 when files were changed, even if nothing is left.",
           flags=("--exit-non-zero-on-fix",), panel=_OUTCOME),
    Option("error_on_no_files", "flag", False, "Exit with 2 when there is nothing to check.",
           flags=("--error-on-no-files",), panel=_OUTCOME),
    Option("today", "date", None, "The date for rules that look at dates, YYYY-MM-DD.",
           key="today", flags=("--today",), metavar="DATE", panel=_OUTCOME),

    Option("config", "list", (), "A configuration file, or one setting as TOML: 'KEY = VALUE'.",
           flags=("--config",), metavar="FILE|SETTING", panel=_CONFIG),
    Option("isolated", "flag", False, "Read no configuration files.", flags=("--isolated",), panel=_CONFIG),
    Option("cache_dir", "text", None, "Where ShellCheck's results are kept, instead of the user's cache folder.",
           flags=("--cache-dir",), metavar="DIR", panel=_CONFIG),
    Option("no_cache", "flag", False, "Neither read nor write the cache of ShellCheck's results.",
           flags=("--no-cache",), panel=_CONFIG),
    Option("show_settings", "flag", False, "Print the settings each file would get, and stop.",
           flags=("--show-settings",), panel=_CONFIG),
    Option("show_files", "flag", False, "Print the files that would be checked, and stop.",
           flags=("--show-files",), panel=_CONFIG),

    Option("required_version", "text", None, "The versions of dlint this configuration is for, such as '>=0.1'.",
           key="required-version", panel=_CONFIG),
    Option("extend", "text", None, "Another configuration file that this one adds to.",
           key="extend", panel=_CONFIG),
)  # fmt: skip

BY_NAME: dict[str, Option] = {option.name: option for option in OPTIONS}
BY_KEY: dict[str, Option] = {option.key: option for option in OPTIONS if option.key}
BY_FLAG: dict[str, Option] = {flag: option for option in OPTIONS for flag in option.flags}
