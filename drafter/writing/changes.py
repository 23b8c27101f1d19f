"""What is no longer as last year's table had it: names of rows, their basis, last year's figures.

Listed for a person: a renamed row may be the same quantity or another one, and a prior that last
year did not print needs a word of explanation in the text.
"""

import difflib
from collections.abc import Iterator

from drafter.records.draft import ChangedBasis, RenamedRow
from drafter.records.indicator import Indicator, IndicatorTable
from drafter.records.quantity import unit
from drafter.writing.precedent import plain_name, successor, without_goals

_ALIKE = 0.7


def renamed_rows(table: IndicatorTable, past: IndicatorTable) -> tuple[RenamedRow, ...]:
    """Rows under another name than last year, by alias; and unmatched ones whose names are alike."""
    results, former = without_goals(table), without_goals(past)
    matched = {old.id: row for old in former.rows if (row := successor(old, results)) is not None}
    found = [
        _renamed(row, old, sure=True)
        for old in former.rows
        if (row := matched.get(old.id)) is not None and plain_name(row.name) != plain_name(old.name)
    ]
    known = {row.id for row in matched.values()}
    loose = {row.name: row for row in results.rows if row.id not in known}
    for old in former.rows:
        if old.id in matched:
            continue
        near = difflib.get_close_matches(old.name, list(loose), n=1, cutoff=_ALIKE)
        if near:
            found.append(_renamed(loose[near[0]], old, sure=False))
    return tuple(found)


def _renamed(row: Indicator, old: Indicator, *, sure: bool) -> RenamedRow:
    return RenamedRow(
        indicator=row.id,
        name=row.name,
        former=old.name,
        cell=row.row,
        former_cell=old.row,
        sure=sure,
    )


def changed_bases(table: IndicatorTable, past: IndicatorTable) -> tuple[ChangedBasis, ...]:
    """Rows whose basis or unit differs from last year's, or whose prior is not last year's value."""
    results = without_goals(table)
    pairs = [
        (old, row)
        for old in without_goals(past).rows
        if (row := successor(old, results)) is not None
    ]
    return tuple(one for old, row in pairs for one in _changes(old, row))


def _changes(old: Indicator, row: Indicator) -> Iterator[ChangedBasis]:
    if old.basis and row.basis and old.basis != row.basis:
        yield _change(old, row, "口径", row.basis, old.basis)
    if old.unit and row.unit and unit(old.unit).kind != unit(row.unit).kind:
        yield _change(old, row, "单位", row.unit, old.unit)
        return
    if row.prior is None or old.value is None or not _same_months(old, row):
        return
    now = row.prior.number.value * unit(row.unit).factor
    before = old.value.number.value * unit(old.unit).factor
    if now != before:
        yield ChangedBasis(
            indicator=row.id,
            name=row.name,
            what="上年数",
            now=f"{row.prior.number}{row.unit}",
            before=f"{old.value.number}{old.unit}",
            cell=row.prior.cell,
            former_cell=old.value.cell,
        )


def _change(old: Indicator, row: Indicator, what: str, now: str, before: str) -> ChangedBasis:
    return ChangedBasis(
        indicator=row.id,
        name=row.name,
        what=what,
        now=now,
        before=before,
        cell=row.row,
        former_cell=old.row,
    )


def _same_months(old: Indicator, row: Indicator) -> bool:
    """Both report on the same part of their years."""
    one, other = old.period, row.period
    if one is None or other is None:
        return one is other
    return (one.first, one.last, one.day, one.as_of) == (
        other.first,
        other.last,
        other.day,
        other.as_of,
    )
