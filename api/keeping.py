"""What was read of uploads, kept by weight: a check reads its table again at every keystroke."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from threading import BoundedSemaphore, Lock
from typing import Generic, TypeVar

T = TypeVar("T")
_AT_ONCE = 2
turn = BoundedSemaphore(_AT_ONCE)
"""Held while a file is read, so that what many large ones take together stays bounded."""


class Kept(Generic[T]):
    """A reader that remembers; what was not asked for longest goes first.

    Args:
        read: Makes something of a name and bytes; what it raises is not kept.
        weight: Of what it made.
        most: Of all that is kept; what weighs more by itself is not kept at all.
    """

    def __init__(
        self, read: Callable[[str, bytes, bool], T], *, weight: Callable[[T], int], most: int
    ) -> None:
        self._read, self._weight, self._most = read, weight, most
        self._held: OrderedDict[tuple[str, bytes, bool], tuple[T, int]] = OrderedDict()
        self._lock = Lock()

    def __call__(self, name: str, content: bytes, *, lenient: bool = True) -> T:
        """What is made of an upload."""
        key = (name, hashlib.sha256(content).digest(), lenient)
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key][0]
        with turn:
            made = self._read(name, content, lenient)
        weight = self._weight(made)
        with self._lock:
            if weight <= self._most:
                self._held[key] = made, weight
            while sum(one for _, one in self._held.values()) > self._most:
                self._held.popitem(last=False)
        return made
