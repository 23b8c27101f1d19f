"""How numbers stand in official prose: approximators, ordinals, fractions, units, periods.

Knows house style (GB/T 15835, DOMAIN §3.1), nothing of rows. Digits stay exactly as written.

>>> amount(Number(Decimal(500)), "条", "多"), amount(Number(Decimal("13"), upto=Decimal("17")), "家")
('500多条', '13至17家')
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from drafter.records.period import Period
from drafter.records.quantity import Number, Unit, plain, unit

DIGITS = "零一二三四五六七八九十"
AFTER = frozenset({"左右", "上下", "以上", "以下", "以内", "之内", "开外"})
INSIDE = frozenset({"多", "余", "几"})
HUNDRED_MILLION = Decimal(100_000_000)
TWO_PLACES = Decimal("0.01")

_GRADES = ("等奖", "等", "等次")
# Units that every end of a range carries (GB/T 15835).
_REPEATED = ("%", "‰", "万", "亿")


def amount(number: Number, unit_written: str, approx: str | None = None) -> str:
    """A number with unit and approximator: 近5亿元, 500多条, 三分之一以上, 13至17家, 一等奖."""
    word = _single(approx)
    if unit_written in _GRADES:
        return ordinal_digit(number.value) + unit_written
    if unit_written == "成" and number.value in range(1, 10):
        return _around(f"{DIGITS[int(number.value)]}成", word)
    if word in INSIDE:
        return _with_inside(number, unit_written, word)
    return _around(_plain_amount(number, unit_written), word)


def _single(approx: str | None) -> str:
    """The one approximator to print: of 约…左右 the first."""
    return (approx or "").split("…")[0].strip()


def _with_inside(number: Number, unit_written: str, word: str) -> str:
    """多 and 余 follow a round whole number (500多条); anything else is 超."""
    value = number.value
    round_number = value == value.to_integral_value() and value >= 10 and value % 10 == 0
    single = number.upto is None and number.over is None
    if round_number and single and unit(unit_written).kind not in ("percent", "points", "none"):
        return f"{plain(value)}{word}{unit_written}"
    return _around(_plain_amount(number, unit_written), "超")


def _around(text: str, word: str) -> str:
    return text + word if word in AFTER else word + text


def _plain_amount(number: Number, unit_written: str) -> str:
    if number.over is not None:
        return fraction(number) + ("" if unit_written in ("%", "") else unit_written)
    spoken = "个百分点" if unit(unit_written).kind == "points" else unit_written
    if number.upto is None:
        return plain(number.value) + spoken
    first = spoken if spoken.startswith(_REPEATED) else ""
    return f"{plain(number.value)}{first}至{plain(number.upto)}{spoken}"


def fraction(number: Number) -> str:
    """1/3 as 三分之一; parts above ten stay in digits."""
    over = number.over or Decimal(1)
    if number.value in range(1, 11) and over in range(2, 11):
        return f"{DIGITS[int(over)]}分之{DIGITS[int(number.value)]}"
    return f"{plain(number.value)}/{plain(over)}"


def ordinal_digit(value: Decimal) -> str:
    """1 as 一 up to ten, else the digits."""
    return DIGITS[int(value)] if value in range(1, 11) else plain(value)


def ordinal(value: Decimal) -> str:
    """A rank: 第二, beyond ten 第12位."""
    return f"第{DIGITS[int(value)]}" if value in range(1, 11) else f"第{plain(value)}位"


def half_up(value: Decimal, places: int) -> Decimal:
    """Rounded as offices round: half up, away from zero."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def trimmed(value: Decimal) -> Decimal:
    """Without zeros at the end of the decimals: 125.0 is 125."""
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()


@dataclass(frozen=True, slots=True)
class Amount:
    """A number and the unit it is to be printed in."""

    number: Number
    unit: str


def in_unit(number: Number, written: str, asked: str | None, *, exact: bool = False) -> Amount:
    """The number in the unit asked for, or as an office would write it.

    Args:
        number: As in the table.
        written: Its unit in the table.
        asked: The unit of the precedent's clause; None leaves the choice to the rule that
            万元 from 1亿元 on become 亿元.
        exact: No rounding is allowed, as behind an approximator.

    Returns:
        The converted amount with at most two decimals where 亿元 came out of 万元; the amount
        as it stands in the table where conversion is not legitimate or would fall below 1 亿元.
    """
    source = unit(written)
    target = unit(asked) if asked else _grown(number, source)
    if target is None or target.written == written or number.over is not None:
        return Amount(number, written)
    if target.dimension != source.dimension or target.kind not in ("money", "visits", "people"):
        return Amount(number, written)
    ends = [number.value] if number.upto is None else [number.value, number.upto]
    moved = [_moved(end, source, target, exact=exact) for end in ends]
    if any(end is None for end in moved):
        return Amount(number, written)
    first, *rest = [end for end in moved if end is not None]
    return Amount(Number(first, rest[0] if rest else None), target.written)


def _grown(number: Number, source: Unit) -> Unit | None:
    """亿元 for 万元 that have reached it."""
    large = abs(number.value) * source.factor >= HUNDRED_MILLION
    return unit(f"亿{source.base}") if large and source.written == f"万{source.base}" else None


def _moved(value: Decimal, source: Unit, target: Unit, *, exact: bool) -> Decimal | None:
    """The value in the target unit; None where that would not be an honest restatement."""
    moved = value * source.factor / target.factor
    if target.factor < source.factor:
        return trimmed(moved)
    if abs(moved) < 1:
        return None
    rounded = half_up(moved, 2)
    if rounded == moved:
        return trimmed(moved)
    return None if exact else rounded


def period_phrase(period: Period, year: int | None) -> str:
    """A period as a summary of `year` names it: 1—11月, 全年, 截至11月底, 2021年1—11月."""
    own = period.year is None or period.year == year
    if period.end_year is not None:
        return _span_of_years(period)
    if period.whole_year:
        return _whole_year(period, own=own)
    if period.open_ended and period.first is None:
        return _open_phrase(period)
    head = "" if own else f"{period.year}年"
    if period.first is None:  # 截至2024年底
        return f"截至{head or '年'}底"
    return f"{'截至' if period.as_of else ''}{head}{_months(period)}"


def _span_of_years(period: Period) -> str:
    if period.first is None:
        return f"{period.year}—{period.end_year}年"
    return f"{period.year}年{period.first}月—{period.end_year}年{period.last}月"


def _whole_year(period: Period, *, own: bool) -> str:
    if not period.open_ended:
        return "全年" if own else f"{period.year}年"
    if own:
        return _open_phrase(period)
    return f"{period.year}年以来" if _is_since(period) else f"{period.year}年"


def _open_phrase(period: Period) -> str:
    """今年以来 and 截至目前 end on the day of writing."""
    return "今年以来" if _is_since(period) else "截至目前"


def _is_since(period: Period) -> bool:
    return "来" in period.written and "截" not in period.written


def _months(period: Period) -> str:
    written, first, last = period.written, period.first, period.last or period.first
    if period.day is not None:
        return f"{first}月{period.day}日"
    if period.as_of:
        return f"{last}月底"
    for word in ("上半年", "下半年", "前三季度", "一季度", "二季度", "三季度", "四季度"):
        if written.endswith(word):
            return word
    if (first, last) == (1, 12):
        return "全年"
    span = f"{first}月" if first == last else f"{first}—{last}月"
    return f"{span}以来" if period.open_ended else span
