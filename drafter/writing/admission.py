"""What in a section nobody vouches for: the judge of text that our own writer did not write.

The verifier judges numbers and names; a fluent sentence may have neither and still tell a thing
that never happened. So every clause must be borne by something: a fact that the sentence is tied
to or plainly tells, rows whose figures it prints, or, without either, be a routine measure by the
whitelist that last year's clauses pass through. Whatever words are left over are nobody's.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from drafter.numerals.census import read_mentions
from drafter.numerals.segments import sentences
from drafter.records.draft import Rendering, Span, SpanKind
from drafter.records.fact import Fact
from drafter.records.indicator import Indicator
from drafter.records.mention import Mention
from drafter.records.outline import SectionPlan
from drafter.records.summary import Block
from drafter.verification.facts.lexicon import Lexicon, fold
from drafter.verification.facts.objections import unlicensed
from drafter.verification.facts.sources import Sources, fold_lines, sources_of, words_in
from drafter.verification.facts.vocabulary import SLOT
from drafter.writing.carrying import is_time, no_measure
from drafter.writing.clauses import licence_of, objection
from drafter.writing.precedent import Clause, read_clauses
from drafter.writing.references import Materials
from drafter.writing.special import OVERALL, overall_rows

_TELLS = 0.5
"""Share of a clause's pairs that a fact must say for the clause to tell it without a tie."""
_JOINERS = frozenset({"其中", "同时", "此外", "目前"})
_OURS = re.compile(
    "现将(?:全年|[0-9]{4}年)?工作(?:情况)?(?:总结|汇报|报告)*如下|对照(?:年度)?目标任务"
    "|(?:工作中)?(?:还|仍)存在一些(?:困难和)?(?:问题和)?不足|(?:主要)?(?:有|表现在)以下(?:几个)?方面"
    "|(?:部分|一些)指标没有达到预期|重点做好以下(?:几项)?工作"
)
"""Phrases that say nothing of any year."""
_OF_KIND = {"problems": "Q", "plan": "G", "lead": "P"}
"""What a clause of such a section is made of, so that its cues are no objection there."""


Kind = Literal["数据", "素材", "沿用", "评价", "套语", "未说明"]


@dataclass(frozen=True, slots=True)
class Borne:
    """A clause and what bears it; offsets in the section's text."""

    start: int
    end: int
    text: str
    kind: Kind
    by: tuple[str, ...] = ()
    """Ids of the rows or facts."""
    objection: str = ""
    """Of 未说明: what nobody vouches for, in Chinese."""


@dataclass(frozen=True, slots=True)
class _Desk:
    """A section with what its clauses are held against."""

    rendering: Rendering
    mentions: Sequence[Mention]
    sources: Sources
    lexicon: Lexicon
    rows: Sequence[Indicator]
    facts: Sequence[Fact]
    kind: str
    overall: Sequence[Indicator]
    """Rows that bear the judgement of the whole year."""
    common: str


def unfounded(
    rendering: Rendering, plan: SectionPlan, materials: Materials, lexicon: Lexicon
) -> tuple[Borne, ...]:
    """The clauses of a section that neither row nor fact nor routine bears.

    Args:
        rendering: The section's text with its spans.
        plan: Its rows and facts: another section's facts vouch for nothing here.
        materials: This year's rows and facts.
        lexicon: The word lists.
    """
    rows = [row for row in map(materials.table.by_id, plan.indicators) if row is not None]
    facts = [fact for fact in map(materials.facts.by_id, plan.facts) if fact is not None]
    found = borne(rendering, plan.section.kind, rows, facts, materials, lexicon)
    return tuple(one for one in found if one.kind == "未说明")


def borne(
    rendering: Rendering,
    kind: str,
    rows: Sequence[Indicator],
    facts: Sequence[Fact],
    materials: Materials,
    lexicon: Lexicon,
) -> tuple[Borne, ...]:
    """Each clause of a section with what bears it.

    Args:
        rendering: The section's text with its spans.
        kind: Of the section: problems, plan and lead may say what others may not.
        rows: Whose names the section may use.
        facts: That the section may tell without printing them.
        materials: This year's rows and facts.
        lexicon: The word lists.
    """
    text = rendering.text
    sources = sources_of(materials.table, materials.facts, lexicon)
    common = fold_lines(materials.organisation)
    mentions = read_mentions(text)
    overall = overall_rows(materials)
    desk = _Desk(rendering, mentions, sources, lexicon, rows, facts, kind, overall, common)
    block = Block("paragraph", text, tuple(range(len(text))))
    clauses = read_clauses("", (block,), None)
    return tuple(_judged(clause, desk) for clause in clauses)


def _judged(clause: Clause, desk: _Desk) -> Borne:
    kind, by, against = _set(clause, desk) or _worded(clause, desk)
    return Borne(clause.start, clause.end, clause.text, kind, tuple(by), against)


_Bearing = tuple[Kind, Sequence[str], str]


def _set(clause: Clause, desk: _Desk) -> _Bearing | None:
    """What bears a clause that our own writer put there whole; None where it is other words."""
    whole = _set_as_written(clause, desk)
    if whole:
        return "素材", (whole,), ""
    if _spans_of(clause, desk, "carried"):
        return "沿用", (), ""
    joins = clause.text in desk.lexicon.words.connectors or clause.text in _JOINERS
    if is_time(clause) or joins or _OURS.fullmatch(clause.text):
        return "套语", (), ""
    if clause.text == OVERALL and desk.overall:
        return "评价", [row.id for row in desk.overall], ""
    named = _names_rows(clause, desk)
    return ("数据", named, "") if named else None


def _worded(clause: Clause, desk: _Desk) -> _Bearing:
    """What bears a clause by its words: the facts it is tied to, its rows, a fact, routine."""
    masked = _masked(clause, desk)
    tied, printed = _tied(clause, desk), _printed(clause, desk)
    if tied:
        unknown = _unknown_to_facts(masked, tied, printed, desk)
        return ("未说明", tied, unknown) if unknown else ("素材", tied, "")
    rows = [row.id for row in printed]
    against = _against(clause, masked, printed, desk)
    if rows and not against:
        return "数据", rows, ""
    told = _told_fact(clause, masked, desk)
    if told:
        return "素材", (told,), ""
    return ("未说明", rows, against) if against else ("沿用", (), "")


def _set_as_written(clause: Clause, desk: _Desk) -> str:
    """The fact that it stands within, printed to the character; '' where it does not."""
    text = desk.rendering.text
    for span in _spans_of(clause, desk, "fact"):
        if span.start <= clause.start and clause.end <= span.end:
            source = desk.sources.by_id.get(span.indicator or "")
            said = source.fact.text if source and source.fact else ""
            if said and text[span.start : span.end] == said:
                return span.indicator or ""
    return ""


def _spans_of(clause: Clause, desk: _Desk, *kinds: SpanKind) -> list[Span]:
    """Spans of these kinds that a clause shares characters with."""
    return [
        span
        for span in desk.rendering.spans
        if span.kind in kinds and span.start < clause.end and clause.start < span.end
    ]


def _unknown_to_facts(
    masked: str, tied: Sequence[str], printed: Sequence[Indicator], desk: _Desk
) -> str:
    """What a clause tied to facts says that they do not; '' where they say it all."""
    licence = _licence((*tied, *(row.id for row in printed)), desk)
    unknown = unlicensed(masked, licence, desk.lexicon)
    return f"“{unknown}”不见于所据素材" if unknown else ""


def _against(clause: Clause, masked: str, printed: Sequence[Indicator], desk: _Desk) -> str:
    """Why a clause that tells no fact is not borne; '' where it is."""
    words = desk.lexicon.words
    told = [*desk.rows, *printed]
    refused = objection(clause, words, licence_of(told))
    if refused is not None and refused.label == _OF_KIND.get(desk.kind):
        refused = None
    if refused is not None and refused.dated and _dates_are_printed(clause, desk):
        refused = None
    if refused is None and not printed:
        refused = no_measure(clause.text, words)
    if refused is not None:
        return refused.reason
    of_kind = {"problems": words.problems, "plan": words.goals}.get(desk.kind, ())
    licence = "\n".join((_licence([row.id for row in told], desk), *of_kind))
    unknown = unlicensed(masked, licence, desk.lexicon)
    return f"“{unknown}”不见于材料" if unknown else ""


def _dates_are_printed(clause: Clause, desk: _Desk) -> bool:
    """Every date of the clause is a row's own period."""
    spans = _spans_of(clause, desk, "cell")
    return all(
        any(span.start <= one.start and one.end <= span.end for span in spans)
        for one in clause.others
        if one.kind == "date"
    )


def _tied(clause: Clause, desk: _Desk) -> list[str]:
    """Ids of the facts that its sentence is tied to or prints something of."""
    spans = _spans_of(clause, desk, "fact")
    return list(dict.fromkeys(span.indicator for span in spans if span.indicator))


def _printed(clause: Clause, desk: _Desk) -> list[Indicator]:
    """The rows whose cells the clause prints."""
    spans = _spans_of(clause, desk, "cell", "formula")
    ids = dict.fromkeys(span.indicator for span in spans if span.indicator)
    found = (desk.sources.by_id.get(one) for one in ids)
    return [one.row for one in found if one is not None and one.row is not None]


def _names_rows(clause: Clause, desk: _Desk) -> list[str]:
    """Ids of rows printed in its sentence whose names hold the clause to the character."""
    text = desk.rendering.text
    start, end = next(one for one in sentences(text) if one[0] <= clause.start < one[1])
    said = fold(clause.text)
    found = []
    for span in desk.rendering.spans:
        row = desk.sources.by_id.get(span.indicator or "")
        inside = span.kind == "cell" and start <= span.start < end
        if inside and row and row.row and any(said in fold(name) for name in row.row.names):
            found.append(row.id)
    return list(dict.fromkeys(found))


def _told_fact(clause: Clause, masked: str, desk: _Desk) -> str:
    """A fact of the section that says it, though nothing ties the two; '' where there is none."""
    pairs = words_in(clause.text)
    for fact in desk.facts:
        source = desk.sources.by_id[fact.id]
        like = len(pairs & source.pairs) / len(pairs) if pairs else 0.0
        if like >= _TELLS and not unlicensed(masked, source.licence, desk.lexicon):
            return fact.id
    return ""


def _licence(identifiers: Iterable[str], desk: _Desk) -> str:
    found = [desk.sources.by_id[one].licence for one in identifiers if one in desk.sources.by_id]
    return "\n".join((*found, desk.common))


def _masked(clause: Clause, desk: _Desk) -> str:
    """The clause with its figures, times and printed cells as slots: they are judged elsewhere."""
    marks = [
        (one.start, one.end)
        for one in desk.mentions
        if one.claim or one.kind in ("date", "period", "enumerator")
    ]
    marks += [
        (span.start, span.end) for span in desk.rendering.spans if span.kind in ("cell", "formula")
    ]
    text, pieces, at = desk.rendering.text, [], clause.start
    for start, end in sorted(marks):
        if start >= clause.end or end <= at:
            continue
        pieces += [text[at : max(start, at)], SLOT]
        at = min(end, clause.end)
    return "".join((*pieces, text[at : clause.end]))
