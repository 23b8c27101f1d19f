"""What was worked out of a text or a table, kept: a page is judged anew at every keystroke.

Both are bounded by the size of what they hold too, for texts come from anybody.
"""

import weakref
from collections.abc import Callable
from functools import lru_cache, update_wrapper
from typing import Generic, ParamSpec, Protocol, TypeVar

T = TypeVar("T")
P = ParamSpec("P")
R_co = TypeVar("R_co", covariant=True)

LONGEST = 500
"""Characters of a stretch whose reading is kept: clauses and names are shorter."""


class ByIdentity(Generic[T]):
    """Lets a cache hold on to a value that is too large to hash by its content."""

    def __init__(self, value: T) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ByIdentity) and other.value is self.value

    def __hash__(self) -> int:
        return id(self.value)


class WhileItLives(Generic[T]):
    """Likewise, without holding on to it: for what is kept of many small things beside it."""

    def __init__(self, value: T) -> None:
        self._place = weakref.ref(value)
        self._hash = id(value)

    @property
    def value(self) -> T:
        """The value, which whoever asks has at hand.

        Raises:
            ReferenceError: nobody has it any more.
        """
        found = self._place()
        if found is None:
            raise ReferenceError
        return found

    def __eq__(self, other: object) -> bool:
        mine = self._place()
        return isinstance(other, WhileItLives) and mine is not None and other._place() is mine

    def __hash__(self) -> int:
        return self._hash


class Kept(Protocol[P, R_co]):
    """A function that remembers."""

    def __call__(self, *given: P.args, **named: P.kwargs) -> R_co:
        """What the function gives."""

    def forget(self) -> None:
        """Drops what is kept, for whoever changes what the function calls."""


def kept(most: int, *, longest: int = LONGEST) -> Callable[[Callable[P, R_co]], Kept[P, R_co]]:
    """Makes a function of a stretch of text remember.

    Args:
        most: Values that are kept; what was not asked for longest goes first.
        longest: Characters; for a longer stretch (the first argument, anything with a length) the
            function is called each time.
    """

    def remembering(function: Callable[P, R_co]) -> Kept[P, R_co]:
        held = lru_cache(maxsize=most)(function)

        def ask(*given: P.args, **named: P.kwargs) -> R_co:
            stretch = given[0]
            if len(stretch) > longest:  # type: ignore[arg-type]
                return function(*given, **named)
            return held(*given, **named)  # type: ignore[arg-type]

        update_wrapper(ask, function)
        ask.forget = held.cache_clear  # type: ignore[attr-defined]
        return ask  # type: ignore[return-value]

    return remembering
