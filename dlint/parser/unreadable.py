"""What readers of data files raise."""

from dlint.text import Span


class UnreadableError(Exception):
    """What is wrong with a file, and where; *is_limit* says that it may be right all the same."""

    def __init__(self, message: str, span: Span, *, is_limit: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.span = span
        self.is_limit = is_limit
