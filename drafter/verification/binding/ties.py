"""Ties among candidates that the neighbouring claims or the order of the table settle."""

import itertools
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from drafter.verification.binding.candidates import Binding
from drafter.verification.binding.entries import Index


def without_neighbours(bound: Sequence[Binding]) -> list[Binding]:
    """A tie is settled where the next claim of the sentence surely takes one of its rows."""
    settled = list(bound)
    for at, (binding, following) in enumerate(itertools.pairwise(bound)):
        rows = _tied_rows(binding)
        taken = following.best
        if len(rows) != 2 or taken is None or following.tied or taken.indicator not in rows:
            continue
        same = following.context.sentence_number == binding.context.sentence_number
        if same and taken.field == binding.tied_candidates[0].field:
            (other,) = rows - {taken.indicator}
            settled[at] = _only(binding, other)
    return settled


def in_table_order(bound: Sequence[Binding], index: Index) -> tuple[Binding, ...]:
    """Settles ties that only order can settle: k claims in a row tied over the same k rows.

    `四个党支部合并为一个` over 合并前 and 合并后: the first claim speaks of the first row.
    """
    settled = list(bound)
    start = 0
    while start < len(settled):
        rows = _tied_rows(settled[start])
        size = len(rows)
        group = settled[start : start + size]
        if size < 2 or not _tie_together(group, rows):
            start += 1
            continue
        for at, row in enumerate(sorted(rows, key=lambda one: index.position[one])):
            settled[start + at] = _only(settled[start + at], row)
        start += size
    return tuple(settled)


def _tie_together(group: Sequence[Binding], rows: frozenset[str]) -> bool:
    """As many neighbouring claims as rows, of one sentence, all tied over the same rows."""
    alike = len(group) == len(rows) and all(_tied_rows(one) == rows for one in group)
    return alike and len({one.context.sentence_number for one in group}) == 1


def _tied_rows(binding: Binding) -> frozenset[str]:
    """Rows that tie for a claim, where they tie over one and the same field."""
    tied = binding.tied_candidates
    if len({one.field for one in tied}) != 1 or any(one.is_fact for one in tied):
        return frozenset()
    return frozenset(one.indicator for one in tied)


def _only(binding: Binding, row: str) -> Binding:
    first = [one for one in binding.candidates if one.indicator == row]
    others = [one for one in binding.candidates if one.indicator != row]
    lifted = replace(first[0], score=max(one.score for one in binding.candidates) + binding.tie * 2)
    return replace(binding, candidates=(lifted, *first[1:], *others))


def faint_doubles(bound: Sequence[Binding], named: Callable[[Binding], int]) -> list[Binding]:
    """Two figures of a sentence speak of one cell: the one that says less of its name is not sure.

    结案率98.7%，按期结案率95.2%: the row 按期结案率 is the second's.

    Args:
        bound: the bindings in the order of the text.
        named: how many characters of its row's name a claim's noun says.
    """
    places: dict[tuple[int, str, str], list[int]] = defaultdict(list)
    for number, binding in enumerate(bound):
        if binding.best is not None and binding.best.field == "value":
            key = (binding.context.sentence_number, binding.best.indicator, binding.best.field)
            places[key].append(number)
    settled = list(bound)
    for numbers in places.values():
        most = max(named(bound[one]) for one in numbers) if len(numbers) > 1 else 0
        for one in numbers:
            if named(bound[one]) < most:
                first, *others = bound[one].candidates
                faint = replace(first, is_faint=True)
                settled[one] = replace(bound[one], candidates=(faint, *others))
    return settled
