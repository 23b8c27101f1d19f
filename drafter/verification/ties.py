"""Ties among candidates that the neighbouring claims or the order of the table settle."""

import itertools
from collections.abc import Sequence
from dataclasses import replace

from drafter.verification.candidates import Binding
from drafter.verification.entries import Index


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
