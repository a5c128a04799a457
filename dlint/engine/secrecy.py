"""What one rule knows to be a secret, no finding shows: not in its message, its labels, its advice, its fix.

Nothing here makes a pattern of a secret: patterns are kept on the disk (:mod:`dlint.bundle`).
"""

from dlint.diagnostic import Diagnostic, Fix, Label, Location
from dlint.regex import lazy
from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

STARS = "********"
_LEAST = 4
"""How many characters of a secret are looked for at least."""
_LONG = 8
"""From how many characters on it is looked for inside of words too."""
_PASSWORD = lazy(r"://[^/@\s:]*:([^@\s]+)@")
_SETTING = lazy(r"[A-Za-z_][\w.-]*=(.+)")
_WORD = lazy(r"[A-Za-z0-9]+")


def hide_secrets(found: "Iterable[Diagnostic]") -> None:
    """Let every finding know the places of the secrets of all, and put stars where their texts quote one."""
    found = list(found)
    # Findings of which others know already share one tuple, which may be long.
    known = {id(diagnostic.hidden): diagnostic.hidden for diagnostic in found if diagnostic.hidden}
    if not known:
        return
    hidden = tuple(dict.fromkeys(place for places in known.values() for place in places))
    secrets = _Secrets(hidden)
    hidden = _everywhere(found, hidden, secrets)
    for diagnostic in found:
        diagnostic.hidden = hidden
        diagnostic.message = secrets.masked(diagnostic.message)
        diagnostic.advice = diagnostic.advice and secrets.masked(diagnostic.advice)
        diagnostic.labels = tuple(Label(label.location, secrets.masked(label.message)) for label in diagnostic.labels)
        fix = diagnostic.fix
        if fix is not None:
            diagnostic.fix = Fix(fix.applicability, secrets.masked(fix.message), fix.edits)


def _everywhere(found: list[Diagnostic], hidden: tuple[Location, ...], secrets: "_Secrets") -> tuple[Location, ...]:
    """Return all places of secrets, also those that no rule knows to be one, in the files that are shown."""
    places = [place for each in found for place in (each.location, *(label.location for label in each.labels))]
    sources = {id(place.source): place.source for place in (*places, *hidden)}
    more = (Location(source, span) for source in sources.values() for span in secrets.spans_in(source.text))
    return tuple(dict.fromkeys((*hidden, *more)))


class _Secrets:
    """The texts of secrets, by the characters they begin with."""

    def __init__(self, hidden: tuple[Location, ...]) -> None:
        open_words: set[str] | None = None
        texts: dict[str, None] = {}
        for place in hidden:
            for text in _texts(place):
                if len(text) < _LEAST:
                    continue
                if text.isalpha() or text.isdigit():
                    # A plain word that also stands where it is no secret (``postgres``) names something else.
                    open_words = _open_words(hidden) if open_words is None else open_words
                    if text in open_words:
                        continue
                texts[text] = None
        self.texts = texts
        self.longest = max(map(len, texts), default=0)
        self.lengths: dict[str, list[int]] = {}
        """How long the secrets are that begin with some characters, the longest first."""
        for text in sorted(texts, key=len, reverse=True):
            lengths = self.lengths.setdefault(text[:_LEAST], [])
            if lengths[-1:] != [len(text)]:
                lengths.append(len(text))

    def masked(self, text: str) -> str:
        """Return a text with stars in place of each secret in it, and of the beginning of one that was cut off."""
        pieces, done = [], 0
        for start, end in self.spans_in(text):
            pieces += [text[done:start], STARS]
            done = end
        return "".join((*pieces, text[done:])) if done else text

    def spans_in(self, text: str) -> "Iterator[Span]":
        """Yield where secrets stand in a text, in its order."""
        known, done = self.lengths, 0
        for place in range(len(text) - _LEAST + 1):
            if text[place : place + _LEAST] in known and place >= done:
                length = self._length_at(text, place)
                if length:
                    done = place + length
                    yield Span(place, done)

    def _length_at(self, text: str, place: int) -> int:
        """Return how many characters from a place on are a secret."""
        for length in self.lengths[text[place : place + _LEAST]]:
            end = place + length
            if text[place:end] in self.texts:
                is_inside = text[max(0, place - 1) : place].isalnum() or text[end : end + 1].isalnum()
                if length >= _LONG or not is_inside:
                    return length
        cut = text.find("…", place, place + self.longest)
        beginning = text[place:cut] if cut > place else None
        return cut - place if beginning and any(secret.startswith(beginning) for secret in self.texts) else 0


def _texts(place: Location) -> "Iterator[str]":
    """Yield what a place says: as it is written, and as messages may have read it."""
    written = place.source.text[place.span.start : place.span.end].strip()
    bare = written[1:-1] if len(written) > 1 and written[0] == written[-1] and written[0] in "\"'" else written
    for text in (written, bare):
        setting, password = _SETTING.fullmatch(text), _PASSWORD.search(text)
        for part in (text, setting[1].strip("\"'") if setting else "", password[1] if password else ""):
            yield part
            yield part.replace("$$", "$")
            yield part.replace('\\"', '"').replace("\\$", "$").replace("\\\\", "\\")
            yield " ".join(part.split())


def _open_words(hidden: tuple[Location, ...]) -> set[str]:
    """Return the words of the files in which secrets are, without those that are secrets."""
    words: set[str] = set()
    places: dict[int, list[Location]] = {}
    for place in hidden:
        places.setdefault(id(place.source), []).append(place)
    for inside in places.values():
        text, end = inside[0].source.text, 0
        for span in sorted(place.span for place in inside):
            words.update(_WORD.findall(text[end : span.start]))
            end = max(end, span.end)
        words.update(_WORD.findall(text[end:]))
    return words
