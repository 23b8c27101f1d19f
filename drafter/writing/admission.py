"""What in a section nobody vouches for: the judge of text that our own writer did not write.

The verifier judges numbers and names; a fluent sentence may have neither and still tell a thing
that never happened. So every clause must be borne by something: a fact that the sentence is tied
to or plainly tells, rows whose figures it prints, or, without either, be a routine measure by the
whitelist that last year's clauses pass through. Whatever words are left over are nobody's.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from drafter.numerals.census import read_mentions
from drafter.records.draft import Rendering
from drafter.records.fact import Fact
from drafter.records.indicator import Indicator
from drafter.records.mention import Mention
from drafter.records.outline import SectionPlan
from drafter.records.summary import Block
from drafter.verification.facts.lexicon import Lexicon
from drafter.verification.facts.objections import unlicensed
from drafter.verification.facts.sources import Sources, fold_lines, sources_of, words_in
from drafter.verification.facts.vocabulary import SLOT
from drafter.writing.carrying import is_time, no_measure
from drafter.writing.clauses import licence_of, objection
from drafter.writing.precedent import Clause, read_clauses
from drafter.writing.references import Materials

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


@dataclass(frozen=True, slots=True)
class Unfounded:
    """A clause that nothing bears; offsets in the section's text."""

    start: int
    end: int
    text: str
    message: str
    """In Chinese: what is not borne, for a request to mend it."""


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
    common: str


def unfounded(
    rendering: Rendering, plan: SectionPlan, materials: Materials, lexicon: Lexicon
) -> tuple[Unfounded, ...]:
    """The clauses of a section that neither row nor fact nor routine bears.

    Args:
        rendering: The section's text with its spans.
        plan: Its rows and facts: another section's facts vouch for nothing here.
        materials: This year's rows and facts.
        lexicon: The word lists.
    """
    text = rendering.text
    rows = [row for row in map(materials.table.by_id, plan.indicators) if row is not None]
    facts = [fact for fact in map(materials.facts.by_id, plan.facts) if fact is not None]
    desk = _Desk(
        rendering,
        read_mentions(text),
        sources_of(materials.table, materials.facts, lexicon),
        lexicon,
        rows,
        facts,
        plan.section.kind,
        fold_lines(materials.organisation),
    )
    block = Block("paragraph", text, tuple(range(len(text))))
    found = (_objection(clause, desk) for clause in read_clauses("", (block,), materials.table))
    return tuple(one for one in found if one is not None)


def _objection(clause: Clause, desk: _Desk) -> Unfounded | None:
    if _set_as_written(clause, desk) or is_time(clause):
        return None
    joins = clause.text in desk.lexicon.words.connectors or clause.text in _JOINERS
    if joins or _OURS.fullmatch(clause.text):
        return None
    against = _against(clause, desk)
    if not against:
        return None
    message = f"“{clause.text}”：{against}"
    return Unfounded(clause.start, clause.end, clause.text, message)


def _set_as_written(clause: Clause, desk: _Desk) -> bool:
    """It stands within a fact that was printed to the character."""
    text = desk.rendering.text
    for span in desk.rendering.spans:
        if span.kind == "fact" and span.start <= clause.start and clause.end <= span.end:
            source = desk.sources.by_id.get(span.indicator or "")
            said = source.fact.text if source and source.fact else ""
            if said and text[span.start : span.end] == said:
                return True
    return False


def _against(clause: Clause, desk: _Desk) -> str:
    """Why the clause is not borne; '' where it is."""
    masked = _masked(clause, desk)
    tied = _tied(clause, desk)
    printed = _printed(clause, desk)
    if tied:
        licence = _licence((*tied, *(row.id for row in printed)), desk)
        unknown = unlicensed(masked, licence, desk.lexicon)
        return f"“{unknown}”不见于所据素材" if unknown else ""
    if _told_fact(clause, masked, desk):
        return ""
    words = desk.lexicon.words
    told = [*desk.rows, *printed]
    refused = objection(clause, words, licence_of(told))
    if refused is not None and refused.label == _OF_KIND.get(desk.kind):
        refused = None
    if refused is None and not printed:
        refused = no_measure(clause.text, words)
    if refused is not None:
        return refused.reason
    of_kind = {"problems": words.problems, "plan": words.goals}.get(desk.kind, ())
    licence = "\n".join((_licence([row.id for row in told], desk), *of_kind))
    unknown = unlicensed(masked, licence, desk.lexicon)
    return f"“{unknown}”不见于材料" if unknown else ""


def _tied(clause: Clause, desk: _Desk) -> list[str]:
    """Ids of the facts that its sentence is tied to or prints something of."""
    return list(
        dict.fromkeys(
            span.indicator
            for span in desk.rendering.spans
            if span.kind == "fact"
            and span.indicator
            and span.start < clause.end
            and clause.start < span.end
        )
    )


def _printed(clause: Clause, desk: _Desk) -> list[Indicator]:
    """The rows whose cells the clause prints."""
    ids = dict.fromkeys(
        span.indicator
        for span in desk.rendering.spans
        if span.kind in ("cell", "formula")
        and span.indicator
        and span.start < clause.end
        and clause.start < span.end
    )
    found = (desk.sources.by_id.get(one) for one in ids)
    return [one.row for one in found if one is not None and one.row is not None]


def _told_fact(clause: Clause, masked: str, desk: _Desk) -> bool:
    """A fact of the section says it, tied or not."""
    pairs = words_in(clause.text)
    for fact in desk.facts:
        source = desk.sources.by_id[fact.id]
        like = len(pairs & source.pairs) / len(pairs) if pairs else 0.0
        if like >= _TELLS and not unlicensed(masked, source.licence, desk.lexicon):
            return True
    return False


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
