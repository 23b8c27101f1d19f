"""Text that remembers where each of its characters stands in the file it came from.

Cleaning cuts, joins and replaces; whatever is found later must still be shown where the
reader has it. `Traced` carries the offsets through all of that.

>>> line = Traced.of("　第一行 ", start=10).strip()
>>> line.text, line.offsets
('第一行', (11, 12, 13))
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Traced:
    """A stretch of text; `offsets[i]` is the place of `text[i]` in the file's own text."""

    text: str = ""
    offsets: tuple[int, ...] = ()

    @classmethod
    def of(cls, text: str, start: int = 0) -> "Traced":
        """Text that stands in the file as it is, from `start` on."""
        return cls(text, tuple(range(start, start + len(text))))

    def __len__(self) -> int:
        return len(self.text)

    def __add__(self, other: "Traced") -> "Traced":
        return Traced(self.text + other.text, self.offsets + other.offsets)

    def cut(self, start: int, end: int | None = None) -> "Traced":
        """The part from `start` to `end`, both in characters of this text."""
        return Traced(self.text[start:end], self.offsets[start:end])

    def strip(self, characters: str | None = None) -> "Traced":
        """Without white space (or the given characters) at both ends."""
        left = len(self.text) - len(self.text.lstrip(characters))
        right = len(self.text.rstrip(characters))
        return self.cut(left, max(left, right))

    def rstrip(self, characters: str | None = None) -> "Traced":
        """Without white space (or the given characters) at the end."""
        return self.cut(0, len(self.text.rstrip(characters)))

    def without(self, stretches: Iterable[tuple[int, int]]) -> "Traced":
        """Without the given half-open stretches, which ascend and do not overlap."""
        return self.replaced((start, end, "") for start, end in stretches)

    def replaced(self, edits: Iterable[tuple[int, int, str]]) -> "Traced":
        """With `(start, end, replacement)` applied; they ascend and do not overlap.

        A replacement's characters all point at the first character they stand for.
        """
        texts: list[str] = []
        offsets: list[int] = []
        at = 0
        for start, end, replacement in edits:
            texts += [self.text[at:start], replacement]
            offsets += self.offsets[at:start]
            offsets += [self.offsets[start]] * len(replacement)
            at = end
        texts.append(self.text[at:])
        offsets += self.offsets[at:]
        return Traced("".join(texts), tuple(offsets))
