"""Judging words and whether this year's rows bear them out: 突破 needs a rise, 前列 a good rank.

A word whose condition fails goes alone where it is an adverb (大幅增长 becomes 增长); else it takes
its clause along. 历史最好, 全部 and the like cannot be shown from a year's rows: facts say them.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from drafter.records.indicator import Indicator
from drafter.verification.facts.trends import falls
from drafter.verification.facts.wordlists import Judgement, Words

STRONG = Decimal(10)
"""Growth in per cent from which on a rise is 大幅."""
_UNKNOWN_FIELD = 9
"""Units ranked where the table does not say: counties of a city."""


def judging(text: str, words: Words, licence: str = "") -> Iterator[tuple[int, Judgement]]:
    """The judging words of a text with their places, the longer where two overlap.

    Args:
        text: A clause or heading.
        words: The lists.
        licence: Names of this year's rows; a word that is part of them judges nothing.
    """
    taken: set[int] = set()
    for judgement in words.judgements:
        if judgement.word not in text:
            continue
        for place in places(text, judgement.word, words, licence):
            stretch = set(range(place, place + len(judgement.word)))
            if not stretch & taken:
                taken |= stretch
                yield place, judgement


def places(text: str, word: str, words: Words, licence: str = "") -> Iterator[int]:
    """Where a word stands on its own, not within a longer routine word or this year's names."""
    if word in licence:
        return
    place = text.find(word)
    while place >= 0:
        if stands_alone(text, place, word, words):
            yield place
        place = text.find(word, place + 1)


def stands_alone(text: str, place: int, word: str, words: Words) -> bool:
    """No longer routine word holds it, and no two routine words meet within it (公开|工作)."""
    end = place + len(word)
    if any(_meet(text, place, split, end, words) for split in range(place + 1, end)):
        return False
    for start in range(max(0, place - 6), place + 1):
        for stop in range(end, min(len(text), place + 9) + 1):
            if stop - start > len(word) and text[start:stop] in words.vocabulary:
                return False
    return True


def _meet(text: str, place: int, split: int, end: int, words: Words) -> bool:
    """A routine word that began before the place ends at the split, and another goes on past it."""
    before = any(text[start:split] in words.vocabulary for start in range(max(0, split - 4), place))
    return before and any(
        text[split:stop] in words.vocabulary
        for stop in range(end + 1, min(len(text), split + 4) + 1)
    )


def holds(needs: str, rows: Sequence[Indicator], section: Sequence[Indicator]) -> bool:
    """Whether a condition holds.

    Args:
        needs: As in the word list.
        rows: The rows that the clause itself speaks of.
        section: The rows of its section.
    """
    if needs == "rise":
        return rises(rows or section)
    if needs == "steady":
        return steady(section)
    if needs == "strong":
        return bool(rows) and all(_growth(row) >= STRONG for row in rows)
    if needs == "lead":
        return leads(rows or section)
    if needs == "fall":
        return bool(rows) and all(_moves(row) and _growth(row) < 0 for row in rows)
    return False


def verdict_on(
    needs: str, rows: Sequence[Indicator], section: Sequence[Indicator], *, down: bool = False
) -> bool | None:
    """Whether the rows bear a judging word out; None where they cannot tell.

    Args:
        needs: As in the word list.
        rows: The rows that the clause itself speaks of.
        section: The rows of its section.
        down: The clause tells of a fall: 连续下降, 大幅减少.
    """
    asked = [row for row in (rows or section) if row.status != "目标"]
    if needs in ("rise", "strong", "fall", "keep", "record", "steady"):
        moving = [row for row in asked if _moves(row)]
        if not moving:
            return None
        if down:
            return _verdict_on_fall(needs, moving)
        if needs in ("keep", "record"):  # this year alone refutes them, never proves them
            return False if not rises(moving) and (rows or _mostly_fall(moving)) else None
        outcome = holds(needs, moving, moving)
        # Of a whole section only what must be reported refutes a rise, and most rows a calm.
        refuted = _mostly_fall(moving) if needs != "steady" else _most_fall(moving)
        return outcome if outcome or rows or refuted else None
    if needs == "lead":
        return leads(asked) if any(row.rank or row.yoy_rank for row in asked) else None
    return None


def _verdict_on_fall(needs: str, rows: Sequence[Indicator]) -> bool | None:
    if any(_growth(row) > 0 for row in rows):
        return False
    if needs == "strong":
        return all(_growth(row) <= -STRONG for row in rows)
    return True if needs == "fall" else None


def _mostly_fall(rows: Sequence[Indicator]) -> bool:
    """A row that must be reported falls, or most rows do."""
    return any(falls(row) for row in rows if row.weight == "必报") or _most_fall(rows)


def _most_fall(rows: Sequence[Indicator]) -> bool:
    return sum(falls(row) for row in rows) * 2 > len(rows)


def rises(rows: Sequence[Indicator]) -> bool:
    """The rows that must be reported rise; without such rows all that have a rate do."""
    results = [row for row in rows if row.status != "目标"]
    judged = [row for row in results if row.weight == "必报" and _moves(row)]
    judged = judged or [row for row in results if _moves(row)]
    return bool(judged) and all(_growth(row) > 0 for row in judged)


def steady(rows: Sequence[Indicator]) -> bool:
    """No row that must be reported falls, and of the others at most a quarter."""
    results = [row for row in rows if row.status != "目标"]
    if not results or any(falls(row) for row in results if row.weight == "必报"):
        return False
    moving = [row for row in results if _moves(row)]
    return sum(falls(row) for row in moving) * 4 <= len(moving)


def leads(rows: Sequence[Indicator]) -> bool:
    """All that are ranked stand in the first third."""
    ranked = [row for row in rows if row.rank or row.yoy_rank]
    return bool(ranked) and all(in_first_third(row) for row in ranked)


def in_first_third(row: Indicator) -> bool:
    """The row's rank (of its amount, else of its growth) among the units ranked."""
    figure = row.rank or row.yoy_rank
    if figure is None:
        return False
    units = row.rank_of.number.value if row.rank_of else Decimal(_UNKNOWN_FIELD)
    return figure.number.value * 3 <= max(units, Decimal(3))


def _moves(row: Indicator) -> bool:
    return row.yoy is not None or (row.prior is not None and row.value is not None)


def _growth(row: Indicator) -> Decimal:
    """The growth rate; where only two years' values are known, their sign alone counts."""
    if row.yoy is not None:
        return row.yoy.number.value
    if row.prior is None or row.value is None:
        return Decimal(0)
    return row.value.number.value.compare(row.prior.number.value)
