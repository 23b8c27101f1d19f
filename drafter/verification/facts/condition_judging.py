"""Verdicts on quantifiers and judging words: a fact says so, or this year's rows bear them out."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from drafter.records.claim import Finding
from drafter.records.indicator import Cell, Indicator
from drafter.verification.binding.names import normalise, normalise_name
from drafter.verification.facts.judgements import verdict_on
from drafter.verification.facts.points import FactPoint
from drafter.verification.facts.sources import Source
from drafter.verification.facts.surroundings import Surroundings, judged
from drafter.verification.facts.trends import falls

_SAYS_SO: Final = 0.4
"""Likeness of a clause to a fact that holds the same word."""
_FULL: Final = Decimal(100)
_ADVERB_OF_TREND: Final = re.compile(
    "增长|增加|上升|提升|提高|攀升|回升|下降|降低|减少|扩大|加快|改善|向好|增强|发展"
)
_OF_A_SECTION: Final = frozenset({"rise", "steady"})
"""Conditions that a sentence without figures may put to its whole section."""
_DOWNWARD: Final = re.compile("下降|下滑|减少|负增长|回落|降低|收窄|转负|走低|萎缩|亏损|压减|压降")
_UPWARD: Final = frozenset({"增长", "增加", "上升", "提升", "提高", "攀升", "回升"})
_REASONS = {
    "rise": "须相关指标上升",
    "steady": "须必报指标无下降",
    "strong": "须增长10%以上",
    "lead": "须排名居前三分之一",
    "keep": "须连续两年如此，或有素材为据",
    "record": "须有素材为据",
    "fall": "须相关指标下降",
}


def judge_quantifier(point: FactPoint, around: Surroundings) -> Finding:
    """全部, 首次, 唯一: a fact of the clause says it, or k equals n."""
    source = _says_so(point, around)
    if source is not None:
        return judged(point, "supported", f"与{source.label}一致", source=source)
    if point.judgement is not None:
        shares = _shares(point, around)
        if shares:
            return _judged_by_shares(point, shares)
    return judged(
        point, "unsupported", f"“{point.name}”须有素材为据，或表中数字足以证明", rule="L29"
    )


def _says_so(point: FactPoint, around: Surroundings) -> Source | None:
    """A fact near the clause that holds the word, or one that says the same."""
    clause = around.text[slice(*point.clause)]
    words = next((group for group in around.lexicon.synonyms if point.name in group), (point.name,))
    for stretch in (clause, around.text[slice(*around.sentence(point.start))]):
        for likeness, source in around.sources.near(stretch):
            told = any(word in source.folded for word in words)
            if source.fact is not None and likeness >= _SAYS_SO and told:
                return source
    return None


def _shares(point: FactPoint, around: Surroundings) -> list[tuple[bool, str, tuple[Cell, ...]]]:
    """For rows of the clause: whether all of their whole is done, in words, with the cells."""
    start, _ = around.sentence(point.start)
    rows = around.rows_in(*point.clause) or around.rows_in(start, point.clause[1])
    found: list[tuple[bool, str, tuple[Cell, ...]]] = []
    for row in rows:
        if row.value is None:
            continue
        if row.unit in ("%", "％") and row.name.endswith("率"):
            full = row.value.number.value == _FULL
            found.append((full, f"{row.name}{row.value.cell.value}%", (row.value.cell,)))
        whole = next((one for one in around.table.rows if row.parent in one.names), None)
        if row.parent and whole is not None and whole.value is not None:
            full = row.value.number.value == whole.value.number.value
            cells = (row.value.cell, whole.value.cell)
            told = f"{row.name}{row.value.cell.value}、{whole.name}{whole.value.cell.value}"
            found.append((full, told, cells))
    return found


def _judged_by_shares(
    point: FactPoint, shares: Sequence[tuple[bool, str, tuple[Cell, ...]]]
) -> Finding:
    for full, told, cells in shares:
        if full:
            return judged(point, "supported", f"由表中数可知：{told}", evidence=cells)
    _, told, cells = shares[0]
    message = f"不是“{point.name}”：{told}；可删去此词"
    return judged(point, "contradicted", message, rule="L29", evidence=cells)


def judge_condition(point: FactPoint, around: Surroundings) -> Finding | None:
    """突破, 前列, 大幅: what the rows of the clause say, in a heading those of the section.

    None where nothing can be said and nothing needs to be: an adverb without any trend.
    """
    assert point.judgement is not None  # noqa: S101 - the caller chose such points
    source = _says_so(point, around)
    if source is not None:
        return judged(point, "supported", f"与{source.label}一致", source=source)
    rows = around.rows_in(*point.clause) or _named_rows(point, around)
    section = around.section_rows.get(point.line.heading, ())
    if point.judgement.adverb and not point.line.is_heading and not rows:
        clause = around.text[slice(*point.clause)]
        if not _ADVERB_OF_TREND.search(clause):
            return None
        section = ()
    if not point.line.is_heading and point.judgement.needs not in _OF_A_SECTION:
        section = ()
    down = bool(_DOWNWARD.search(around.text, *point.clause))
    outcome = verdict_on(point.judgement.needs, rows, section, down=down)
    reason = _REASONS.get(point.judgement.needs, "须有据")
    if outcome is None:
        return judged(point, "unsupported", f"“{point.name}”{reason}，表中看不出", rule="L29")
    asked = rows or section
    if outcome:
        return judged(
            point, "supported", f"“{point.name}”{reason}，表中如此", evidence=_cells(asked)
        )
    message = (
        f"“{point.name}”{reason}，表中并非如此（{_told(asked)}）；{_advice(point, around, asked)}"
    )
    return judged(point, "contradicted", message, rule="L29", evidence=_cells(asked))


def _named_rows(point: FactPoint, around: Surroundings) -> tuple[Indicator, ...]:
    """Rows that the clause names without a figure: 工业投资持续增长."""
    if point.line.is_heading:
        return ()
    clause = normalise(around.text[slice(*point.clause)])
    return tuple(
        row
        for row in around.table.rows
        if row.status != "目标" and len(row.name) > 2 and normalise_name(row.name) in clause
    )


def _advice(point: FactPoint, around: Surroundings, rows: Sequence[Indicator]) -> str:
    instead = point.judgement.instead if point.judgement else ""
    if not instead and point.judgement is not None and point.judgement.adverb:
        verb = _ADVERB_OF_TREND.match(around.text, point.end)
        instead = verb[0] if verb else ""
        if instead in _UPWARD and any(falls(row) for row in rows):
            instead = "下降"
    return f"可改为“{instead}”" if instead else f"可删去“{point.name}”"


def _cells(rows: Sequence[Indicator]) -> tuple[Cell, ...]:
    figures = [row.yoy or row.rank or row.yoy_rank or row.prior for row in rows]
    return tuple(figure.cell for figure in figures if figure is not None)[:6]


def _told(rows: Sequence[Indicator]) -> str:
    rows = sorted(rows, key=falls, reverse=True)
    said = [f"{row.name}同比{row.yoy.cell.value}" for row in rows if row.yoy is not None]
    said += [f"{row.name}排第{row.rank.cell.value}" for row in rows if row.rank and not row.yoy]
    return "、".join(said[:3]) or "无对应数据"
