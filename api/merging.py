"""Three ways of one text: what two people changed in different places goes together.

Texts are taken clause by clause: a number and the words it belongs to are never mixed from two
hands. Where both changed the same clause differently, or put something at the same place, only a
person can say what is meant.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_CLAUSE = re.compile(r"[^，。；！？：\n]*[，。；！？：\n]+|[^，。；！？：\n]+\Z")


@dataclass(frozen=True, slots=True)
class Clash:
    """A stretch of the base that both changed, as each has it."""

    base: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Merged:
    """Both changes together; `text` is None where they clash."""

    text: str | None
    clashes: tuple[Clash, ...] = ()


@dataclass(frozen=True, slots=True)
class _Change:
    """Clauses [start, end) of the base become others."""

    start: int
    end: int
    new: tuple[str, ...]

    def meets(self, other: "_Change") -> bool:
        """They speak of the same place: a common clause, or two insertions at one point."""
        if self.start == self.end and other.start == other.end:
            return self.start == other.start
        return self.start < other.end and other.start < self.end


def merged(base: str, mine: str, theirs: str) -> Merged:
    """Both texts' changes of the base.

    Args:
        base: What both started from.
        mine: As one has it.
        theirs: As the other has it.
    """
    clauses = _CLAUSE.findall(base)
    own, other = _changes(clauses, mine), _changes(clauses, theirs)
    other = [one for one in other if one not in own]
    clashes = [(one, two) for one in own for two in other if one.meets(two)]
    if clashes:
        return Merged(None, tuple(_clash(clauses, one, two) for one, two in clashes))
    pieces, at = [], 0
    # An insertion comes before a change of the clause that it stands in front of.
    for one in sorted((*own, *other), key=lambda found: (found.start, found.end)):
        pieces += clauses[at : one.start]
        pieces += one.new
        at = one.end
    return Merged("".join((*pieces, *clauses[at:])))


def _changes(base: Sequence[str], text: str) -> list[_Change]:
    clauses = _CLAUSE.findall(text)
    found = SequenceMatcher(None, base, clauses, autojunk=False).get_opcodes()
    return [
        _Change(start, end, tuple(clauses[begin:stop]))
        for kind, start, end, begin, stop in found
        if kind != "equal"
    ]


def _clash(base: Sequence[str], mine: _Change, theirs: _Change) -> Clash:
    start, end = min(mine.start, theirs.start), max(mine.end, theirs.end)
    return Clash("".join(base[start:end]), "".join(mine.new), "".join(theirs.new))
