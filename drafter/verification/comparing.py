"""Whether what a claim says is what a cell says: units, written precision, approximators.

Counts are exact; other figures may be rounded half-up to fewer decimals than the source
(DOMAIN §3.2 N23-N26). All in Decimal.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from drafter.records.indicator import Figure, Indicator
from drafter.records.mention import Mention
from drafter.records.quantity import Number, Unit, plain, unit
from drafter.verification.approximators import (
    DEFAULT,
    Leaning,
    Tolerances,
    alike,
    fraction_within,
    half_up,
    leaning,
    within,
)

_LEVEL = re.compile("[国省市县区州盟旗]")


@dataclass(frozen=True, slots=True)
class Comparison:
    """The outcome, the rule it rests on, and how far off a claim is that does not agree."""

    agrees: bool
    rule: str | None = None
    reason: str = ""
    """Why it does not agree, in Chinese; '' for a plain difference of value."""


AGREES = Comparison(agrees=True)
DIFFERS = Comparison(agrees=False)


def differs(reason: str, rule: str | None = None) -> Comparison:
    """A disagreement with its reason."""
    return Comparison(agrees=False, rule=rule, reason=reason)


def compare_amount(
    mention: Mention,
    figure: Figure,
    kept: Unit,
    *,
    count: bool,
    tolerances: Tolerances = DEFAULT,
) -> Comparison:
    """A quantity, range or fraction against a cell of unit `kept`.

    `count` forbids rounding where neither side is scaled by 万 or 亿.
    """
    said = mention.unit or unit("")
    number = mention.number
    if number is None:
        return DIFFERS
    if number.over is not None or figure.number.over is not None:
        return compare_fraction(mention, figure, kept, tolerances)
    if number.upto is not None or figure.number.upto is not None:
        return _compare_range(number, figure.number, said, kept)
    ratio = conversion(kept, said)
    if ratio is None:
        return differs("计量单位不同", "L08")
    exact = count and said.factor == 1
    return compare_value(mention, number, figure, ratio, exact=exact, tolerances=tolerances)


@lru_cache(maxsize=1024)
def conversion(kept: Unit, said: Unit) -> Fraction | None:
    """Factor that turns an amount in `kept` into `said`; None where they never compare (N23)."""
    if kept.dimension != said.dimension and not _loosely_alike(kept, said):
        return None
    ours = Fraction(kept.factor) * Fraction(kept.to_dimension)
    return ours / (Fraction(said.factor) * Fraction(said.to_dimension))


def _loosely_alike(kept: Unit, said: Unit) -> bool:
    """A table or text that leaves the unit out speaks of the same count."""
    counting = ("counter", "people", "visits", "none")
    return "none" in (kept.kind, said.kind) and kept.kind in counting and said.kind in counting


def compare_value(
    mention: Mention,
    number: Number,
    figure: Figure,
    ratio: Fraction,
    *,
    exact: bool,
    tolerances: Tolerances = DEFAULT,
) -> Comparison:
    """A single value against a cell; `ratio` turns the cell's value into the claim's unit."""
    source = Fraction(figure.number.value) * ratio
    wanted, own = leaning(mention.approx), leaning(figure.approx)
    if own is not Leaning.NONE:
        return _against_approximate(number.value, source, wanted, own, figure)
    if wanted is Leaning.NONE:
        return equal_as_written(number, source, figure.number.places, ratio, exact=exact)
    if within(number.value, source, wanted, tolerances):
        return Comparison(agrees=True, rule="N25" if Fraction(number.value) != source else None)
    return differs(f"约数词“{mention.approx}”与表中数不符", "N25")


def _against_approximate(
    said: Decimal, source: Fraction, wanted: Leaning, own: Leaning, figure: Figure
) -> Comparison:
    if Fraction(said) != source:
        return DIFFERS
    if wanted is Leaning.NONE:
        return differs(f"表中为约数“{figure.cell.value}”，文中漏了约数词", "N25")
    if not alike(wanted, own):
        return differs(f"约数词与表中“{figure.approx}”方向相反", "N25")
    return AGREES


def equal_as_written(
    number: Number, source: Fraction, source_places: int, ratio: Fraction, *, exact: bool
) -> Comparison:
    """Equal, or the source rounded half-up to the fewer decimals that the claim prints (N24).

    More decimals than the source has say something that it does not.
    """
    if Fraction(number.value) == source:
        return AGREES
    if exact:
        return DIFFERS
    step = Fraction(1, 10**number.places)
    if step <= Fraction(1, 10**source_places) * ratio:
        return DIFFERS
    if half_up(source, number.places) == Fraction(number.value):
        return Comparison(agrees=True, rule="N24")
    if abs(source - Fraction(number.value)) < step:
        return differs("截尾而未四舍五入", "L26")
    return DIFFERS


def compare_rate(mention: Mention, figure: Figure, tolerances: Tolerances = DEFAULT) -> Comparison:
    """A growth, share or completion rate against its cell; falls are negative there."""
    number = mention.number
    if number is None:
        return Comparison(agrees=mention.direction == "flat" and figure.number.value == 0)
    if number.over is not None or figure.number.over is not None:
        if mention.direction == "down":
            if figure.number.value > 0:
                return differs("升降方向与表中相反", "L04")
            figure = _upright(figure)  # 降幅超过一成 against -11.7
        return compare_fraction(mention, figure, unit("%"), tolerances)
    said_kind = mention.unit.kind if mention.unit else "percent"
    if (said_kind == "points") != figure.points:
        return differs("百分点与百分比混用", "L09")
    if mention.kind == "multiple":
        return compare_multiple(mention, number, figure, tolerances)
    if number.upto is not None or figure.number.upto is not None:
        return _compare_range(number, figure.number, unit("%"), unit("%"))
    signed = -number.value if mention.direction == "down" else number.value
    if signed * figure.number.value < 0:
        return differs("升降方向与表中相反", "L04")
    turned = _upright(figure)
    magnitude = Number(abs(number.value), written=number.written)
    return compare_value(
        mention, magnitude, turned, Fraction(1), exact=False, tolerances=tolerances
    )


def _upright(figure: Figure) -> Figure:
    """The figure without its sign."""
    number = Number(abs(figure.number.value), written=figure.number.written)
    return Figure(number, figure.cell, figure.approx, figure.points)


def compare_multiple(
    mention: Mention, number: Number, figure: Figure, tolerances: Tolerances = DEFAULT
) -> Comparison:
    """增长N倍 against a growth rate (N03): 增长1.79倍 is +179 %.

    Growth of the rate's own size only: 翻一番 and 是上年的N倍 are derived, not read off.
    """
    times = Fraction(figure.number.value) / 100
    side = leaning(mention.approx)
    if side is not Leaning.NONE:
        return Comparison(agrees=within(number.value, times, side, tolerances), rule="N03")
    if half_up(times, number.places) == Fraction(number.value):
        return Comparison(agrees=True, rule="N03")
    return DIFFERS


def compare_fraction(
    mention: Mention, figure: Figure, kept: Unit, tolerances: Tolerances = DEFAULT
) -> Comparison:
    """三分之一, 三成, 过半 against a share: alike fractions, or within 2.5 points (N26)."""
    said, source = _as_fraction(mention.number, mention.unit), _as_fraction(figure.number, kept)
    if said is None or source is None:
        return DIFFERS
    wanted, own = leaning(mention.approx), leaning(figure.approx)
    if own is not Leaning.NONE:
        return Comparison(agrees=said == source and alike(wanted, own))
    rule = "N26" if wanted in (Leaning.NONE, Leaning.ABOUT) else "N06"
    return Comparison(agrees=fraction_within(said, source, wanted, tolerances), rule=rule)


def _as_fraction(number: Number | None, kept: Unit | None) -> Fraction | None:
    if number is None or number.upto is not None:
        return None
    if number.over is not None:
        return Fraction(number.value) / Fraction(number.over)
    if kept is not None and kept.kind == "percent":
        return Fraction(number.value) / (1000 if kept.base == "‰" else 100)
    return None


def _compare_range(said: Number, source: Number, said_unit: Unit, kept: Unit) -> Comparison:
    ratio = conversion(kept, said_unit)
    if ratio is None or said.upto is None or source.upto is None:
        return DIFFERS
    low, high = Fraction(source.value) * ratio, Fraction(source.upto) * ratio
    return Comparison(agrees=Fraction(said.value) == low and Fraction(said.upto) == high)


def compare_rank(mention: Mention, figure: Figure, row: Indicator) -> Comparison:
    """A place or grade against its cell, with the scope where both name one."""
    if mention.number is None or mention.number.value != figure.number.value:
        return DIFFERS
    if not same_scope(mention.scope, row.rank_scope):
        return differs(f"位次范围不同：表中为{row.rank_scope}", "L11")
    return AGREES


def same_scope(said: str | None, kept: str) -> bool:
    """Both name one level, or one of them names none (9个县市区第2 names the units that compete)."""
    if not said or not kept or _UNITS.search(said):
        return True
    return _scope(said) == _scope(kept)


_UNITS = re.compile("县市区|市县区|县区|县市|市区|县（|县\\(|县级|市级|区级|单位")


def _scope(text: str) -> str:
    """The administrative level that a scope names last: 全市, 岳阳市 and 市内 are all 市."""
    levels = _LEVEL.findall(text)
    return levels[-1] if levels else text.strip("（）()")


def describe(figure: Figure, kept: str) -> str:
    """A cell's figure in words for a message: `近5亿元`, `13至17家`, `-4.7%`."""
    number = figure.number
    if number.upto is not None:
        body = f"{plain(number.value)}至{plain(number.upto)}{kept}"
    elif number.over is not None:
        body = f"{plain(number.value)}/{plain(number.over)}"
    else:
        body = f"{plain(number.value)}{kept}"
    approx = figure.approx or ""
    if approx in ("左右", "以上", "以下", "上下", "以内"):
        return body + approx
    if approx in ("多", "余"):
        return f"{plain(number.value)}{approx}{kept}"
    return approx + body
