"""Derivations N01-N15 of DOMAIN §3.2: what may be computed from the table, and when.

A derivation is tried only where the claim's words ask for it and its operands are rows that
the text speaks of nearby. Rounded operands are intervals, counts are exact; the formula with
its operands is kept as evidence.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from drafter.records.indicator import Cell, Figure, Indicator
from drafter.records.mention import Mention
from drafter.records.quantity import Number, plain
from drafter.verification.approximators import Leaning, leaning, within
from drafter.verification.bases import may_recompute_growth
from drafter.verification.context import ClaimContext
from drafter.verification.fields import row_unit
from drafter.verification.names import normalise, normalise_name, pairs

_NAMED = 0.6
"""Share of a name's pairs that a clause must say to name the row."""


@dataclass(frozen=True, slots=True)
class Operand:
    """A figure as an interval in base units, exact for counts."""

    label: str
    low: Fraction
    high: Fraction
    cell: Cell
    written: str
    dimension: str = ""
    """What its unit converts into; '' where it has none."""

    @property
    def exact(self) -> bool:
        """The figure is a count: no rounding stands behind it."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Derivation:
    """A value computed from the table that the claim may be stating."""

    rule: str
    formula: str
    low: Fraction
    high: Fraction
    evidence: tuple[Cell, ...]
    percent: bool = False
    """In percent or points; otherwise in base units."""
    dimension: str = ""
    """What the base units measure: a sum of money is no number of days."""

    @property
    def middle(self) -> Fraction:
        """The value itself."""
        return (self.low + self.high) / 2


def operand(row: Indicator, figure: Figure, label: str = "") -> Operand:
    """A row's figure with the interval that its written digits stand for.

    A target is what it says: 8亿元 is set, not rounded. Of a row's own two years the more exact
    tells how exact both are, since sheets drop a trailing nought (22 beside 26.4 is 22.0).
    """
    kept = row_unit(row)
    factor = Fraction(kept.factor * kept.to_dimension)
    value = Fraction(figure.number.value)
    counted = kept.kind in ("counter", "people", "visits", "none") and kept.factor == 1
    exact = counted or figure is row.target
    half = Fraction(0) if exact else Fraction(1, 2 * 10 ** _places(row, figure))
    written = f"{plain(figure.number.value)}{row.unit}"
    return Operand(
        f"{row.name}{label}",
        (value - half) * factor,
        (value + half) * factor,
        figure.cell,
        written,
        kept.dimension,
    )


def _places(row: Indicator, figure: Figure) -> int:
    years = (row.value, row.prior) if figure in (row.value, row.prior) else (figure,)
    return max(one.number.places for one in years if one is not None)


Ask = Callable[[ClaimContext, Sequence[Indicator]], Iterator[Derivation]]


def derive(
    context: ClaimContext, rows: Sequence[Indicator], own: frozenset[str] = frozenset()
) -> Derivation | None:
    """The derivation that proves the claim, None if none asked for does.

    Args:
        context: the claim and its words.
        rows: the rows that the text speaks of nearby, the nearest first.
        own: ids of rows that hold the claimed figure themselves; no figure is a sum of itself.
    """
    spoken_of = _spoken_of(context, rows)
    for place, words, kinds, make in _ASKED:
        said = context.before if place == _RIGHT_BEFORE else context.clause
        if context.mention.kind in kinds and words.search(said):
            parts: Sequence[Indicator] = rows
            if make is _sum:
                parts = [row for row in rows if row.id not in own]
            elif make in _OF_ONE_ROW:
                parts = spoken_of
            for candidate in make(context, parts):
                if states(context.mention, candidate):
                    return candidate
    return None


def _spoken_of(context: ClaimContext, rows: Sequence[Indicator]) -> Sequence[Indicator]:
    """The rows that the clause names, else the nearest: growth of another row proves nothing."""
    named = [row for row in rows if names(context.clause, row)]
    return named or rows[:1]


def states(mention: Mention, derivation: Derivation) -> bool:
    """The claim's printed interval meets the computed one; exact counts are rounded half-up."""
    number = mention.number
    if number is None or number.upto is not None:
        return False
    measure = mention.unit.dimension if mention.unit else ""
    if derivation.dimension and measure and derivation.dimension != measure:
        return False
    if number.over is not None:
        share = Fraction(number.value) / Fraction(number.over) * 100
        return _fraction_states(share, derivation, mention)
    said = Fraction(number.value) if derivation.percent else _in_base(mention, number)
    half = _half_step(mention, number, derivation)
    if leaning(mention.approx) is not Leaning.NONE:
        return _approximate_states(said, derivation, mention)
    if derivation.low == derivation.high:
        return _rounded(derivation.low, 2 * half) == said
    return said - half <= derivation.high and derivation.low <= said + half


def _in_base(mention: Mention, number: Number) -> Fraction:
    if mention.unit is None:
        return Fraction(number.value)
    return Fraction(number.value * mention.unit.factor * mention.unit.to_dimension)


def _half_step(mention: Mention, number: Number, derivation: Derivation) -> Fraction:
    half = Fraction(1, 2 * 10**number.places)
    if derivation.percent or mention.unit is None:
        return half
    return half * Fraction(mention.unit.factor * mention.unit.to_dimension)


def _rounded(value: Fraction, step: Fraction) -> Fraction:
    scaled = value / step
    whole = Decimal(scaled.numerator) / Decimal(scaled.denominator)
    return Fraction(whole.quantize(Decimal(1), rounding=ROUND_HALF_UP)) * step


def _approximate_states(said: Fraction, derivation: Derivation, mention: Mention) -> bool:
    middle = derivation.middle
    exact = Decimal(middle.numerator) / Decimal(middle.denominator)
    printed = Decimal(said.numerator) / Decimal(said.denominator)
    return within(printed, exact, leaning(mention.approx))


def _fraction_states(share: Fraction, derivation: Derivation, mention: Mention) -> bool:
    if not derivation.percent:
        return False
    side, value = leaning(mention.approx), derivation.middle
    if side is Leaning.BELOW:
        return share - Fraction(34, 10) <= value < share
    if side in (Leaning.ABOVE, Leaning.AT_LEAST):
        return share < value < share + 10
    return abs(value - share) <= Fraction(5, 2)


def _quotient(
    rule: str, top: Operand, bottom: Operand, shape: str, *, less: int = 0, times: int = 100
) -> Derivation | None:
    if bottom.low <= 0 or top.low < 0:
        return None
    low, high = top.low / bottom.high - less, top.high / bottom.low - less
    formula = shape.format(a=f"{top.label} {top.written}", b=f"{bottom.label} {bottom.written}")
    return Derivation(
        rule, formula, low * times, high * times, (top.cell, bottom.cell), percent=times == 100
    )


def _growth(context: ClaimContext, rows: Sequence[Indicator]) -> Iterator[Derivation]:
    for row in rows:
        if row.yoy is None and row.value and row.prior and may_recompute_growth(row):
            found = _quotient(
                "N01", operand(row, row.value), operand(row, row.prior, "上年同期"),
                "({a} ÷ {b} − 1) × 100%", less=1,
            )  # fmt: skip
            if found is not None:
                yield _signed(found, context.mention)


def _signed(found: Derivation, mention: Mention) -> Derivation:
    """A fall is printed as a positive number: turn the interval with it."""
    if mention.direction != "down":
        return found
    return replace(found, low=-found.high, high=-found.low)


def _difference(context: ClaimContext, rows: Sequence[Indicator]) -> Iterator[Derivation]:
    for row in rows:
        if row.change is None and row.value and row.prior:
            now, then = operand(row, row.value), operand(row, row.prior, "上年同期")
            yield _signed(
                _minus("N02", now, then, percent=row_unit(row).kind == "percent"), context.mention
            )


def _minus(rule: str, left: Operand, right: Operand, *, percent: bool = False) -> Derivation:
    return Derivation(
        rule,
        f"{left.label} {left.written} − {right.label} {right.written}",
        left.low - right.high,
        left.high - right.low,
        (left.cell, right.cell),
        percent=percent,
        dimension="" if percent else left.dimension,
    )


def _points(context: ClaimContext, rows: Sequence[Indicator]) -> Iterator[Derivation]:
    """Two rates named nearby, their difference (N05)."""
    rates = [(row, figure, label) for row in rows for figure, label in _rates(row)]
    for at, (left, one, one_label) in enumerate(rates):
        for right, other, other_label in rates[at + 1 :]:
            if left.id == right.id:
                continue
            a, b = _rate_operand(left, one, one_label), _rate_operand(right, other, other_label)
            higher, lower = (a, b) if a.low >= b.low else (b, a)
            yield _minus("N05", higher, lower, percent=True)
    yield from _difference(context, [row for row in rows if row_unit(row).kind == "percent"])
    if _TASK.search(context.clause):
        yield from _above_goal(context, _spoken_of(context, rows))


def _above_goal(context: ClaimContext, rows: Sequence[Indicator]) -> Iterator[Derivation]:
    """高于年度目标3.4个百分点: a rate against the rate that was set (N09)."""
    for row in rows:
        rates = list(_rates(row)) if row.target and (row.value is None or _is_rate(row)) else []
        for figure, label in rates[-1:]:
            if row.target is not None:
                goal = Fraction(row.target.number.value)
                written = f"{plain(row.target.number.value)}%"
                target = Operand(f"{row.name}目标", goal, goal, row.target.cell, written)
                rate = _rate_operand(row, figure, label)
                yield _signed(_minus("N09", rate, target, percent=True), context.mention)


def _is_rate(row: Indicator) -> bool:
    return row_unit(row).kind == "percent"


def _ahead(context: ClaimContext, rows: Sequence[Indicator]) -> Iterator[Derivation]:
    """快于序时进度3.6个百分点: completion against the share of the year that is over (N10)."""
    for row in rows:
        done, due = _done(row), _due(context, row)
        if done is not None and due is not None:
            yield _signed(_minus("N10", done, due, percent=True), context.mention)


def _done(row: Indicator) -> Operand | None:
    if row.completion is not None:
        return _rate_operand(row, row.completion, "完成率")
    if row.value is None or row.target is None:
        return None
    top, bottom = operand(row, row.value), operand(row, row.target, "目标")
    found = _quotient("N07", top, bottom, "{a} ÷ {b}")
    if found is None:
        return None
    return Operand(f"{row.name}完成率", found.low, found.high, row.value.cell, found.formula)


def _due(context: ClaimContext, row: Indicator) -> Operand | None:
    """The row's own 序时进度, else months over twelve as most bureaus reckon it."""
    if row.schedule is not None:
        return _rate_operand(row, row.schedule, "序时进度")
    period = row.period or context.mention.period
    if period is None or period.last is None or row.value is None:
        return None
    share = Fraction(period.last, 12) * 100
    half = Fraction(1, 20)  # schedules are printed to one decimal
    written = f"{period.last}÷12"
    return Operand("序时进度", share - half, share + half, row.value.cell, written)


def _rates(row: Indicator) -> Iterator[tuple[Figure, str]]:
    if row.yoy is not None and not row.yoy.points:
        yield row.yoy, "增速"
    if row.value is not None and row_unit(row).kind == "percent":
        yield row.value, ""


def _rate_operand(row: Indicator, figure: Figure, label: str) -> Operand:
    value = Fraction(figure.number.value)
    half = Fraction(1, 2 * 10**figure.number.places)
    written = f"{plain(figure.number.value)}%"
    return Operand(f"{row.name}{label}", value - half, value + half, figure.cell, written)


def _completion(context: ClaimContext, rows: Sequence[Indicator]) -> Iterator[Derivation]:
    for row in rows:
        if row.completion is None and row.value and row.target:
            top, bottom = operand(row, row.value), operand(row, row.target, "目标")
            found = _quotient("N07", top, bottom, "{a} ÷ {b} × 100%")
            if found is not None and "超额" not in context.clause:
                yield found


def _excess(context: ClaimContext, rows: Sequence[Indicator]) -> Iterator[Derivation]:
    for row in rows:
        if row.value is None or row.target is None:
            continue
        top, bottom = operand(row, row.value), operand(row, row.target, "目标")
        if context.mention.kind in ("percent", "rate_change", "points"):
            found = _quotient("N08", top, bottom, "({a} ÷ {b} − 1) × 100%", less=1)
            if found is not None:
                yield found
        else:
            yield _minus("N08", top, bottom)


def _share(context: ClaimContext, rows: Sequence[Indicator]) -> Iterator[Derivation]:
    """占X的s%: X is named there, or is the part's own whole in the table."""
    bare = _BARE_SHARE.search(context.before) is not None and not context.has_own_subject
    for part, whole in _couples(rows):
        if bare and part is not rows[0]:
            continue  # 新能源车48台，占比八成: the part is what was told last
        named = bare or whole.name in (part.parent, part.share_of) or names(context.clause, whole)
        own_share = _OWN_SHARE.search(context.before) is not None
        if named and part.value and whole.value and (own_share or not names(context.clause, part)):
            a, b = operand(part, part.value), operand(whole, whole.value)
            found = _quotient("N06", a, b, "{a} ÷ {b} × 100%") if a.low <= b.high else None
            if found is not None:
                yield found


_BARE_SHARE = re.compile(
    r"占(?:比|总?数|全[部市县区])?(?:的(?:比[重例]))?(?:[达约近超为]|达到|超过)*$"
)
_OWN_SHARE = re.compile(r"(?:占比|比[例重])(?:[达约近超为]|达到|超过)*$")


def _structure(context: ClaimContext, rows: Sequence[Indicator]) -> Iterator[Derivation]:
    """三次产业结构6.5∶45.0∶48.5: the k-th part is the k-th industry's share (N19)."""
    tail = _RATIO_TAIL.search(context.lead)
    place = len(re.findall("[:：∶]", tail[0])) if tail else 0
    if not context.mention.implied_unit or place > 2:
        return
    industry = f"{'一二三'[place]}产"
    for part, whole in _couples(rows):
        own = whole.name == part.parent and industry in part.name.replace("产业", "产")
        if own and part.value and whole.value:
            a, b = operand(part, part.value), operand(whole, whole.value)
            found = _quotient("N19", a, b, "{a} ÷ {b} × 100%")
            if found is not None:
                yield found


_RATIO_TAIL = re.compile(r"[0-9.:：∶ ]*$")


def _rate_of_done(_context: ClaimContext, rows: Sequence[Indicator]) -> Iterator[Derivation]:
    """办结率, 整改率: k of n, both told in the sentence (N13)."""
    for part, whole in _couples(rows[:6]):
        if part.value and whole.value:
            a, b = operand(part, part.value), operand(whole, whole.value)
            found = _quotient("N13", a, b, "{a} ÷ {b} × 100%") if a.low <= b.high else None
            if found is not None:
                yield found


def names(clause: str, row: Indicator) -> bool:
    """The clause says most of the row's name."""
    said = set(pairs(normalise(clause)))
    for name in row.names:
        own = set(pairs(normalise_name(name)))
        if own and len(own & said) >= _NAMED * len(own):
            return True
    return False


def _couples(rows: Sequence[Indicator]) -> Iterator[tuple[Indicator, Indicator]]:
    """Ordered couples of nearby rows with like units."""
    for part in rows:
        for whole in rows:
            if part.id != whole.id and row_unit(part).dimension == row_unit(whole).dimension:
                yield part, whole


def _rest(context: ClaimContext, rows: Sequence[Indicator]) -> Iterator[Derivation]:
    for part, whole in _couples(rows):
        if part.value and whole.value:
            a, b = operand(whole, whole.value), operand(part, part.value)
            if a.low >= b.low:
                yield _minus("N12", a, b)
    for row in _spoken_of(context, rows):
        if row.value and row.target:
            yield _minus("N12", operand(row, row.target, "任务"), operand(row, row.value))


def _sum(context: ClaimContext, rows: Sequence[Indicator]) -> Iterator[Derivation]:
    """合计/共 of the figures named right beside it: two up to six rows of one unit."""
    said = context.mention.unit
    alike = [
        row for row in rows if row.value and said and row_unit(row).dimension == said.dimension
    ]
    for size in range(min(6, len(alike)), 1, -1):
        parts = [operand(row, row.value) for row in alike[:size] if row.value]
        yield Derivation(
            "N11",
            " + ".join(f"{part.label} {part.written}" for part in parts),
            sum((part.low for part in parts), Fraction(0)),
            sum((part.high for part in parts), Fraction(0)),
            tuple(part.cell for part in parts),
            dimension=parts[0].dimension,
        )


def _multiple(context: ClaimContext, rows: Sequence[Indicator]) -> Iterator[Derivation]:
    more = 1 if re.search(r"(?:增长|增加|提高|扩大)了?\s*$", context.before) else 0
    for row in rows:
        if row.value and row.prior:
            a, b = operand(row, row.value), operand(row, row.prior, "上年同期")
            shape = "{a} ÷ {b} − 1" if more else "{a} ÷ {b}"
            found = _quotient("N03", a, b, shape, less=more, times=1)
            if found is not None:
                yield found
        elif row.value and row.yoy and not row.yoy.points:
            rate = _rate_operand(row, row.yoy, "同比")
            base = 0 if more else 100
            yield Derivation(
                "N03", f"({base} + {rate.label} {rate.written}) ÷ 100",
                (rate.low + base) / 100, (rate.high + base) / 100, (rate.cell,),
            )  # fmt: skip


def _average(_context: ClaimContext, rows: Sequence[Indicator]) -> Iterator[Derivation]:
    for total in rows:
        for heads in rows:
            if total.id == heads.id or total.value is None or heads.value is None:
                continue
            if row_unit(heads).kind not in ("counter", "people", "physical"):
                continue
            a, b = operand(total, total.value), operand(heads, heads.value)
            found = _quotient("N15", a, b, "{a} ÷ {b}", times=1)
            if found is not None:
                yield replace(found, dimension=a.dimension)


_TASK = re.compile("任务|目标|计划")
_RATE = ("percent", "rate_change")
_AMOUNT = ("quantity", "range")
# What the words right before the number must say, and what must stand anywhere in its clause.
_RIGHT_BEFORE = "before"
_IN_CLAUSE = "clause"
_ASKED: tuple[tuple[str, re.Pattern[str], tuple[str, ...], Ask], ...] = (
    (_RIGHT_BEFORE, re.compile(r"(?:增[长幅速]|下降|同比|增加|减少|降幅)[^，；]{0,6}$"), _RATE, _growth),
    (_RIGHT_BEFORE, re.compile(r"(?:增加|减少|净增|净减|增长|下降|多|少|增)了?[约近超]?$"), _AMOUNT,
     _difference),
    (_IN_CLAUSE, re.compile("[高低快慢]于|高出|提高|提升|回落|回升|加快|放缓|收窄|扩大|上升|领先|差距|相差|下降"),
     ("points",), _points),
    (_IN_CLAUSE, re.compile("序时|时序"), ("points",), _ahead),
    (_IN_CLAUSE, re.compile("超额|超(?:出|过)?(?:完成)?[全市县区省定年初度既预下达的]{0,6}(?:目标|任务|计划)|[比较][全年度初既预定]{0,4}(?:目标|任务|计划)[数值]?[多高增]"),
     (*_RATE, *_AMOUNT, "points"), _excess),
    (_IN_CLAUSE, re.compile("完成|任务|目标|进度"), _RATE, _completion),
    (_IN_CLAUSE, re.compile("结构"), ("percent",), _structure),
    (_IN_CLAUSE, re.compile("占|比[重例]|份额"), (*_RATE, "fraction"), _share),
    (_RIGHT_BEFORE, re.compile(r"(?<!增长)率(?:[为达]|达到)?$"), _RATE, _rate_of_done),
    (_IN_CLAUSE, re.compile(r"[办结整改合格覆盖达标完成兑现达产投产开工化解处置到位]率"), _RATE,
     _rate_of_done),
    (_IN_CLAUSE, re.compile("其余|剩余|未完成|未办结|正在|在办|尚有|还有|仍有"), _AMOUNT, _rest),
    (_RIGHT_BEFORE, re.compile("(?:合计|共计|总计|累计|共|一共|总额)[^，；]{0,8}$"), _AMOUNT, _sum),
    (_IN_CLAUSE, re.compile("倍|番"), ("multiple",), _multiple),
    (_IN_CLAUSE, re.compile("[户人亩家每]均|平均每?"), _AMOUNT, _average),
)  # fmt: skip
_OF_ONE_ROW = (_growth, _difference, _ahead, _excess, _completion, _multiple)
