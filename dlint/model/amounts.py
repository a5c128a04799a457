"""Numbers of bytes that are not quite known: a least, a most, and how they are known."""

from dlint.diagnostic import Saving

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from dlint.diagnostic import Basis, Bound

# From the surest to the least sure.
_BASES: "tuple[Basis, ...]" = ("measured", "lock-file", "table")


class Amount:
    """Bytes: at least *low*, at most *high* (None: nobody knows).

    *basis* is how they are known, the least sure where there are several, None where nothing is.
    """

    __slots__ = ("basis", "high", "low")

    def __init__(self, low: int, high: int | None, basis: "Basis | None") -> None:
        self.low = low
        self.high = high
        self.basis = basis

    @classmethod
    def table(cls, low: float, high: float | None = None) -> "Amount":
        """Return an amount of a table: one number, or a range."""
        return cls(int(low), int(low if high is None else high), "table")

    @property
    def bound(self) -> "Bound":
        """Whether it is exact, a range, or at least so much."""
        if self.high is None:
            return "at-least"
        return "exact" if self.low == self.high and self.basis != "table" else "range"

    @property
    def is_unknown(self) -> bool:
        """Whether nothing at all is known."""
        return self.high is None and not self.low

    @property
    def is_nothing(self) -> bool:
        """Whether it is certainly no byte."""
        return self.high == 0

    def __add__(self, other: "Amount") -> "Amount":
        high = None if self.high is None or other.high is None else self.high + other.high
        return Amount(self.low + other.low, high, _less_sure(self, other))

    def times(self, low: float, high: float) -> "Amount":
        """Return the amount that so many times these bytes are; the factors are of a table."""
        most = None if self.high is None else int(self.high * high)
        return Amount(int(self.low * low), most, "table" if self.basis else None)

    def at_least(self) -> "Amount":
        """Return the same amount with more that nobody knows."""
        return Amount(self.low, None, self.basis)

    def at_most(self) -> "Amount":
        """Return the same amount, or none of it."""
        return Amount(0, self.high, self.basis)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Amount) and (self.low, self.high, self.basis) == (other.low, other.high, other.basis)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Amount({self.low}, {self.high}, {self.basis!r})"


NOTHING = Amount(0, 0, None)
UNKNOWN = Amount(0, None, None)


def _less_sure(first: Amount, second: Amount) -> "Basis | None":
    known = [amount.basis for amount in (first, second) if amount.basis]
    return max(known, key=_BASES.index) if known else None


def total(amounts: "Iterable[Amount]") -> Amount:
    """Return the sum."""
    result = NOTHING
    for amount in amounts:
        result = result + amount
    return result


def overlapping(amounts: "Iterable[Amount]") -> Amount:
    """Return what several amounts are together that may hold each other's bytes: the largest at least."""
    listed = list(amounts)
    whole = total(listed)
    return Amount(max((amount.low for amount in listed), default=0), whole.high, whole.basis)


def saving(disk: Amount, pull: Amount) -> Saving | None:
    """Return what is worth so many bytes: no more than is certain, None where nothing is."""
    basis = _less_sure(disk, pull)
    if basis is None or not (disk.low or pull.low):
        return None
    is_exact = disk.bound == pull.bound == "exact"
    return Saving(
        disk_bytes=disk.low or None, pull_bytes=pull.low or None, basis=basis, bound="exact" if is_exact else "at-least"
    )
