"""上年同期 of this year's table beside what last year printed (DOMAIN §3.3).

A level is revised, a set of enterprises changes: this year's `prior` rules. Where last year's own
text or row says another figure, the growth between the two is no growth of one thing: it is quoted,
never computed, and the change is listed (P07, info).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from drafter.keeping import ByIdentity
from drafter.numerals import read_mentions
from drafter.records.claim import Issue
from drafter.records.indicator import Figure, Indicator, IndicatorTable
from drafter.records.quantity import plain, unit
from drafter.verification.approximators import Leaning, half_up, leaning
from drafter.verification.binding.binder import bind
from drafter.verification.binding.candidates import Binding, Thresholds
from drafter.verification.binding.entries import rows_by_name
from drafter.verification.binding.fields import row_unit
from drafter.verification.binding.periods import fits
from drafter.verification.comparing import conversion
from drafter.verification.derivations import usable
from drafter.verification.derivations.surroundings import names
from drafter.verification.lint.issues import issue

_SURE = 0.8
"""Likeness from which last year's sentence surely speaks of the row."""
_LAST_YEAR = Thresholds(other_year=0.98)
_SPEAKS_OF_GROWTH = ("prior", "yoy", "change", "value")


@dataclass(frozen=True, slots=True)
class Restatement:
    """A row whose 上年同期 is not what last year printed."""

    row: Indicator
    printed: str
    """What last year's text or row says, with its unit."""


def restatements(table: IndicatorTable, last_year: str = "") -> Mapping[str, Restatement]:
    """Row id -> how last year told the figure that is now another.

    Args:
        table: this year's table; it may hold last year's rows too.
        last_year: the text of last year's summary, '' where there is none.
    """
    return _restatements(ByIdentity(table), last_year)


@lru_cache(maxsize=8)
def _restatements(table: "ByIdentity[IndicatorTable]", last_year: str) -> Mapping[str, Restatement]:
    """Kept, for a draft is judged many times beside the same text of last year."""
    found = {one.row.id: one for one in _beside_rows(table.value)}
    if last_year:
        found |= {one.row.id: one for one in _beside_text(table.value, last_year)}
    return found


def _beside_rows(table: IndicatorTable) -> Iterator[Restatement]:
    for same in rows_by_name(table).values():
        for row in same:
            for earlier in same:
                if earlier.value is None or row.prior is None or not _a_year_before(earlier, row):
                    continue
                if not usable(earlier.value) or not usable(row.prior):
                    continue
                said = earlier.value.number
                if not _agree(Fraction(said.value), said.places, row.prior):
                    yield Restatement(row, f"{plain(said.value)}{row.unit}")


def _a_year_before(earlier: Indicator, row: Indicator) -> bool:
    then, now = earlier.period, row.period
    if then is None or now is None or then.year is None or now.year is None:
        return False
    alike = (earlier.unit, earlier.scope) == (row.unit, row.scope)
    return alike and now.year - then.year == 1 and (then.first, then.last) == (now.first, now.last)


def _beside_text(table: IndicatorTable, text: str) -> Iterator[Restatement]:
    """Rows of which last year's text surely told the level, and never the one of today's table."""
    results = replace(table, rows=tuple(row for row in table.rows if "目标" not in row.status))
    told: dict[str, list[Restatement]] = {}
    confirmed: set[str] = set()
    for binding in bind(text, read_mentions(text), results, thresholds=_LAST_YEAR):
        row = _surely_of(binding, results)
        if row is None or row.prior is None:
            continue
        said = _in_unit_of(row, binding)
        if said is None:
            continue
        if _agree(*said, row.prior):
            confirmed.add(row.id)
        told.setdefault(row.id, []).append(Restatement(row, binding.mention.core))
    for identifier, all_told in told.items():
        if identifier not in confirmed:
            yield all_told[0]


def _surely_of(binding: Binding, table: IndicatorTable) -> Indicator | None:
    """The row whose level a sentence of last year tells, for the same months, beyond doubt."""
    best = binding.best
    if best is None or binding.tied or best.is_fact or best.field != "value" or best.score < _SURE:
        return None
    row = table.by_id(best.indicator)
    if row is None or row.prior is None or not usable(row.prior) or binding.context.in_plan:
        return None
    said, kept = binding.mention.period, row.period
    if said and kept and not fits(replace(said, year=None), replace(kept, year=None)):
        return None
    return row if names(binding.context.clause, row) else None


def _in_unit_of(row: Indicator, binding: Binding) -> tuple[Fraction, int] | None:
    """What the text says, in the row's unit, with the decimals that it then has."""
    mention = binding.mention
    number = mention.number
    if mention.kind != "quantity" or number is None or number.upto is not None:
        return None
    if number.over is not None or leaning(mention.approx) is not Leaning.NONE:
        return None
    ratio = conversion(mention.unit or unit(""), row_unit(row))
    if ratio is None:
        return None
    places, step = number.places, ratio
    while step >= 10:  # 1.62亿元 is 16200万元: to the hundred
        places, step = places - 1, step / 10
    while step < 1:
        places, step = places + 1, step * 10
    return Fraction(number.value) * ratio, places


def _agree(said: Fraction, places: int, prior: Figure) -> bool:
    """The same figure, told to fewer decimals by the one or the other."""
    fewer = min(places, prior.number.places)
    return half_up(said, fewer) == half_up(Fraction(prior.number.value), fewer)


def restatement_issues(
    found: Mapping[str, Restatement], bound: Sequence[Binding]
) -> Iterator[Issue]:
    """P07 at the first place where the text tells of such a row."""
    left = dict(found)
    for binding in bound:
        best = binding.best
        if best is None or best.is_fact or best.field not in _SPEAKS_OF_GROWTH:
            continue
        one = left.pop(best.indicator, None)
        if one is not None and one.row.prior is not None:
            now = f"{plain(one.row.prior.number.value)}{one.row.unit}"
            yield issue(
                "P07",
                "info",
                (binding.mention.start, binding.mention.end),
                f"“{one.row.name}”的上年同期数今年表中为{now}，上年写作{one.printed}："
                "基数有调整，以今年表为准，增速只引用来源、不自行推算",
            )
