"""What the text of a Python program says literally about the server it starts.

Only calls that stand in one piece are read; a program that decides at run time says nothing here.
"""

from dlint.knowledge.servers import LOOPBACK
from dlint.regex import lazy
from dlint.text import Source, Span

# Arguments of a call, with calls inside calls; bounded, so that no text takes long.
_ARGUMENTS = r"\(((?:[^()]|\((?:[^()]|\([^()]{0,200}\)){0,200}\)){0,600})\)"
_CALLS = {
    "Flask": (lazy(rf"\bapp\.run{_ARGUMENTS}"), lazy(r"(?m)^[^#\n]*=\s*Flask\("), 5000),
    "uvicorn": (lazy(rf"\buvicorn\.run{_ARGUMENTS}"), lazy(r"(?m)^\s*import\s+uvicorn\b"), 8000),
    "Gradio": (lazy(rf"\.launch{_ARGUMENTS}"), lazy(r"(?m)^\s*import\s+gradio\b"), 7860),
}
# Whoever names one of these decides about the address.
_DECIDES = lazy(r"host|server_name|\*\*?\w|share\s*=\s*True|\buds\b|\bfd\b")
_PORT = lazy(r"\b(?:port|server_port)\s*=\s*(\d{1,5})\b")
_DEBUG = lazy(r"\bdebug\s*=\s*True\b")
_VARIABLES = {"Gradio": ("GRADIO_SERVER_NAME",), "uvicorn": (), "Flask": ()}

# An endpoint by whose name alone it is there to say that the application is well.
_HEALTH = lazy(
    r"""(?m)^@(\w+)\.(?:get|route|api_route)\(\s*["'](/(?:-/)?(?:health(?:z|y|check|_check|-check)?|healthz?/(?:live|ready)"""
    r"""|livez?|readyz?|ping|heartbeat))["']\s*[,)]"""
)
_APPLICATION = lazy(
    r"(?m)^(\w+)(?:\s*:\s*\w+)?\s*=\s*(?:FastAPI|Flask|Starlette|Litestar|Sanic|Quart|Bottle)\(([^\n]*)"
)
# What answers with something else than success to whoever does not know a key or a name.
_GUARDED = ("TrustedHost", "HTTPSRedirect", "dependencies=", "before_request", "url_prefix", "root_path", "Depends(")


class StartedServer:
    """A server that a Python program starts by a literal call.

    *host* is its address where the call leaves it at the default, else None; *port* is None where
    something else decides it. *span* is the place of the call, *debug* that of ``debug=True``.
    *variables* change its address.
    """

    __slots__ = ("debug", "host", "name", "port", "source", "span", "variables")

    def __init__(self, name: str, source: Source, span: Span, arguments: str, default_port: int, start: int) -> None:
        self.name = name
        self.source = source
        self.span = span
        self.host = None if _DECIDES.search(arguments) else LOOPBACK
        port = _PORT.search(arguments)
        self.port = int(port[1]) if port else default_port if "port" not in arguments else None
        debug = _DEBUG.search(arguments)
        self.debug = Span(start + debug.start(), start + debug.end()) if debug else None
        self.variables = _VARIABLES[name]


def started_server(source: Source) -> StartedServer | None:
    """Return the server a Python program starts, None if it starts none or more than one."""
    found = []
    for name, (call, needed, port) in _CALLS.items():
        if not needed.search(source.text):
            continue
        for match in call.finditer(source.text):
            line = source.text[source.text.rfind("\n", 0, match.start()) + 1 : match.start()]
            if "#" not in line:
                span = Span(match.start() + (name == "Gradio"), match.end())
                found.append(StartedServer(name, source, span, match[1], port, match.start(1)))
    return found[0] if len(found) == 1 else None


def health_route(source: Source) -> str | None:
    """Return the path of the endpoint that says whether an application is well; None where not everybody may ask."""
    applications = [match[1] for match in _APPLICATION.finditer(source.text)]
    if len(applications) != 1 or any(word in source.text for word in _GUARDED[:3]):
        return None
    for match in _HEALTH.finditer(source.text):
        line_end = source.text.find("\n\n", match.end())
        handler = source.text[match.start() : line_end if line_end > 0 else None]
        if match[1] == applications[0] and not any(word in handler for word in _GUARDED):
            return match[2]
    return None
