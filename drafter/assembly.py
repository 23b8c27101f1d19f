"""The one place that picks real parts: files, knowledge base, writer, Word.

Everything above it (command line, service, evaluation) asks here for an errand; everything
below it knows only values. Heavy parts are imported where an errand needs them.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from drafter.errors import OperatorError, RequestError, UnreadableFileError
from drafter.records.claim import Report
from drafter.records.draft import Draft
from drafter.records.fact import FactList
from drafter.records.indicator import IndicatorTable
from drafter.records.outline import Outline
from drafter.records.passage import Passage
from drafter.records.step import Steps, silent
from drafter.records.summary import PastSummary
from drafter.settings import Settings, api_key, load_settings
from drafter.storing import write_together, write_whole

if TYPE_CHECKING:  # only names for types: the parts themselves are imported by their errands
    from drafter.drafting import Assignment, Search
    from drafter.endpoint.replaying import Shelf
    from drafter.knowledge.base import KnowledgeBase
    from drafter.knowledge.embedders import Embedder
    from drafter.outcome import Outcome
    from drafter.verification import Options
    from drafter.verification.previous import Writing
    from drafter.writing.model.desk import Model
    from drafter.writing.prompting.book import PromptBook
    from drafter.writing.prompting.messages import Request

YEARS = 9
"""How many past years are looked for."""
OUTLINE_BYTES = 200_000


def load_materials(
    tables: Sequence[Path], facts: Sequence[Path], *, lenient: bool = False
) -> tuple[IndicatorTable, FactList]:
    """The indicator table and fact list of these files; empty ones where none are given."""
    from drafter.reading.facts import read_facts
    from drafter.reading.tables import read_tables

    table = read_tables(tables, lenient=lenient) if tables else IndicatorTable(())
    return table, read_facts(facts, lenient=lenient) if facts else FactList()


def read_settings_options(settings: Settings | None = None) -> "Options":
    """How strictly texts are judged, from the settings."""
    from drafter.verification import Options

    chosen = settings or load_settings()
    return Options(
        open_dates_fail=chosen.open_dates_fail,
        fact_points=chosen.fact_points,
        blocking_points=_point_kinds(chosen.blocking_points),
        standing=chosen.standing,
    )


def _point_kinds(written: str) -> frozenset[str]:
    """Kinds of fact points, as the operator lists them."""
    from drafter.verification.facts.points import PointKind

    kinds = frozenset(written.split())
    unknown = kinds - set(get_args(PointKind))
    if unknown:
        raise OperatorError(
            f"DRAFTER_BLOCKING_POINTS：没有“{'、'.join(sorted(unknown))}”这种类型，"
            f"应为{'、'.join(get_args(PointKind))}"
        )
    return kinds


def beside_last_year(new: Path, old: Path, report: Report) -> tuple[Report, dict[str, Any]]:
    """The report with what of the text `old` was left standing in `new`, and its JSON part.

    Numbers that the report already proves are not asked about again.
    """
    from drafter.reading.summaries import read_summary
    from drafter.verification.previous import Likelihood, compare

    proven = {(one.start, one.end) for one in report.findings if not one.is_open}
    settings = load_settings()
    likelihood = Likelihood(
        like=settings.previous_like,
        unchanged=settings.previous_unchanged,
        section=settings.previous_section,
    )
    ours, theirs = _writing(read_summary(new)), _writing(read_summary(old))
    compared = compare(ours, theirs, proven=proven, likelihood=likelihood)
    issues = sorted(
        (*report.issues, *compared.issues), key=lambda issue: (issue.start, issue.end, issue.rule)
    )
    sections = [asdict(section) for section in compared.sections]
    beside = {"previous": {"file": str(old), "sections": sections}}
    return replace(report, issues=tuple(issues)), beside


def write_check_page(
    output: Path, file: Path, text: str, report: Report, tables: Sequence[str], *, judge: bool
) -> None:
    """Writes the checked text as one HTML file; `judge` as in `Report.verdict`."""
    from drafter.exporting.evidence_page import evidence_page

    page = evidence_page(text, report, file=file.name, tables=tables, with_issues=judge)
    write_whole(output, page.encode("utf-8"))


def _writing(summary: PastSummary) -> "Writing":
    """A summary as `verification` compares it: places in the file's own text."""
    from drafter.verification.previous import Part, Writing

    parts = []
    for section in summary.walk():
        heading = section.heading
        at = heading.origin(0, len(heading.text)) if heading and heading.text else None
        own = [block for block in section.paragraphs if block.offsets]
        end = at[1] if at else 0
        start, end = (own[0].offsets[0], own[-1].offsets[-1] + 1) if own else (end, end)
        parts.append(Part(heading.text if heading else "", start, end, section.path, at))
    title = next((block for block in summary.blocks if block.kind == "title" and block.text), None)
    title_at = title.origin(0, len(title.text)) if title else None
    return Writing(summary.source, tuple(parts), summary.year, title_at)


def open_knowledge(
    folder: Path | None, settings: Settings | None = None, *, wait: float = 5.0
) -> "KnowledgeBase":
    """The knowledge base at a folder, or where the settings say.

    Args:
        folder: Of the base.
        settings: Of this process by default.
        wait: Seconds to wait for another program, or another part of this one, that uses it.
    """
    from drafter.knowledge.base import KnowledgeBase

    chosen = settings or load_settings()
    return KnowledgeBase.open(
        folder or chosen.knowledge,
        _embedder(chosen),
        threshold=chosen.quality_threshold,
        wait=wait,
    )


def _embedder(settings: Settings) -> "Embedder | None":
    """None is the offline embedder of the knowledge base."""
    if settings.embeddings == "offline":
        return None
    from drafter.knowledge.embedders import remote_embedder

    kind, _, name = settings.embeddings.partition(":")
    if kind != "openai" or not name:
        raise RequestError("DRAFTER_EMBEDDINGS 应为 offline 或 openai:模型名")
    key = api_key()
    return remote_embedder(
        name,
        base_url=settings.embeddings_base_url or "",
        key=key.get_secret_value() if key else "",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRequest:
    """What `drafter draft` is asked for."""

    indicators: tuple[Path, ...]
    facts: tuple[Path, ...] = ()
    precedent: Path | None = None
    outline: Path | None = None
    title: str = ""
    year: int | None = None
    organisation: str = ""
    date: str = ""
    knowledge: Path | None = None
    model: str = "offline"
    base_url: str = ""
    out: Path = Path("out")
    lenient: bool = False
    decisions: Path | None = None
    """A draft whose decisions on adverse figures are taken over; None: that of the out folder."""
    fresh: bool = False
    """No decisions are taken over."""


def draft_summary(request: DraftRequest, *, steps: Steps = silent) -> "Outcome":
    """Reads the materials, writes the draft and its files; nothing is written on bad input."""
    settings = load_settings()
    with open_model(request.model, request.base_url, settings) as model:
        return _drafted(request, model, settings, steps)


def _drafted(
    request: DraftRequest, model: "Model | None", settings: Settings, steps: Steps
) -> "Outcome":
    from drafter.drafting import materials_for, write_draft
    from drafter.resuming import with_decisions

    table, facts = load_materials(request.indicators, request.facts, lenient=request.lenient)
    with open_knowledge(request.knowledge, settings) as base:
        assignment = assignment_for(request, table, facts, base)
        options = read_settings_options(settings)
        draft = write_draft(assignment, options=options, steps=steps, model=model)
        if not request.fresh:
            earlier, asked = request.decisions or request.out / "draft.json", request.decisions
            draft = with_decisions(
                draft, materials_for(assignment), earlier, asked=bool(asked), options=options
            )
    return write_files(draft, table, facts, request.out, settings)


def show_prompt(request: DraftRequest, section: int, instruction: str = "") -> "Request":
    """Exactly what a model would be sent for a section; nothing is sent or written."""
    from drafter.drafting import section_prompt

    settings = load_settings()
    table, facts = load_materials(request.indicators, request.facts, lenient=request.lenient)
    with open_knowledge(request.knowledge, settings) as base:
        assignment = assignment_for(request, table, facts, base)
        return section_prompt(assignment, load_prompts(settings), section, instruction)


@contextmanager
def open_model(
    model: str, base_url: str, settings: Settings, shelf: "Shelf | None" = None
) -> "Iterator[Model | None]":
    """The model that writes, for the length of an errand; None for `offline`.

    Args:
        model: `offline` or `openai:NAME`.
        base_url: Its address; '' takes the settings'.
        settings: Limits, prices, prompts.
        shelf: Where its answers are kept; None takes the settings' folder, if there is one.

    Raises:
        RequestError: the model or the address is not written as it should be.
    """
    if model == "offline":
        yield None
        return
    if not re.fullmatch(r"openai:\S+", model):
        raise RequestError(f"不认识的模型“{model}”：应为 offline 或 openai:模型名")
    from drafter.connecting import connected
    from drafter.writing.model.desk import Model

    book = load_prompts(settings)
    with connected(model, base_url, settings, shelf) as connection:
        yield Model(
            ask=connection.ask,
            name=connection.name,
            book=book,
            rounds=settings.model_rounds,
            context=settings.model_context,
            parallel=settings.model_parallel,
            stop=connection.endpoint.stop,
        )


def load_prompts(settings: Settings) -> "PromptBook":
    """The operator's prompt files, else those that come with the package."""
    from drafter.writing.prompting.book import PromptBook

    if settings.prompts is not None:
        return PromptBook(settings.prompts)
    package = Path(__file__).parent
    installed = package / "prompts"
    return PromptBook(installed if installed.is_dir() else package.parent / "prompts")


def assignment_for(
    request: DraftRequest, table: IndicatorTable, facts: FactList, base: "KnowledgeBase"
) -> "Assignment":
    """What a draft is made from: year, outline and past of the materials as read."""
    from drafter.drafting import Assignment
    from drafter.reading.summaries import read_summary
    from drafter.writing.planning import told_year

    precedent = request.precedent
    if precedent is None and request.outline is None and request.organisation:
        held = base.newest(request.organisation, before=request.year or table.year)
        precedent = held.path if held else None
    summary = read_summary(precedent, organisation=request.organisation) if precedent else None
    organisation = request.organisation or (summary.organisation if summary else "")
    past_year = told_year(summary) if summary else None
    past = _past_table(base, organisation, past_year)
    year = request.year or table.year or (past_year + 1 if past_year else None)
    if year is None:
        raise RequestError("看不出是哪一年的总结：指标表没有统计期，请用 --year 指明")
    older_headings = _older_headings(base, organisation, past_year)
    outline = _outline(request, summary, (table, facts), year, organisation)
    return Assignment(
        outline=outline,
        table=table,
        facts=facts,
        year=year,
        organisation=organisation,
        title=request.title or outline.title or f"{organisation}{year}年工作总结",
        date=request.date,
        last_year=summary.source if summary else "",
        past=past,
        past_year=past_year,
        older_headings=older_headings,
        search=_older_passages(base, organisation, summary.year if summary else year),
        settings={
            "indicators": [str(path) for path in request.indicators],
            "facts": [str(path) for path in request.facts],
            "precedent": str(request.precedent or (precedent.name if precedent else "")),
            "precedent_file": str(precedent) if precedent else "",
            "model": request.model,
            "outline": str(request.outline or ""),
            "knowledge": str(request.knowledge or ""),
            "written": "离线起草",
            "older_headings": list(older_headings),
        },
    )


def _older_passages(
    base: "KnowledgeBase", organisation: str, before: int | None
) -> "Search | None":
    """A search in this organisation's summaries older than the precedent; None if it has none."""
    names = {
        one.organisation for one in base.documents if one.year and before and one.year < before
    }
    if not organisation or before is None or not names:
        return None

    def search(text: str) -> tuple[Passage, ...]:
        found = base.search(text, organisation=organisation, before=before, k=6)
        return tuple(one for one in found if one.organisation == organisation)

    return search


def _older_headings(
    base: "KnowledgeBase", organisation: str, past_year: int | None
) -> tuple[str, ...]:
    """What the sections were called in the years before the precedent's."""
    if past_year is None or not organisation:
        return ()
    from drafter.reading.summaries import read_summary

    summaries = [read_summary(path) for path in base.older(organisation, before=past_year)]
    found = (one.heading for summary in summaries for one in summary.walk())
    return tuple(dict.fromkeys(heading.text for heading in found if heading is not None))


def past_tables(
    organisation: str, year: int, knowledge: Path | None, settings: Settings
) -> dict[int, IndicatorTable]:
    """The bureau's own tables of the years before, as far back as the knowledge base has them."""
    if not organisation:
        return {}
    with open_knowledge(knowledge, settings) as base:
        found = {past: _past_table(base, organisation, past) for past in range(year - YEARS, year)}
    return {past: table for past, table in found.items() if table is not None}


def _past_table(
    base: "KnowledgeBase", organisation: str, past_year: int | None
) -> IndicatorTable | None:
    """Last year's own table, which confirms what the precedent's numbers speak of."""
    if past_year is None or not organisation:
        return None
    from drafter.reading.tables import read_tables

    path = base.table(organisation, past_year)
    return read_tables([path], lenient=True) if path else None


def _outline(
    request: DraftRequest,
    summary: PastSummary | None,
    material: tuple[IndicatorTable, FactList],
    year: int,
    organisation: str,
) -> Outline:
    from drafter.writing.bare_outline import bare_outline
    from drafter.writing.planning import outline_from_summary, outline_from_yaml

    if request.outline is not None:
        text = read_outline_text(request.outline)
        return outline_from_yaml(text, year=year, organisation=organisation)
    if summary is not None:
        return outline_from_summary(summary, year)
    return bare_outline(*material, year=year, organisation=organisation)


def read_outline_text(path: Path) -> str:
    """The text of an outline file, in any encoding that occurs in China.

    Raises:
        UnreadableFileError: missing, empty, too large, or no text.
    """
    from drafter.reading.decoding import decode
    from drafter.reading.limits import check_file

    check_file(path, most=OUTLINE_BYTES)
    text = decode(path.read_bytes())
    if text is None:
        raise UnreadableFileError(str(path), "无法识别文字编码，请另存为 UTF-8 后再试")
    return text


def written_files(folder: Path) -> tuple[Path, Path, Path]:
    """Where the review copy, the data and the clean copy of a draft stand."""
    return folder / "draft.docx", folder / "draft.json", folder / "draft-clean.docx"


def write_files(
    draft: Draft, table: IndicatorTable, facts: FactList, out: Path, settings: Settings
) -> "Outcome":
    """Writes the files of a draft together, the clean copy only where nothing is open."""
    from drafter.draft_file import draft_bytes
    from drafter.drafting import folder_for
    from drafter.exporting.evidence import Sources
    from drafter.exporting.page import load_profile
    from drafter.exporting.word import Extras, clean_copy, review_copy
    from drafter.outcome import Outcome

    profile = load_profile(settings.page_profile)
    folder = folder_for(out)
    review, data, clean = written_files(folder)
    extras = Extras(ai_mark=settings.ai_mark)
    files = {
        review: review_copy(draft, Sources(table, facts), profile, extras),
        data: draft_bytes(draft),
    }
    if not draft.open_points:
        files[clean] = clean_copy(draft, profile, extras)
    # An older clean copy would pass for this draft's.
    write_together(files, obsolete=() if clean in files else (clean,))
    return Outcome(
        draft=draft,
        review=review,
        data=data,
        clean=None if draft.open_points else clean,
        names={row.id: row.name for row in table.rows},
    )
