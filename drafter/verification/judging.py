"""From a binding to a verdict: supported, derived, contradicted or unsupported."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from drafter.numerals import read_mentions
from drafter.records.claim import Finding
from drafter.records.fact import FactFigure, FactList
from drafter.records.indicator import Cell, Figure, Indicator, IndicatorTable
from drafter.records.mention import Mention
from drafter.records.quantity import unit
from drafter.verification.approximators import DEFAULT, Leaning, Tolerances, leaning
from drafter.verification.binding.candidates import Binding, Candidate
from drafter.verification.binding.context import ClaimContext
from drafter.verification.binding.entries import rows_by_name
from drafter.verification.binding.fields import row_unit
from drafter.verification.comparing import (
    DIFFERS,
    Comparison,
    compare_amount,
    compare_fraction,
    compare_rank,
    compare_rate,
    describe,
    differs,
    same_scope,
)
from drafter.verification.derivations import Surroundings, Told, derive

RATE_FIELDS = frozenset({"yoy", "share", "completion", "schedule"})
STATED = frozenset({"yoy", "share", "completion", "schedule", "change", "rank", "yoy_rank"})
RANK_FIELDS = frozenset({"rank", "yoy_rank"})

_FALL = re.compile("降幅|下降|降低率|减幅|降低")

FIELD_NAMES = {
    "value": "本期",
    "prior": "上年同期",
    "change": "增减额",
    "yoy": "同比",
    "rank": "排名",
    "rank_of": "参排单位数",
    "yoy_rank": "增速排名",
    "target": "年度目标",
    "completion": "完成率",
    "schedule": "序时进度",
    "share": "占比",
}


@dataclass(frozen=True, slots=True)
class Materials:
    """What claims are judged against."""

    table: IndicatorTable
    facts: FactList
    contradict: float = 0.55
    """Below this likeness a difference is 'unsupported': nobody is accused on a guess."""
    unsure: float = 0.2
    """A row this much less likely than the best that fits the figure keeps it from being accused."""
    tolerances: Tolerances = DEFAULT
    restated: frozenset[str] = frozenset()
    """Ids of rows whose 上年同期 is not what last year printed."""
    without: frozenset[str] = frozenset()
    """Derivations that are switched off (`N05`)."""


def judge(binding: Binding, materials: Materials, nearby: Sequence[Binding]) -> Finding:
    """The verdict on one claim.

    Args:
        binding: the claim with its candidates.
        materials: table and facts.
        nearby: all bindings of its sentence, for derivations: they may look ahead.
    """
    tied = binding.tied_candidates
    outcomes = [(one, _compare_in_words(one, binding, materials)) for one in tied]
    if outcomes and all(outcome.agrees for _, outcome in outcomes):
        return _supported(binding, outcomes, materials)
    derived = None if _has_own_cell(binding, materials) else _derived(binding, materials, nearby)
    if derived is not None:
        return derived
    if not outcomes:
        return _unsupported(binding, "指标表中没有与此对应的指标", rule="L01")
    if any(outcome.agrees for _, outcome in outcomes):
        names = "、".join(f"“{name_of(one, materials)}”" for one in tied)
        return _unsupported(binding, f"可能指{names}，说的是哪一项不明确", rule="ambiguous")
    other = _nearly_as_likely(binding, materials)
    if other is not None:
        names = "、".join(f"“{name_of(one, materials)}”" for one in (outcomes[0][0], other))
        return _unsupported(binding, f"可能指{names}，说的是哪一项不明确", rule="ambiguous")
    return _contradicted(binding, outcomes[0][0], outcomes[0][1], materials)


def _nearly_as_likely(binding: Binding, materials: Materials) -> Candidate | None:
    """A row a little less likely that says just this: nobody is accused where names are so near.

    The value does not bind: the claim stays open, and both names are told.
    """
    best = binding.candidates[0]
    return next(
        (
            one
            for one in binding.candidates[1:]
            if one.indicator != best.indicator
            and one.score >= best.score - materials.unsure
            and compare(one, binding.mention, materials).agrees
        ),
        None,
    )


def _has_own_cell(binding: Binding, materials: Materials) -> bool:
    """The table gives the rate or change itself: what it says is not computed anew."""
    best = binding.best
    if best is None or best.score < materials.contradict:
        return False
    if best.field not in STATED:
        return _is_own_rate(binding, materials)
    figure = _figure(materials.table.by_id(best.indicator), best.field)
    # 提高0.17个百分点 is another statement than the growth of 15.3 % beside it.
    return figure is not None and (binding.mention.kind != "points" or figure.points)


def _is_own_rate(binding: Binding, materials: Materials) -> bool:
    """合格率98.4%, where 合格率 is a row: no quotient of other rows proves it."""
    best, mention = binding.best, binding.mention
    row = materials.table.by_id(best.indicator) if best and best.field == "value" else None
    if row is None or row_unit(row).kind != "percent" or mention.kind != "percent":
        return False
    return binding.context.has_own_subject


def _compare_in_words(candidate: Candidate, binding: Binding, materials: Materials) -> Comparison:
    """The comparison, where the words say of what the rate or the place is."""
    context = binding.context
    if candidate.field in RANK_FIELDS and _ranks_otherwise(candidate, context, materials):
        return differs("表中不是这一种位次", "L11")
    if candidate.field == "completion" and _EXCESS.search(context.before):
        return _compare_excess(candidate, binding.mention, materials)
    return compare(candidate, binding.mention, materials)


_EXCESS = re.compile("(?<!未)超额")
_BY_GROWTH = re.compile("增速|增幅|增长率")
_BY_AMOUNT = re.compile(r"总量[^，,]{0,6}$|^[，,\s]*(?:总额|规模|绝对量)[^，,]{0,6}$")


def _ranks_otherwise(candidate: Candidate, context: ClaimContext, materials: Materials) -> bool:
    """总量排第三 where the table ranks the growth; 增速排第三 where it ranks the amount.

    A table that keeps one kind of place only, and a row without an amount, leave open which.
    """
    row = materials.table.by_id(candidate.indicator)
    if row is None:
        return False
    if candidate.field == "yoy_rank":
        return _BY_AMOUNT.search(context.before) is not None and "总量" not in row.name
    if row.value is None or not _BY_GROWTH.search(context.before):
        return False
    return any(one.yoy_rank for one in materials.table.rows)


def _compare_excess(candidate: Candidate, mention: Mention, materials: Materials) -> Comparison:
    """超额完成3.3% against a completion of 103.3 % (N08): never 超额103.3% (L07)."""
    figure = _figure(materials.table.by_id(candidate.indicator), "completion")
    if figure is None or figure.number.over is not None or figure.number.upto is not None:
        return DIFFERS
    number = figure.number
    over = Figure(replace(number, value=number.value - 100), figure.cell, figure.approx)
    agrees = over.number.value > 0 and compare_rate(mention, over, materials.tolerances).agrees
    return Comparison(agrees=True, rule="N08") if agrees else differs("不是超额的比例", "L07")


def compare(candidate: Candidate, mention: Mention, materials: Materials) -> Comparison:
    """Whether the claim says what the candidate's cell says."""
    if candidate.is_fact:
        return _compare_fact(candidate, mention, materials)
    row = materials.table.by_id(candidate.indicator)
    figure, allowed = _figure(row, candidate.field), materials.tolerances
    if row is None or figure is None:
        return DIFFERS
    if candidate.field == "target" or row.status == "目标":
        mention = _as_set(mention, figure)
    if candidate.field in RANK_FIELDS or mention.kind == "rank":
        return compare_rank(mention, figure, row)
    if candidate.field in RATE_FIELDS:
        return compare_rate(mention, figure, allowed)
    kept = unit("家") if candidate.field == "rank_of" else row_unit(row)
    if mention.kind == "points" and kept.kind == "percent":
        in_points = Figure(figure.number, figure.cell, figure.approx, points=True)
        return compare_rate(mention, in_points, allowed)
    if kept.kind == "percent" and mention.kind != "fraction":
        return compare_rate(_of_a_fall(mention, row), figure, allowed)
    if mention.kind == "fraction" and figure.number.over is None:
        return compare_fraction(mention, figure, kept, allowed)
    if candidate.field == "change" and (figure.number.value < 0) != (mention.direction == "down"):
        return differs("增减方向与表中相反", "L04")
    count = kept.kind in ("counter", "people", "visits", "none")
    printed = _positive(figure, candidate.field)
    return compare_amount(mention, printed, kept, count=count, tolerances=allowed)


def _as_set(mention: Mention, figure: Figure) -> Mention:
    """A goal is told as it was set: 确保超100宗, 90家以上 are 100 and 90, whatever word leans on it.

    N25's room belongs to results; a goal of 95 is not reached by promising 90以上. 近 stays, for
    nobody sets himself less than what was set.
    """
    if figure.approx or leaning(mention.approx) in (Leaning.NONE, Leaning.BELOW):
        return mention
    return mention._replace(approx=None)


def _of_a_fall(mention: Mention, row: Indicator) -> Mention:
    """能耗下降3.1% against a row 能耗降幅, where 3.1 is a fall already."""
    if mention.direction == "down" and _FALL.search(row.name):
        return mention._replace(direction=None)
    return mention


def _positive(figure: Figure, field: str) -> Figure:
    """减少3家 prints the amount of a negative change."""
    if field != "change" or figure.number.value >= 0:
        return figure
    number = figure.number
    turned = type(number)(abs(number.value), written=number.written)
    return Figure(turned, figure.cell, figure.approx, figure.points)


def _compare_fact(candidate: Candidate, mention: Mention, materials: Materials) -> Comparison:
    figure = _fact_figure(candidate, materials)
    if figure is None:
        return DIFFERS
    if figure.quantity is None:
        return Comparison(agrees=_same_words(figure.text, mention.text))
    cell = Cell("", None, "", figure.text)
    source = Figure(figure.quantity.number, cell)
    exact = compare_amount(mention, source, figure.quantity.unit, count=True)
    if exact.agrees or _same_words(figure.text, mention.text):
        return exact if exact.agrees else Comparison(agrees=True)
    about = replace(source, approx=_approximator(figure.text))
    outcome = compare_amount(mention, about, figure.quantity.unit, count=True)
    return outcome if about.approx and outcome.agrees else Comparison(agrees=False)


def _approximator(written: str) -> str:
    """余 of 530余人: the word by which the fact itself is approximate."""
    return next((one.approx for one in read_mentions(written) if one.approx), "")


def _same_words(one: str, other: str) -> bool:
    return one.strip() == other.strip()


def _fact_figure(candidate: Candidate, materials: Materials) -> FactFigure | None:
    fact = materials.facts.by_id(candidate.indicator)
    if fact is None:
        return None
    return next((one for one in fact.figures if one.name == candidate.field), None)


def _figure(row: Indicator | None, field: str) -> Figure | None:
    return None if row is None else getattr(row, field)


def name_of(candidate: Candidate, materials: Materials) -> str:
    """The row's name, or the fact's beginning."""
    if candidate.is_fact:
        fact = materials.facts.by_id(candidate.indicator)
        return f"素材{candidate.indicator}：{fact.text[:16]}" if fact else candidate.indicator
    row = materials.table.by_id(candidate.indicator)
    return row.name if row else candidate.indicator


def evidence_of(candidate: Candidate, materials: Materials) -> tuple[Cell, ...]:
    """The cell that proves or refutes the claim."""
    if candidate.is_fact:
        fact = materials.facts.by_id(candidate.indicator)
        return (fact.cell,) if fact else ()
    figure = _figure(materials.table.by_id(candidate.indicator), candidate.field)
    return (figure.cell,) if figure else ()


def expected_of(candidate: Candidate, materials: Materials) -> str:
    """What the cell says, in words."""
    if candidate.is_fact:
        said = _fact_figure(candidate, materials)
        return said.text if said else ""
    row = materials.table.by_id(candidate.indicator)
    figure = _figure(row, candidate.field)
    if row is None or figure is None:
        return ""
    if candidate.field in RANK_FIELDS:
        return f"{row.rank_scope}第{figure.number}"
    if candidate.field in RATE_FIELDS:
        return describe(figure, "个百分点" if figure.points else "%")
    return describe(figure, "" if candidate.field == "rank_of" else row.unit)


def _supported(
    binding: Binding, outcomes: Sequence[tuple[Candidate, Comparison]], materials: Materials
) -> Finding:
    best, outcome = outcomes[0]
    also = tuple(one.indicator for one, _ in outcomes[1:] if one.indicator != best.indicator)
    derived = outcome.rule in ("N03", "N06", "N08", "N26")
    return Finding(
        start=binding.mention.start,
        end=binding.mention.end,
        text=binding.mention.text,
        verdict="derived" if derived else "supported",
        indicator=best.indicator,
        indicator_name=name_of(best, materials),
        also=tuple(dict.fromkeys(also)),
        candidates=_ids(binding),
        field=best.field,
        expected=expected_of(best, materials),
        rule=outcome.rule,
        evidence=evidence_of(best, materials),
        message="与表中一致" if outcome.rule is None else "与表中数相符",
    )


def _derived(binding: Binding, materials: Materials, nearby: Sequence[Binding]) -> Finding | None:
    told = _told(binding, materials, nearby)
    identifiers = dict.fromkeys((*binding.subjects, *(one.row.id for one in told)))
    rows = [row for one in identifiers if (row := materials.table.by_id(one)) is not None]
    by_name = rows_by_name(materials.table)
    wholes = [whole for row in rows if row.parent for whole in by_name.get(row.parent, ())]
    rows += [whole for whole in dict.fromkeys(wholes) if whole.id not in identifiers]
    named = binding.context.has_own_subject
    own = frozenset(
        one.indicator
        for one in binding.candidates
        if one.field == "value" and named and one.score >= materials.contradict
    )
    around = Surroundings(binding.context, rows, told, by_name, own, materials.restated)
    found = derive(around, materials.tolerances, materials.without)
    if found is None:
        return _forbidden(binding, around, materials)
    subject = rows[0] if rows else None
    return Finding(
        start=binding.mention.start,
        end=binding.mention.end,
        text=binding.mention.text,
        verdict="derived",
        indicator=subject.id if subject else None,
        indicator_name=subject.name if subject else None,
        candidates=_ids(binding),
        rule=found.rule,
        formula=found.formula,
        evidence=found.evidence,
        message=f"由表中数推算：{found.formula}",
    )


def _forbidden(binding: Binding, around: Surroundings, materials: Materials) -> Finding | None:
    """The figure is what an own calculation yields that the basis of its row forbids (L05)."""
    own = derive(replace(around, any_basis=True), materials.tolerances, materials.without)
    if own is None:
        return None
    reason = "该指标的增速、增减须引用来源，不按表中两年数自行推算（口径或基数不同）"
    return _unsupported(binding, f"{reason}：{own.formula}", rule="L05")


def _told(binding: Binding, materials: Materials, nearby: Sequence[Binding]) -> tuple[Told, ...]:
    """The other figures of the sentence with the rows they speak of."""
    found = []
    for other in nearby:
        best = other.best
        row = materials.table.by_id(best.indicator) if best and not best.is_fact else None
        if best is not None and row is not None and other is not binding:
            context = other.context
            beside = f"{context.before} {context.after}"
            found.append(Told(row, best.field, other.mention.start, beside))
    return tuple(found)


def _unsupported(binding: Binding, message: str, *, rule: str) -> Finding:
    return Finding(
        start=binding.mention.start,
        end=binding.mention.end,
        text=binding.mention.text,
        verdict="unsupported",
        candidates=_ids(binding),
        rule=rule,
        message=message,
    )


def _contradicted(
    binding: Binding, best: Candidate, outcome: Comparison, materials: Materials
) -> Finding:
    name, expected = name_of(best, materials), expected_of(best, materials)
    field = FIELD_NAMES.get(best.field, best.field)
    owner = _owner(binding.mention, best, materials)
    message = f"“{name}”的{field}在表中为{expected}，文中写作{binding.mention.text}"
    if outcome.reason:
        message += f"：{outcome.reason}"
    if owner is not None:
        message += f"；此数是“{owner.name}”的"
    surely_named = best.score >= materials.contradict and not best.is_faint
    sure = surely_named and not _other_measure(binding, best, materials)
    return Finding(
        start=binding.mention.start,
        end=binding.mention.end,
        text=binding.mention.text,
        verdict="contradicted" if sure else "unsupported",
        indicator=best.indicator if sure else None,
        indicator_name=name if sure else None,
        also=(owner.id,) if owner is not None else (),
        candidates=_ids(binding),
        field=best.field,
        expected=expected,
        rule=outcome.rule or "L01",
        evidence=evidence_of(best, materials),
        message=message if sure else f"未找到对应的指标；较接近的是：{message}",
    )


def _other_measure(binding: Binding, best: Candidate, materials: Materials) -> bool:
    """2.4个百分点 beside a growth of 8.3%, 全省第9 beside 全市第1: a statement of its own.

    With the same number it is the cell's figure told wrongly.
    """
    mention, row = binding.mention, materials.table.by_id(best.indicator)
    figure = _figure(row, best.field)
    if row is None or figure is None or mention.number is None:
        return False
    if mention.number.value == abs(figure.number.value):
        return False
    if best.field in RANK_FIELDS:
        return not same_scope(mention.scope, row.rank_scope)
    return mention.kind == "points" and not figure.points


def _owner(mention: Mention, best: Candidate, materials: Materials) -> Indicator | None:
    """The row that the value really belongs to, where just one other row holds it."""
    owners = [
        row
        for row in materials.table.rows
        if row.id != best.indicator
        and row.figure("value") is not None
        and mention.unit is not None
        and mention.kind in ("quantity", "percent")
        and row_unit(row).dimension == mention.unit.dimension
        and compare(Candidate(row.id, "value", 1.0), mention, materials).agrees
    ]
    return owners[0] if len(owners) == 1 else None


def _ids(binding: Binding) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.indicator for one in binding.candidates))
