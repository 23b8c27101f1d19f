"""Which figures of a draft have a series of years: this year's table beside those of past years.

A year counts only with the same name (or alias), months, unit, scope and basis: 1—11月 beside a
whole year, or a new basis beside an old one, would draw a fall that never was.
"""

from collections.abc import Iterator, Mapping

from drafter.outcome import name_of
from drafter.records.draft import Draft, DraftSection
from drafter.records.indicator import Figure, Indicator, IndicatorTable
from drafter.records.series import SectionSeries, Series

FEWEST_YEARS = 3
MOST_SERIES = 4
"""Of a section: more do not fit a figure that is printed 156 mm wide."""


def series_of(
    draft: Draft, table: IndicatorTable, past: Mapping[int, IndicatorTable]
) -> tuple[SectionSeries, ...]:
    """The series of each section that has any.

    Args:
        draft: Its spans say which rows a section prints.
        table: This year's rows.
        past: Year -> table of that year.
    """
    found: list[SectionSeries] = []
    shown: set[str] = set()
    for section in draft.sections:
        # Lead, problems and plans speak of the same figures again.
        if section.kind != "achievements":
            continue
        fresh = [
            one for one in _series(section, draft.year, table, past) if one.indicator not in shown
        ]
        weights = {row.id: row.weight for row in table.rows}
        fresh.sort(key=lambda one: weights.get(one.indicator) != "必报")
        chosen = tuple(fresh[:MOST_SERIES])
        shown.update(one.indicator for one in chosen)
        if chosen:
            found.append(SectionSeries(name_of(section), chosen))
    return tuple(found)


def _series(
    section: DraftSection, year: int, table: IndicatorTable, past: Mapping[int, IndicatorTable]
) -> Iterator[Series]:
    identifiers = (span.indicator for span in section.spans if span.kind == "cell")
    for identifier in dict.fromkeys(identifiers):
        row = table.by_id(identifier or "")
        if row is None or not _is_single(row.value) or _year_of(row, year) != year:
            continue
        values = {year: row.value}
        if _is_single(row.prior):
            values[year - 1] = row.prior
        for before, older in past.items():
            same = next((one for one in older.rows if _is_same(row, one, older)), None)
            if same is not None and before < year:
                values[before] = same.value
        points = tuple(
            (one, figure.number.value) for one, figure in sorted(values.items()) if figure
        )
        if len(points) >= FEWEST_YEARS:
            yield Series(row.id, row.name, row.unit, _months(row), points)


def _is_single(figure: Figure | None) -> bool:
    """An exact amount: no range, no fraction, no 近."""
    return (
        figure is not None
        and figure.number.over is None
        and figure.number.upto is None
        and not figure.approx
    )


def _is_same(row: Indicator, older: Indicator, table: IndicatorTable) -> bool:
    """The row of a past year that measures the same thing."""
    return (
        older.id not in table.overruled
        and bool(set(row.names) & set(older.names))
        and (row.unit, row.scope, row.basis) == (older.unit, older.scope, older.basis)
        and _months(row) == _months(older)
        and "目标" not in older.status
        and _is_single(older.value)
    )


def _year_of(row: Indicator, year: int) -> int:
    return row.period.year if row.period and row.period.year else year


def _months(row: Indicator) -> str:
    """The period without its year."""
    period = row.period
    if period is None or period.whole_year:
        return "全年"
    if period.as_of or period.first == period.last:
        return f"截至{period.last}月底" if period.last else "年末"
    return f"{period.first}—{period.last}月"
