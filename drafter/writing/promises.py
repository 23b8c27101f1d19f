"""承诺兑现: last year's goals and problems, each beside this year's row or fact.

A goal is bound by name like any claim of the precedent; its bound (以上, 以内, 左右) says how the
result is compared. What cannot be told from the table is a question, never a guess.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from typing import Final

from drafter.records.fact import FactList
from drafter.records.indicator import FieldName, Figure, Indicator, IndicatorTable
from drafter.records.mention import Mention
from drafter.records.outline import OutlineSection
from drafter.records.promise import Promise, PromiseVerdict
from drafter.records.quantity import unit
from drafter.records.summary import PastSummary
from drafter.verification.facts.trends import fewer_is_better
from drafter.writing.adverse import reasons
from drafter.writing.carrying import FIELDS
from drafter.writing.phrases import noun, phrase
from drafter.writing.planning import outline_from_summary
from drafter.writing.precedent import BoundClaim, Clause, plain_name, read_clauses, without_goals
from drafter.writing.references import Materials

_NUMBERS: Final = ("quantity", "percent", "rate_change", "points", "range", "rank", "fraction")
_AT_MOST: Final = re.compile(r"控制在|不超过|不高于|不突破|低于|降至|降到|压减到|以内|以下")
_ABOUT: Final = ("左右", "约", "近", "上下")
_INTRODUCES: Final = re.compile(r"如下|主要表现在|总体要求|指导思想|基本思路")
_NEARLY: Final = Decimal("0.95")
"""Share of a goal of 左右 that counts as reached; a decision of this house."""
_RELATED: Final = 0.5
_SHORTEST: Final = 8
_RESULTS: Final[tuple[FieldName, ...]] = (
    *("yoy", "change", "rank", "yoy_rank", "completion", "schedule", "share"),
)
_TREND: Final = ("yoy", "change", "prior", "completion", "rank", "yoy_rank")


def promises(
    summary: PastSummary, table: IndicatorTable, facts: FactList | None = None
) -> tuple[Promise, ...]:
    """What last year's text promised and complained of, with this year's result.

    Args:
        summary: Last year's summary; its plan and its problems are read.
        table: This year's rows.
        facts: This year's facts.

    Returns:
        Goals, then problems, each in the order of the text.
    """
    desk = _Desk(summary, table, facts or FactList())
    sections = outline_from_summary(summary).sections
    goals = [one for part in sections if part.kind == "plan" for one in desk.goals(part)]
    problems = [one for part in sections if part.kind == "problems" for one in desk.problems(part)]
    return (*goals, *problems)


class _Desk:
    """Where the precedent's clauses are laid beside the rows."""

    def __init__(self, summary: PastSummary, table: IndicatorTable, facts: FactList) -> None:
        self._summary, self._facts = summary, facts
        self._table = without_goals(table)
        self._materials = Materials(table, facts, table.year)

    def goals(self, section: OutlineSection) -> Iterator[Promise]:
        """One for each number promised; one for each sentence without a number."""
        for sentence in self._sentences(section):
            numbered = [
                (clause, claim)
                for clause in sentence
                for claim in clause.claims
                if claim.mention.kind in _NUMBERS
            ]
            for clause, claim in numbered:
                yield self._goal(clause, claim)
            if not numbered and _says_something(sentence):
                message = "没有可比的数，请对照今年的工作核实"
                yield self._open("goal", sentence, message)

    def problems(self, section: OutlineSection) -> Iterator[Promise]:
        """One for each sentence."""
        for sentence in self._sentences(section):
            if _says_something(sentence):
                yield self._problem(sentence)

    def _sentences(self, section: OutlineSection) -> Iterator[list[Clause]]:
        clauses = read_clauses(section.heading, section.source, self._table)
        for _, group in groupby(clauses, key=lambda one: (id(one.block), one.sentence)):
            yield list(group)

    def _placed(self, kind: str, text: str, start: int, end: int) -> Promise:
        return Promise(
            kind="goal" if kind == "goal" else "problem",
            text=text,
            start=start,
            end=end,
            paragraph=self._summary.source.count("\n", 0, start) + 1,
        )

    def _open(self, kind: str, sentence: Sequence[Clause], message: str) -> Promise:
        """A sentence that only a person can judge, with the facts that may help."""
        text = _text(sentence)
        related = self._related(text)
        if related:
            message = f"今年素材{'、'.join(related)}与此有关，请核实"
        cells = [fact.cell for one in related if (fact := self._facts.by_id(one)) is not None]
        return replace(
            self._placed(kind, text, sentence[0].origin[0], sentence[-1].origin[1]),
            message=message,
            facts=related,
            evidence=tuple(cells),
        )

    def _related(self, text: str) -> tuple[str, ...]:
        pairs = _pairs(text)
        return tuple(
            fact.id
            for fact in self._facts.facts
            if pairs and len(pairs & _pairs(fact.text)) >= _RELATED * len(pairs)
        )

    def _goal(self, clause: Clause, claim: BoundClaim) -> Promise:
        mention = claim.mention
        row, field = _meant(claim, clause.text, self._table)
        base = replace(self._placed("goal", clause.text, *clause.origin), promised=mention.text)
        if row is None:
            open_one = self._open("goal", [clause], "今年的指标表中没有对应的指标")
            verdict: PromiseVerdict = "question" if open_one.facts else "no_figure"
            return replace(open_one, promised=mention.text, verdict=verdict)
        named = replace(base, indicator=row.id, indicator_name=row.name, field=field)
        figure = row.figure(field)
        if figure is None:
            return replace(
                named,
                verdict="no_figure",
                message=f"今年“{row.name}”一行没有相应的数",
                evidence=(row.row,),
            )
        shown = phrase(row, FIELDS.get(field, ""), self._materials) or str(figure.number)
        verdict, message = _compared(mention, clause.text, field, row, figure)
        return replace(
            named, result=shown, verdict=verdict, message=message, evidence=(figure.cell,)
        )

    def _problem(self, sentence: Sequence[Clause]) -> Promise:
        text = _text(sentence)
        rows = [row for row in self._table.rows if _names(row, text)]
        told = [row for row in rows if any(row.figure(name) for name in _TREND)]
        if not told:
            return self._open("problem", sentence, "表中看不出结果，请核实今年是否仍存在")
        bad = {row.id: reasons(row, self._materials) for row in told}
        worst = next((row for row in told if bad[row.id]), told[0])
        still = bool(bad[worst.id])
        return replace(
            self._placed("problem", text, sentence[0].origin[0], sentence[-1].origin[1]),
            indicator=worst.id,
            indicator_name=worst.name,
            result="，".join(bad[worst.id]) or _trend(worst, self._materials),
            verdict="missed" if still else "met",
            message="" if still else "按数据看已好转，是否解决请核实",
            evidence=(_evidence(worst).cell,),
            facts=self._related(text),
        )


def _meant(
    claim: BoundClaim, text: str, table: IndicatorTable
) -> tuple[Indicator | None, FieldName]:
    """The row and field that the promise is measured by.

    A goal is measured by the result, never by this year's target or last year's figure. Where
    the binding is not sure enough for a result, the longest name that the clause holds decides.
    """
    kind = claim.mention.kind
    field: FieldName = (
        "yoy"
        if kind in ("percent", "rate_change", "points")
        else "rank"
        if kind == "rank"
        else "value"
    )
    if claim.row is not None:
        told = next((name for name in _RESULTS if name == claim.field), None)
        return claim.row, told or "value"
    named = [row for row in table.rows if _names(row, text) and row.figure(field) is not None]
    named.sort(key=lambda row: -len(row.name))
    if not named or (len(named) > 1 and len(named[0].name) == len(named[1].name)):
        return None, field
    return named[0], field


def _text(sentence: Sequence[Clause]) -> str:
    """The clauses of a sentence as they stand, marks between them included."""
    return sentence[0].block.text[sentence[0].start : sentence[-1].end]


def _says_something(sentence: Sequence[Clause]) -> bool:
    text = _text(sentence)
    introduces = sentence[-1].mark == "：" or _INTRODUCES.search(text)
    return len(re.sub(r"[\W_]", "", text)) >= _SHORTEST and not introduces


def _names(row: Indicator, text: str) -> bool:
    said = plain_name(text)
    return any(len(name) > 1 and plain_name(name) in said for name in (noun(row), *row.names))


def _evidence(row: Indicator) -> Figure:
    """The figure that tells which way a row went."""
    found = [figure for name, figure in row.figures() if name in _TREND]
    return found[0]


def _trend(row: Indicator, materials: Materials) -> str:
    for name in ("增长", "完成率", "位次", "增速位次", "值"):
        said = phrase(row, name, materials)
        if said:
            return said
    return ""


def _compared(
    mention: Mention, text: str, field: str, row: Indicator, figure: Figure
) -> tuple[PromiseVerdict, str]:
    """Whether the figure keeps the promise, and what to bear in mind."""
    number = mention.number
    if number is None:
        return "question", "所提的数无法换算，请核"
    is_amount = field in ("value", "prior", "target", "change")
    if is_amount and mention.unit and unit(row.unit).kind != mention.unit.kind:
        return "question", f"所提的单位与表中“{row.unit}”不同，请核"
    wanted = number.value * (mention.unit.factor if is_amount and mention.unit else 1)
    got = figure.number.value * (unit(figure.unit or row.unit).factor if is_amount else 1)
    met = _is_met(mention, text, field, row, wanted, got)
    notes = []
    if _partial(row):
        if is_amount and not met:
            return "question", f"表中为{row.period_written}数，全年能否完成请核"
        notes.append(f"表中为{row.period_written}数")
    if row.status.startswith("预"):
        notes.append("表中为预计数")
    if field == "value" and row.target is not None and not row.target.unit:
        target = row.target.number.value * unit(row.unit).factor
        if target != wanted:
            notes.append(f"今年表中任务为{row.target.number}{row.unit}，与去年所提不同")
    return ("met" if met else "missed"), "；".join(notes)


def _is_met(
    mention: Mention, text: str, field: str, row: Indicator, wanted: Decimal, got: Decimal
) -> bool:
    if field in ("rank", "yoy_rank"):
        return got <= wanted
    if mention.direction == "down":
        return got <= -wanted if field in ("yoy", "change") else got <= wanted
    if _AT_MOST.search(text) or (field == "value" and fewer_is_better(row)):
        return got <= wanted
    if mention.approx and any(word in mention.approx for word in _ABOUT):
        return got >= wanted * _NEARLY
    return got >= wanted


def _partial(row: Indicator) -> bool:
    """The row reports on less than its year."""
    period = row.period
    if period is None or period.whole_year:
        return False
    return period.last != 12


def _pairs(text: str) -> frozenset[str]:
    letters = re.sub(r"[\W_0-9]+", "", text)
    return frozenset(letters[at : at + 2] for at in range(len(letters) - 1))
