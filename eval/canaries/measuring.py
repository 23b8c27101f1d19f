"""Plants matters in past summaries, drafts the next year offline, and looks for them in the draft.

    python -m eval canaries [--plantings 1200] [--seed 1] [--corpus FOLDER]

A matter has leaked when its name stands in a heading, a section's text or the title. Beside it
stands what the cure costs: the share of figures that a draft without canaries takes over from the
same precedent and the draft with them still does.
"""

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from drafter.drafting import Assignment, Search, write_draft
from drafter.reading.facts import read_facts
from drafter.reading.summaries import read_summary
from drafter.reading.tables import read_tables
from drafter.reading.texts import read_text
from drafter.records.draft import Draft
from drafter.records.fact import FactList
from drafter.records.indicator import IndicatorTable
from drafter.records.passage import Passage
from drafter.writing.planning import outline_from_summary, told_year
from eval.canaries.planting import POSITIONS, Canary, canaries, read_canaries
from eval.shares import interval
from eval.years import extracted, pairs

OWN = Path(__file__).parents[2] / "knowledge_base"
BUREAUS = Path(__file__).parents[2] / "tests" / "bureaus"
EVERY = 4
"""Each so many-th text is planted in the knowledge base, not in the precedent."""
_LONG = re.compile(r"[^\n]{60,}")
PER_TEXT = 8
"""Plantings in one text: enough to be quick, few enough to leave it a summary."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Precedent:
    """A past text with the material of the year after it."""

    name: str
    text: str
    table: IndicatorTable
    facts: FactList
    organisation: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Planting:
    """One matter at one place, and whether it came through."""

    source: str
    canary: Canary
    position: str
    leaked: str = ""
    """The words around it in the draft."""
    older: bool = False
    """Planted in a summary of the knowledge base, not in the precedent."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """All plantings, and how many figures were taken over without and with them."""

    plantings: tuple[Planting, ...]
    kept: int
    whole: int


def precedents(corpus: Path | None = None) -> Iterator[Precedent]:
    """The sample bureau, the invented bureaus, and the real texts where there are some."""
    organisation = "云岭县科技和工业信息化局"
    text = next(path for path in sorted((OWN / "summaries").iterdir()) if "2023" in path.name)
    table = read_tables([OWN / "tables" / "2024年指标表.xlsx"])
    facts = read_facts([OWN / "facts" / "2024年素材表.xlsx"])
    yield Precedent(
        name="云岭", text=read_text(text), table=table, facts=facts, organisation=organisation
    )
    for path in sorted(BUREAUS.rglob("*.txt")):
        tables = [path.with_suffix(end) for end in (".xlsx", ".csv")]
        tables.append(path.with_name(f"{path.stem}_table.json"))
        found = [one for one in tables if one.is_file()]
        if found:
            rows = read_tables(found, lenient=True)
            yield Precedent(name=path.stem, text=read_text(path), table=rows, facts=FactList())
    if corpus is not None:
        seed = next((corpus / "seeds").glob("000*.txt"))
        rows = read_tables([corpus / "seeds" / "000_indicators.csv"])
        yield Precedent(name="seed 000", text=read_text(seed), table=rows, facts=FactList())
        for pair in pairs(corpus / "county"):
            yield Precedent(
                name=pair.earlier.stem,
                text=read_text(pair.earlier),
                table=extracted(pair.later),
                facts=FactList(),
                year=told_year(read_summary(pair.later)),
            )


def measure(
    sources: Sequence[Precedent], plantings: int, seed: int, matters: Path | None = None
) -> Outcome:
    """Plants so many matters, spread over the precedents and over all positions.

    Args:
        sources: The past texts and the material of the year after each.
        plantings: How many.
        seed: Makes the choices repeatable.
        matters: A file of matters to plant in place of the invented names (`read_canaries`).
    """
    rng = random.Random(seed)  # noqa: S311 - a sample, no secret
    found: list[Planting] = []
    kept = whole = 0
    clean = {one.name: _taken_over(drafted_from(one, one.text)) for one in sources}
    while len(found) < plantings:
        for number, source in enumerate(sources, len(found)):
            text, planted = _planted(source, rng, matters)
            older = number % EVERY == 0
            draft = _recalled(source, text) if older else drafted_from(source, text)
            found += [
                Planting(source.name, canary, position, _leak(canary, draft), older)
                for canary, position in planted
            ]
            if not older:
                taken = _taken_over(draft)
                kept += sum((clean[source.name] & taken).values())
                whole += clean[source.name].total()
            if len(found) >= plantings:
                break
    return Outcome(tuple(found[:plantings]), kept, whole)


def _planted(
    source: Precedent, rng: random.Random, matters: Path | None
) -> tuple[str, list[tuple[Canary, str]]]:
    taken = source.text + _said(source.table, source.facts)
    lines, planted = source.text.split("\n"), []
    used: set[str] = set()
    for canary in read_canaries(matters, rng, taken) if matters else canaries(rng, taken):
        if canary.name in used:
            continue
        position = rng.choice(POSITIONS)
        changed = position(lines, canary, rng)
        if changed is None:
            continue
        lines = changed
        used.add(canary.name)
        planted.append((canary, position.__name__))
        if len(planted) == PER_TEXT:
            break
    return "\n".join(lines), planted


def _said(table: IndicatorTable, facts: FactList) -> str:
    """This year's own words: a name among them would prove nothing."""
    rows = "\n".join("\n".join((*row.names, row.section, row.note)) for row in table.rows)
    return rows + "\n".join(fact.text + fact.title + fact.actor for fact in facts.facts)


def _recalled(source: Precedent, text: str) -> Draft:
    """The planted text lies in the knowledge base; the precedent has its headings and no figures."""
    bare = "\n".join(
        _LONG.sub("加强组织领导，做好日常工作。", line) for line in source.text.split("\n")
    )
    passages = tuple(
        Passage(f"p{at}", "", line, "", None, "", (), "更早.txt")
        for at, line in enumerate(text.split("\n"))
        if _LONG.fullmatch(line)
    )
    return drafted_from(source, bare, lambda _: passages)


def drafted_from(source: Precedent, text: str, search: Search | None = None) -> Draft:
    """The offline draft of the year after a text, by that year's material."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "往年.txt"
        path.write_text(text, encoding="utf-8")
        summary = read_summary(path, organisation=source.organisation)
    past = told_year(summary)
    year = source.year or (past + 1 if past else source.table.year)
    outline = outline_from_summary(summary, year)
    return write_draft(
        Assignment(
            outline=outline,
            table=source.table,
            facts=source.facts,
            year=year or 0,
            organisation=source.organisation or summary.organisation,
            title=outline.title,
            past_year=past,
            search=search,
            settings={},
        )
    )


def _taken_over(draft: Draft) -> Counter[tuple[str | None, str | None]]:
    """Figures that stand in the place of one of the precedent's, by row and field."""
    return Counter(
        (span.indicator, span.field)
        for section in draft.sections
        for span in section.spans
        if span.origin is not None
    )


def _leak(canary: Canary, draft: Draft) -> str:
    text = "\n".join((draft.title, *(f"{one.heading}\n{one.text}" for one in draft.sections)))
    at = text.find(canary.name)
    return text[max(0, at - 20) : at + 20].replace("\n", "／") if at >= 0 else ""


def report(
    plantings: int, seed: int, corpus: Path | None, matters: Path | None = None
) -> Iterator[str]:
    """Leaks by kind and by position, with their intervals, and what the cure costs."""
    outcome = measure(tuple(precedents(corpus)), plantings, seed, matters)
    yield from _table("kind", [(one.canary.kind, one) for one in outcome.plantings])
    yield from _table("position", [(one.position, one) for one in outcome.plantings])
    yield _line("in older summaries", [one for one in outcome.plantings if one.older])
    yield _line("all", list(outcome.plantings))
    share = outcome.kept / outcome.whole if outcome.whole else 1.0
    yield f"figures taken over as without canaries: {outcome.kept} of {outcome.whole} ({share:.1%})"
    for one in outcome.plantings:
        if one.leaked:
            told = f"{one.canary.kind}, {one.position}, {one.canary.matter}"
            yield f"  leaked ({one.source}; {told}): …{one.leaked}…"


def _table(head: str, found: Sequence[tuple[str, Planting]]) -> Iterator[str]:
    yield f"by {head}"
    for name in sorted({name for name, _ in found}):
        yield _line(name, [one for key, one in found if key == name])


def _line(name: str, plantings: Sequence[Planting]) -> str:
    leaked = sum(bool(one.leaked) for one in plantings)
    low, high = interval(leaked, len(plantings))
    return f"  {name:20} {leaked:4} of {len(plantings):5} leaked (95 %: {low:.2%} to {high:.2%})"
