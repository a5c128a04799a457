"""Leaving a file alone from deep inside."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.text import Span


class Left(Exception):
    """Why a file is left alone; raised and caught inside a rewrite."""

    def __init__(self, text: str, span: "Span | None" = None) -> None:
        super().__init__(text)
        self.text = text
        self.span = span
