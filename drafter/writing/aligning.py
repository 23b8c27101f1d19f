"""Aligns an edited text with what it was: which stretches people left as they were.

Sentence by sentence: one that stands anywhere in the old text is the same, wherever it was moved;
a changed one is held against the likest old ones, clause by clause and then by tokens. A number
is one token, so that 208.6 and 1208.6 share nothing. Knows nothing of references. Bounded: what is
too large to compare counts as new.
"""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from drafter.numerals.segments import clauses
from drafter.writing.sentences import SENTENCE_END

Stretch = tuple[int, int]

LARGEST_COMPARISON = 1_000_000
"""Tokens of one sentence times those of the other."""
BUDGET = 20_000_000
"""The same summed over a text."""

_LIKEST = 2
_LIKE = 0.25
_TOO_COMMON = 50
_SHORTEST_CLAUSE = 4
_MARKS = " 　，,；;。！？：:、\n"
_TOKEN = re.compile(
    r"[0-9０-９]+(?:[.,．][0-9０-９]+)*|[零〇一二三四五六七八九十百千万亿两]+|[A-Za-z]+|.",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Block:
    """The same characters in both texts."""

    old: int
    new: int
    length: int


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence of the new text."""

    start: int
    end: int
    same: int | None
    """Number of the old sentence that it is, character for character."""
    likest: tuple[int, ...] = ()
    """Old sentences that it may have been made of, the likest first."""
    blocks: tuple[Block, ...] = ()
    """Of a changed sentence, what was left as it was; neither old nor new stretches overlap."""


def align(
    old: str, units: Sequence[Stretch], new: str, whole: Sequence[str] = ()
) -> tuple[Unit, ...]:
    """The sentences of the new text with what is old in each.

    Args:
        old: The text as it was.
        units: Its sentences; they cover it.
        new: The text as it is now.
        whole: Stretches with full stops inside that are not to be cut, such as printed facts.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for number, (start, end) in enumerate(units):
        places[old[start:end]].append(number)
    cuts = cut(new, whole)
    same = list(_same(cuts, new, places))
    comparing = _Comparing(old, units, new, frozenset(one for one in same if one is not None))
    found = []
    for (start, end), known in zip(cuts, same, strict=True):
        changed = known is None
        found.append(comparing.changed(start, end) if changed else Unit(start, end, known))
    return tuple(found)


def cut(text: str, whole: Sequence[str] = ()) -> tuple[Stretch, ...]:
    """The sentences of a text, never within one of the stretches given."""
    closed = sorted(
        (at, at + len(one)) for one in dict.fromkeys(whole) if one for at in _found(text, one)
    )
    starts = [start for start, _ in closed]
    found, at = [], 0
    for match in SENTENCE_END.finditer(text):
        end = match.end()
        number = bisect_right(starts, end - 1) - 1
        if number >= 0 and end < closed[number][1]:
            continue
        found.append((at, end))
        at = end
    return (*found, (at, len(text))) if at < len(text) else tuple(found)


def tokens(text: str) -> list[str]:
    """A text in pieces that changes never cut: numbers and Latin words, else characters."""
    return [match[0] for match in _TOKEN.finditer(text)]


def _found(text: str, sought: str) -> Iterator[int]:
    at = text.find(sought)
    while at >= 0:
        yield at
        at = text.find(sought, at + len(sought))


def _same(cuts: Sequence[Stretch], new: str, places: dict[str, list[int]]) -> Iterator[int | None]:
    """For each new sentence the old one of the same words: of several the next in order."""
    last = -1
    for start, end in cuts:
        numbers = places.get(new[start:end])
        if numbers:
            last = numbers[min(bisect_right(numbers, last), len(numbers) - 1)]
        yield last if numbers else None


class _Comparing:
    """Old sentences, indexed by pairs of characters, and what may still be compared."""

    def __init__(self, old: str, units: Sequence[Stretch], new: str, taken: frozenset[int]) -> None:
        self.old, self.units, self.new, self.taken = old, units, new, taken
        self.left = BUDGET
        self.by_pair: dict[str, list[int]] = defaultdict(list)
        for number, (start, end) in enumerate(units):
            for pair in pairs_of(old[start:end]):
                if len(self.by_pair[pair]) < _TOO_COMMON:
                    self.by_pair[pair].append(number)

    def changed(self, start: int, end: int) -> Unit:
        """A sentence that the old text does not have."""
        likest = self._likest(start, end)
        blocks: list[Block] = []
        for number in likest:
            blocks += self._blocks(self.units[number], (start, end), blocks)
        return Unit(start, end, None, likest, _merged(blocks))

    def _likest(self, start: int, end: int) -> tuple[int, ...]:
        """The old sentences that share most pairs; those that are gone before those that stay."""
        own = pairs_of(self.new[start:end])
        hits = Counter(number for pair in own for number in self.by_pair.get(pair, ()))
        weighed = [
            (count / len(own) * (0.8 if number in self.taken else 1.0), -number)
            for number, count in hits.most_common(4 * _LIKEST)
        ]
        weighed = [one for one in weighed if one[0] >= _LIKE]
        return tuple(-number for _, number in sorted(weighed, reverse=True)[:_LIKEST])

    def _blocks(self, unit: Stretch, place: Stretch, known: Sequence[Block]) -> Iterator[Block]:
        """Whole clauses first, for they may have changed places; then runs of tokens."""
        free = _Free(known)
        for block in (*self._clauses(unit, place), *self._tokens(unit, place)):
            yield from free.take(block)

    def _clauses(self, unit: Stretch, place: Stretch) -> Iterator[Block]:
        old, new = self.old[slice(*unit)], self.new[slice(*place)]
        for start, end in clauses(old):
            said = old[start:end].strip(_MARKS)
            at = new.find(said) if len(said) >= _SHORTEST_CLAUSE else -1
            if at >= 0 and new.find(said, at + 1) < 0 and old.count(said) == 1:
                yield Block(unit[0] + old.index(said), place[0] + at, len(said))

    def _tokens(self, unit: Stretch, place: Stretch) -> Iterator[Block]:
        old, new = _Tokens(self.old, unit), _Tokens(self.new, place)
        size = len(old.said) * len(new.said)
        if size > min(LARGEST_COMPARISON, self.left):
            return
        self.left -= size
        matcher = SequenceMatcher(None, old.said, new.said, autojunk=False)
        for first, second, length in matcher.get_matching_blocks():
            if length:
                begin = old.starts[first]
                yield Block(begin, new.starts[second], old.starts[first + length] - begin)


def _merged(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Blocks in order of the new text; those that go on in both texts are one."""
    found: list[Block] = []
    for one in sorted(blocks, key=lambda block: block.new):
        last = found[-1] if found else None
        if last and (last.old + last.length, last.new + last.length) == (one.old, one.new):
            found[-1] = Block(last.old, last.new, last.length + one.length)
        else:
            found.append(one)
    return tuple(found)


class _Free:
    """What of both texts no block has taken yet."""

    def __init__(self, known: Sequence[Block]) -> None:
        self.old = {at for one in known for at in range(one.old, one.old + one.length)}
        self.new = {at for one in known for at in range(one.new, one.new + one.length)}

    def take(self, block: Block) -> Iterator[Block]:
        """The runs of a block that are free on both sides."""
        run = 0
        for at in range(block.length + 1):
            free = (
                at < block.length
                and block.old + at not in self.old
                and block.new + at not in self.new
            )
            if free:
                run += 1
            elif run:
                yield Block(block.old + at - run, block.new + at - run, run)
                run = 0
        self.old.update(range(block.old, block.old + block.length))
        self.new.update(range(block.new, block.new + block.length))


class _Tokens:
    """The tokens of a stretch and where each starts; a last start closes the list."""

    def __init__(self, text: str, stretch: Stretch) -> None:
        found = list(_TOKEN.finditer(text, *stretch))
        self.said = [match[0] for match in found]
        self.starts = [*(match.start() for match in found), stretch[1]]


def pairs_of(text: str) -> set[str]:
    """All pairs of neighbouring characters, by which likeness is weighed."""
    return {text[at : at + 2] for at in range(len(text) - 1)}
