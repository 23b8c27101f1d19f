"""The main errand: from tables, facts and a past summary to a settled draft on disk.

Called through `assembly`, which knows where things come from; here is the order of the steps
and what is told about them.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from drafter.attesting import attested
from drafter.errors import OperatorError, RequestError
from drafter.modelling import how_written, numbered, written_by_model
from drafter.numerals.masking import mask
from drafter.pipeline import finished, settle
from drafter.records.draft import AdverseFigure, Draft, DraftSection, LeftOut, PendingFact
from drafter.records.fact import FactList
from drafter.records.indicator import IndicatorTable
from drafter.records.outline import Outline, Plan
from drafter.records.passage import Passage
from drafter.records.step import Step, Steps
from drafter.verification import Options
from drafter.verification.facts.wordlists import Words, load_words
from drafter.writing.adverse import adverse_figures
from drafter.writing.changes import changed_bases, renamed_rows
from drafter.writing.composing import replacing
from drafter.writing.model.desk import Model
from drafter.writing.model.task import WRITTEN_LAST
from drafter.writing.model.whole import tasks_of
from drafter.writing.offline import Writing, WrittenSection, write
from drafter.writing.planning import make_plan
from drafter.writing.prompting.book import PromptBook
from drafter.writing.prompting.messages import Request, regenerate_request, section_request
from drafter.writing.proving import Judged, judge
from drafter.writing.references import Materials
from drafter.writing.rendering import render
from drafter.writing.whole import write_all

Search = Callable[[str], tuple[Passage, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """All that a draft is made from, read and chosen."""

    outline: Outline
    table: IndicatorTable
    facts: FactList
    year: int
    organisation: str
    title: str
    date: str = ""
    last_year: str = ""
    """The text of the precedent, as its file has it."""
    past: IndicatorTable | None = None
    past_year: int | None = None
    older_headings: tuple[str, ...] = ()
    """Headings of this organisation's summaries before the precedent."""
    search: Search | None = None
    """Finds passages of older summaries near a text; None where there are none."""
    settings: dict[str, object]


def write_draft(
    assignment: Assignment,
    *,
    options: Options | None = None,
    steps: Steps | None = None,
    model: Model | None = None,
) -> Draft:
    """Plans, writes, judges and mends; deterministic without a model.

    Args:
        assignment: What it is made from.
        options: How strictly to judge.
        steps: Told of each section and round.
        model: Writes the sections; None writes them offline.
    """
    materials = materials_for(assignment)
    plan = planned(assignment)
    writing = writing_for(assignment, materials)
    if model is None:
        written = write_all(plan.sections, writing, _begun(plan, steps))
        settled, judged = settle(numbered(plan, written), materials, mask, options, steps)
    else:
        settled, judged = written_by_model(plan, assignment.title, writing, model, options, steps)
        told = {**assignment.settings, "written": how_written(settled, model.name)}
        assignment = replace(assignment, settings=told)
    return _draft(assignment, plan, settled, judged, materials)


def _begun(plan: Plan, steps: Steps | None) -> Callable[[int], None]:
    def begun(number: int) -> None:
        if steps:
            section = plan.sections[number].section
            what = section.heading or "导语"
            steps(Step(number, len(plan.sections), what, section=section.id, stage="started"))

    return begun


def materials_for(assignment: Assignment) -> Materials:
    """What the draft may say, with its title and last year's text."""
    return Materials(
        assignment.table,
        assignment.facts,
        assignment.year,
        assignment.organisation,
        assignment.title,
        assignment.last_year,
    )


def writing_for(assignment: Assignment, materials: Materials) -> Writing:
    """What the offline writer's sections share."""
    return Writing(
        materials=materials,
        past=assignment.past,
        past_year=assignment.past_year,
        words=_words(assignment.facts),
        older_headings=assignment.older_headings,
    )


def _words(facts: FactList) -> Words:
    """The word lists, with the wording that this year's replaces as policy of another year."""
    replaced = [
        part.strip("“”《》 ")
        for fact in facts.facts
        for part in re.split("[、；;，,\n]", fact.supersedes)
    ]
    words = load_words()
    old = tuple(part for part in replaced if len(part) > 1)
    return replace(words, policy=(*old, *words.policy)) if old else words


def section_prompt(
    assignment: Assignment, book: PromptBook, number: int, instruction: str = ""
) -> Request:
    """What would be sent to a model for a section.

    Args:
        assignment: As for `write_draft`.
        book: The prompt files.
        number: Of the section, from 1, as a draft lists them.
        instruction: An editor's; with one the section is asked for again, its offline text given.

    Raises:
        RequestError: there is no such section.
    """
    materials = materials_for(assignment)
    plan = planned(assignment)
    if not 1 <= number <= len(plan.sections):
        listed = "；".join(
            f"{place} {one.section.heading or '导语'}" for place, one in enumerate(plan.sections, 1)
        )
        raise RequestError(f"没有第{number}个板块，共有：{listed}")
    writing = writing_for(assignment, materials)
    task = tasks_of(plan.sections, assignment.title, writing)[number - 1]
    if not instruction:
        # Lead and closing are shown the others' texts: here those of the offline writer.
        last = task.plan.section.kind in WRITTEN_LAST
        others = write_all(plan.sections, writing) if last else ()
        texts = [render(one.template, materials).text for one in others if one.id != task.id]
        return section_request(book, task.brief, written=[one for one in texts if one])
    current = write(plan.sections[number - 1], writing).template
    return regenerate_request(book, task.brief, current, instruction)


def with_searches_made(assignment: Assignment) -> Assignment:
    """The assignment with what it will ask the knowledge base answered: the base may be closed."""
    search = assignment.search
    if search is None:
        return assignment
    found: dict[str, tuple[Passage, ...]] = {}

    def asked(text: str) -> tuple[Passage, ...]:
        found[text] = search(text)
        return found[text]

    planned(replace(assignment, search=asked))
    return replace(assignment, search=found.__getitem__)


def planned(assignment: Assignment) -> Plan:
    """The plan, with passages of older years for the rows that the precedent does not name."""
    plan = make_plan(assignment.outline, assignment.table, assignment.facts)
    if assignment.search is None:
        return plan
    sections = []
    for one in plan.sections:
        said = "".join(block.text for block in one.section.source)
        rows = [assignment.table.by_id(identifier) for identifier in one.indicators]
        names = [row.name for row in rows if row is not None and row.name not in said]
        if one.section.kind != "achievements" or not names:
            sections.append(one)
            continue
        found = assignment.search(f"{one.section.heading} {' '.join(names[:12])}")
        sections.append(replace(one, passages=found))
    return replace(plan, sections=tuple(sections))


def _draft(
    assignment: Assignment,
    plan: Plan,
    settled: Sequence[WrittenSection],
    judged: Judged,
    materials: Materials,
) -> Draft:
    sections = tuple(
        finished(one, rendering, findings)
        for one, rendering, findings in zip(
            settled, judged.renderings, judged.findings, strict=True
        )
    )
    table = assignment.table
    told = _printed(sections) | _named(sections, table)
    return Draft(
        title=assignment.title,
        year=assignment.year,
        organisation=assignment.organisation,
        date=assignment.date,
        sections=sections,
        issues=judged.issues,
        unused_indicators=tuple(
            row.id for row in table.rows if row.id not in told and row.id not in table.overruled
        ),
        left_out=(*(item for one in settled for item in one.left_out), *_unplaced(plan, table)),
        questions=tuple(
            # Behind the section's text, where a reader has seen what there is already.
            replace(item, after=item.after or len(rendering.text))
            for one, rendering in zip(settled, judged.renderings, strict=True)
            for item in one.questions
        ),
        conflicts=table.conflicts,
        adverse=adverse_list(sections, materials),
        pending=pending_facts(assignment.facts),
        renamed=renamed_rows(table, assignment.past) if assignment.past else (),
        changed_basis=changed_bases(table, assignment.past) if assignment.past else (),
        refs={row.ref: row.key for row in table.rows if row.id not in table.overruled},
        settings=assignment.settings,
        wordings=tuple(
            replace(wording, section=one.id) for one in settled for wording in one.wordings
        ),
    )


def refreshed(
    draft: Draft,
    table: IndicatorTable,
    facts: FactList,
    files: Sequence[Path],
    fact_files: Sequence[Path],
    *,
    last_year: str = "",
    options: Options | None = None,
) -> Draft:
    """The same templates set with another revision of the table, and judged anew.

    Args:
        draft: As it was.
        table: With the references that the draft uses (`assembly.with_refs_of`).
        facts: The draft's facts.
        files: Where the table came from, for the next export.
        fact_files: Where the facts came from, likewise.
        last_year: The text of last year's summary.
        options: How strictly to judge.
    """
    materials = Materials(table, facts, draft.year, draft.organisation, draft.title, last_year)
    written = [as_written(one, materials) for one in draft.sections]
    return replace(
        rejudged(draft, written, materials, options),
        conflicts=table.conflicts,
        refs={row.ref: row.key for row in table.rows if row.id not in table.overruled},
        settings={
            **draft.settings,
            "indicators": [str(path) for path in files],
            "facts": [str(path) for path in fact_files],
        },
    )


def as_written(section: DraftSection, materials: Materials) -> WrittenSection:
    """A section of a draft as its writer handed it over, with the origins of its references."""
    return WrittenSection(
        id=section.id,
        heading=section.heading,
        level=section.level,
        kind=section.kind,
        template=section.template,
        run_in=section.run_in,
        calls=section.calls,
        by_model=section.by_model,
        origins=replacing(section.template, origins_of(section), materials).origins,
    )


def rejudged(
    draft: Draft,
    written: Sequence[WrittenSection],
    materials: Materials,
    options: Options | None = None,
) -> Draft:
    """The draft with these sections in place of its own, set and judged anew."""
    judged = judge(written, materials, options)
    sections = tuple(
        finished(one, rendering, findings)
        for one, rendering, findings in zip(
            written, judged.renderings, judged.findings, strict=True
        )
    )
    table = materials.table
    told = _printed(sections) | _named(sections, table)
    current = [row for row in table.rows if row.id not in table.overruled]
    lengths = {one.id: len(one.text) for one in sections}
    result = replace(
        draft,
        sections=sections,
        issues=judged.issues,
        unused_indicators=tuple(row.id for row in current if row.id not in told),
        questions=tuple(
            # Questions of a section that has gone belong to the whole text.
            replace(
                item,
                section=item.section if item.section in lengths else "",
                after=lengths.get(item.section, 0),
            )
            for item in draft.questions
        ),
        adverse=adverse_list(sections, materials),
        pending=pending_facts(materials.facts),
    )
    return attested(result)


def origins_of(section: DraftSection) -> dict[tuple[str, str], tuple[int, int]]:
    """(row, field) -> the precedent's numeral that its reference replaced."""
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for span in section.spans:
        if span.origin is not None:
            found.setdefault((span.indicator or "", span.field or ""), span.origin)
    return found


def adverse_list(
    sections: Sequence[DraftSection], materials: Materials
) -> tuple[AdverseFigure, ...]:
    """Falls, missed targets and poor ranks of the whole table, with where each stands now.

    One that lead or achievements print stands there; else where the problems tell it; else
    nowhere, for a person to place.
    """
    found = []
    kinds = (("lead", "achievements"), ("problems",))
    overruled = materials.table.overruled
    rows = [row for row in materials.table.rows if row.id not in overruled]
    for figure in adverse_figures(rows, materials, (), ""):
        home = next(
            (
                one.id
                for wanted in kinds
                for one in sections
                if one.kind in wanted
                and any(span.indicator == figure.indicator for span in one.spans)
            ),
            "",
        )
        found.append(replace(figure, section=home))
    return tuple(found)


def pending_facts(facts: FactList) -> tuple[PendingFact, ...]:
    """Rows of the fact list that nobody has confirmed."""
    return tuple(
        PendingFact(
            id=fact.id,
            kind=fact.kind,
            text=fact.text,
            section=fact.section,
            weight=fact.weight,
            cell=fact.cell,
        )
        for fact in facts.pending
    )


def _printed(sections: Sequence[DraftSection]) -> set[str]:
    """Ids of rows that stand somewhere: printed, or told by a sentence that proves them."""
    spans = {span.indicator for one in sections for span in one.spans if span.indicator}
    proven = {
        identifier
        for one in sections
        for finding in one.findings
        if not finding.is_open and finding.kind == "number"
        for identifier in (finding.indicator, *finding.also)
        if identifier
    }
    return spans | proven


def _named(sections: Sequence[DraftSection], table: IndicatorTable) -> set[str]:
    """Ids of rows without an amount (events, honours) that a fact tells in its own words."""
    text = "".join(one.text for one in sections)
    return {row.id for row in table.rows if row.value is None and row.name in text}


def _unplaced(plan: Plan, table: IndicatorTable) -> tuple[LeftOut, ...]:
    found = []
    for identifier in plan.unplaced_indicators:
        row = table.by_id(identifier)
        name = row.name if row else identifier
        found.append(LeftOut(section="", text=name, reason="没有合适的板块", label="指标"))
    found += [
        LeftOut(section="", text=f"素材{identifier}", reason="没有合适的板块", label="素材")
        for identifier in plan.unplaced_facts
    ]
    return tuple(found)


def folder_for(path: Path) -> Path:
    """The output folder, made if need be.

    Raises:
        OperatorError: it cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OperatorError(f"无法建立输出目录“{path}”：{error.strerror or error}") from error
    return path
