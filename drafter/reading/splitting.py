"""Finds headings that stand in the middle of a paragraph, where a text lost its line breaks.

`…管理。 2、科技工作。一是以工程促开展。…` holds a heading of its own. An enumerator counts as
one only in sequence, at the end of a sentence, before a short head with a longer text after
it; what merely lists (`抓好三件事：1、…；2、…`) stays as it is.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from drafter.reading.cleaning import Line
from drafter.reading.enumerators import INSIDE, Enumerator, enumerator

_SHORTEST_PARAGRAPH = 120
_LONGEST_HEAD = 26
_SHORTEST_BODY = 60
_HEAD = re.compile(rf"[^。！？：:；;\s]{{2,{_LONGEST_HEAD}}}(?=[。！？：:\s])")
_PLAIN_HEAD = re.compile(r"[\u4e00-\u9fff]{2,12}。")
_BOUNDARY = frozenset("。！？!?”）)")
# Clauses and amounts are no heads.
_AMOUNT = re.compile(r"[0-9０-９][0-9.,０-９]*(?:余|多)?[万亿]?(?:元|%|％|家|个|人|户|项|件|亩|吨)")


@dataclass(slots=True)
class _Sequence:
    """The last number seen at each level; a new heading ends all sequences below it."""

    last: dict[int, int] = field(default_factory=dict)

    def follows(self, mark: Enumerator) -> bool:
        return mark.number == self.last.get(mark.level, 0) + 1 or mark.number == 1

    def take(self, mark: Enumerator) -> None:
        self.last = {level: last for level, last in self.last.items() if level < mark.level}
        self.last[mark.level] = mark.number


def split_inside(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines, cut before each heading that stands inside one."""
    sequence = _Sequence()
    split: list[Line] = []
    for line in lines:
        first = enumerator(line.text)
        if first is not None:
            sequence.take(first)
        places = _places(line.text, sequence) if len(line.text) >= _SHORTEST_PARAGRAPH else []
        split.extend(_cut(line, places))
    return tuple(split)


def _cut(line: Line, places: Sequence[int]) -> Iterator[Line]:
    edges = [0, *places, len(line.text)]
    for start, end in pairwise(edges):
        part = line.traced.cut(start, end).strip()
        if part:
            yield replace(line, traced=part, indent=line.indent if start == 0 else 0)


def _places(text: str, sequence: _Sequence) -> list[int]:
    """Where headings begin inside a paragraph."""
    found: list[tuple[int, Enumerator]] = []
    for match in INSIDE.finditer(text, 1):
        mark = enumerator(text, match.start())
        if mark is None or not _may_head(text, match.start(), mark, sequence):
            continue
        sequence.take(mark)
        found.append((match.start(), mark))
    bodied = _levels_with_body(found, len(text))
    return [at for at, mark in found if mark.level in bodied]


def _may_head(text: str, at: int, mark: Enumerator, sequence: _Sequence) -> bool:
    head = _HEAD.match(text, mark.end)
    if head is None or _AMOUNT.search(head[0]):
        return False
    before = text[max(0, at - 4) : at].rstrip()
    if before[-1:] in _BOUNDARY or text[at - 1].isspace():  # the space was once a line break
        return sequence.follows(mark)
    # Damaged texts lose the sentence end too; then number and head must leave no doubt.
    plain = _PLAIN_HEAD.match(text, mark.end) is not None
    return plain and mark.number > 1 and mark.number == sequence.last.get(mark.level, 0) + 1


def _levels_with_body(found: Sequence[tuple[int, Enumerator]], end: int) -> frozenset[int]:
    """Levels whose headings are followed by text, on the average; a list's items are not."""
    bodies: dict[int, list[int]] = {}
    following = dict.fromkeys(range(1, 5), end)  # level -> where its section must end
    for at, mark in reversed(found):
        bodies.setdefault(mark.level, []).append(following[mark.level] - at)
        following.update(dict.fromkeys(range(mark.level, 5), at))
    return frozenset(
        level for level, each in bodies.items() if sum(each) >= _SHORTEST_BODY * len(each)
    )
