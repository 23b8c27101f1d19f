"""Which clauses of a draft live on from its precedent, and what stood there before.

Read from the finished draft, after all mending: a carried figure is a cell that took the place of
a numeral whose clause is not listed as left out; a carried measure has a span of its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from drafter.numerals.segments import clauses, sentences
from drafter.records.draft import Draft, DraftSection, Span
from drafter.records.indicator import IndicatorTable
from drafter.records.outline import Outline, OutlineSection
from drafter.verification.facts.judgements import judging
from drafter.verification.facts.wordlists import load_words
from drafter.writing.precedent import Clause, read_clauses

Kind = Literal["data", "routine", "judgement", "heading"]
KINDS: Final[tuple[Kind, ...]] = ("data", "routine", "judgement", "heading")
_TOLD: Final = ("lead", "achievements")


@dataclass(frozen=True, slots=True)
class CarriedClause:
    """A clause of a draft, with the sentence it stands in and the one it comes from."""

    kind: Kind
    """A judgement is a carried clause with a judging word, whatever else it says."""
    heading: str
    """The draft's section."""
    text: str
    sentence: str
    past: str
    """The precedent's sentence."""
    figures: tuple[str, ...] = ()
    """What it prints: text, name of the row, field."""

    def as_json(self) -> dict[str, object]:
        """For a file to be read."""
        return {
            "kind": self.kind,
            "heading": self.heading,
            "text": self.text,
            "sentence": self.sentence,
            "past": self.past,
            "figures": list(self.figures),
        }


def told_sections(outline: Outline) -> tuple[OutlineSection, ...]:
    """The precedent's sections that tell of the year: problems and plans are never carried."""
    return tuple(one for one in outline.sections if one.kind in _TOLD)


def past_clauses(section: OutlineSection) -> tuple[Clause, ...]:
    """The clauses of a precedent's section."""
    return read_clauses(section.heading, section.source, IndicatorTable(()))


def carried_clauses(
    draft: Draft, outline: Outline, table: IndicatorTable
) -> tuple[CarriedClause, ...]:
    """All carried clauses of a draft in its order.

    Args:
        draft: The draft.
        outline: The precedent's own outline, with its paragraphs.
        table: The table that the draft was written from.
    """
    gone = {one.origin for one in draft.left_out if one.origin}
    sources = {one.id: one for one in outline.sections}
    found: list[CarriedClause] = []
    for section in draft.sections:
        source = sources.get(section.id)
        if source is None or section.kind != "achievements":
            continue
        past = past_clauses(source)
        kept = [one for one in past if one.origin not in gone]
        if source.heading and section.heading:
            found.append(_heading(section, source))
        found += _of_section(section, kept, past, table)
    return tuple(found)


def _heading(section: DraftSection, source: OutlineSection) -> CarriedClause:
    past = f"{source.marker}{source.heading}"
    return CarriedClause("heading", section.heading, section.heading, section.heading, past)


def _of_section(
    section: DraftSection,
    kept: Sequence[Clause],
    past: Sequence[Clause],
    table: IndicatorTable,
) -> Iterator[CarriedClause]:
    whole = sentences(section.text)
    for start, end in clauses(section.text):
        spans = [one for one in section.spans if start <= one.start and one.end <= end]
        cells = [one for one in spans if one.kind in ("cell", "formula") and one.field != "period"]
        routine = any(one.kind == "carried" for one in spans)
        text = section.text[start:end].strip()
        source = _home(cells, kept) or (_alike(text, kept) if routine else None)
        if source is None and not routine:
            continue
        at = next((one for one in whole if one[0] <= start < one[1]), (start, end))
        judged = any(True for _ in judging(text, load_words()))
        yield CarriedClause(
            "judgement" if judged else "routine" if routine else "data",
            section.heading,
            text,
            section.text[slice(*at)].strip(),
            _sentence_of(source, past) if source else "",
            tuple(_told(one, section.text, table) for one in cells),
        )


def _home(cells: Sequence[Span], kept: Sequence[Clause]) -> Clause | None:
    """The clause that the cells' numerals stood in; None where it was left out."""
    places = [one.origin for one in cells if one.origin]
    return next(
        (one for one in kept for at in places if one.origin[0] <= at[0] and at[1] <= one.origin[1]),
        None,
    )


def _alike(text: str, kept: Sequence[Clause]) -> Clause | None:
    """The clause that says the same; it may have lost its first word."""
    said = text.rstrip("，。；：")
    return next((one for one in kept if said in one.text or one.text in said), None)


def _sentence_of(clause: Clause, past: Sequence[Clause]) -> str:
    own = [one for one in past if one.block is clause.block and one.sentence == clause.sentence]
    return clause.block.text[own[0].start : own[-1].end]


def _told(span: Span, text: str, table: IndicatorTable) -> str:
    row = table.by_id(span.indicator or "")
    return f"{text[span.start : span.end]} = {row.name if row else '—'}.{span.field}"
