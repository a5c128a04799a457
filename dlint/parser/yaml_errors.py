"""What libyaml says of a file it cannot read, in words that help, and where that is."""

_WORDS = {
    "did not find expected key": "this line does not fit the indentation of the lines above",
    "did not find expected '-' indicator": "this line does not fit the list above, whose entries begin with -",
    "mapping values are not allowed in this context": (
        "there is a second : on this line, or it is indented deeper than the one above; quote a text with : in it"
    ),
    "could not find expected ':'": "this line has no : after its key, or a quote that is not closed",
    "found unexpected end of stream": "the quote that begins here is never closed",
    "did not find expected ',' or ']'": "the [ that begins here is never closed, or a comma is missing in it",
    "did not find expected ',' or '}'": "the { that begins here is never closed, or a comma is missing in it",
    "block sequence entries are not allowed in this context": "a list cannot begin on the line of its key",
    "did not find expected <document start>": "something stands behind the end of the document",
    "did not find expected node content": "a value is missing here",
    "found unknown escape character": 'this \\ escape does not exist in "…"; use \'…\' or write \\\\',
    "control characters are not allowed": "there is a control character in it",
    "found undefined tag handle": "the tag that begins here is not known",
}  # fmt: skip
_WHERE_IT_BEGAN = (
    "could not find expected ':'",
    "found unexpected end of stream",
    "did not find expected ',' or ']'",
    "did not find expected ',' or '}'",
)


def explain(error: Exception, text: str) -> tuple[str, int]:
    """Return what is wrong and at which offset of *text*."""
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be decoded")
    mark = getattr(error, "problem_mark", None)
    if mark is None or problem in _WHERE_IT_BEGAN:
        # What ends too early is wrong where it began.
        mark = getattr(error, "context_mark", None) or mark
    place = mark.index if mark else getattr(error, "position", getattr(error, "start", 0))
    place = min(place if isinstance(place, int) else 0, len(text))
    tab = _tab_in_indentation(text, place)
    if tab is not None:
        return "a tab stands in the indentation; YAML takes only spaces there", tab
    character = text[place : place + 1]
    if problem == "found character that cannot start any token" and character:
        return f"a text cannot begin with {character}; put it in quotes", place
    return _WORDS.get(problem, problem), place


def _tab_in_indentation(text: str, place: int) -> int | None:
    """Return where a tab stands among the spaces that begin the line of *place*, or the line behind it."""
    start = text.rfind("\n", 0, place) + 1
    for _ in range(2):
        end = start
        while end < len(text) and text[end] in " \t":
            if text[end] == "\t":
                return end
            end += 1
        start = text.find("\n", end) + 1
        if not start:
            break
    return None
