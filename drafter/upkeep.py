"""Errands on a draft that exists: export it, refresh it, recast it, put it back.

A draft file names the tables and facts that it was made from; they are read again unless others
are given, so that whatever is written is judged against what stands in the files now.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from drafter.assembly import (
    DraftRequest,
    assignment_for,
    load_materials,
    open_knowledge,
    open_model,
    past_tables,
    read_settings_options,
    write_files,
    written_files,
)
from drafter.errors import MaterialError, RequestError
from drafter.outcome import with_notes
from drafter.records.draft import Draft
from drafter.records.fact import FactList
from drafter.records.indicator import Indicator, IndicatorTable
from drafter.records.step import Step, Steps, silent
from drafter.settings import Settings, load_settings
from drafter.storing import kept_aside

if TYPE_CHECKING:
    from drafter.explaining import Explained
    from drafter.exporting.attachments import Attachments
    from drafter.exporting.signoff import Sheet
    from drafter.keeping import ByIdentity
    from drafter.outcome import Outcome
    from drafter.recasting import Recast, RecastRequest
    from drafter.records.comparison import Comparison
    from drafter.records.draft import Decision
    from drafter.records.returned import Returned
    from drafter.rereading import Reread, RereadRequest
    from drafter.rewriting import RewriteRequest, Rewritten
    from drafter.writing.references import Materials


def export_draft(
    file: Path,
    *,
    clean: bool,
    output: Path | None,
    with_table: bool = False,
    with_charts: bool = False,
) -> Path:
    """Writes the Word copy of a draft file; a clean one only when nothing is open.

    Args:
        file: The `draft.json`.
        clean: The copy to print; else the one to review.
        output: The `.docx`; beside the draft by default.
        with_table: Attach the year's table.
        with_charts: Attach figures of several years, where the knowledge base has their tables.

    Raises:
        RefusedError: A clean copy was asked for while something is open.
        RequestError: Charts were asked for, and no section has a series of years.
    """
    from drafter.draft_file import read_draft
    from drafter.exporting.page import load_profile
    from drafter.exporting.word import Extras, write_clean, write_review

    draft, settings = read_draft(file), load_settings()
    profile = load_profile(settings.page_profile)
    target = output or file.with_name(f"{file.stem}{'-clean' if clean else ''}.docx")
    needed = with_table or with_charts or not clean
    table, facts = materials_of(draft, (), ()) if needed else (None, None)
    attachments = _attachments(draft, table, settings, with_table, with_charts)
    extras = Extras(attachments, settings.ai_mark)
    if clean:
        write_clean(draft, target, profile=profile, extras=extras)
        return target
    write_review(draft, target, profile=profile, table=table, facts=facts, extras=extras)
    return target


def _attachments(
    draft: Draft,
    table: IndicatorTable | None,
    settings: Settings,
    with_table: bool,
    with_charts: bool,
) -> "Attachments":
    from drafter.exporting.attachments import Attachments
    from drafter.trends import FEWEST_YEARS, series_of

    if table is None or not with_charts:
        return Attachments(table if with_table else None)
    knowledge = str(draft.settings.get("knowledge", ""))
    past = past_tables(
        draft.organisation, draft.year, Path(knowledge) if knowledge else None, settings
    )
    series = series_of(draft, table, past)
    if not series:
        raise RequestError(
            f"没有可画历年图的指标：同名、同单位、同口径、同月份的数至少要有{FEWEST_YEARS}年，"
            f"知识库中有{len(past)}年的指标表（用 drafter ingest 存入往年指标表后再试）"
        )
    return Attachments(table if with_table else None, series)


def explain_draft(
    file: Path, tables: Sequence[Path], facts: Sequence[Path]
) -> tuple[Draft, tuple["Explained", ...]]:
    """What carries each sentence of a draft file, by the tables it was made from or those given."""
    from drafter.draft_file import read_draft
    from drafter.explaining import explained
    from drafter.verification.facts.lexicon import load_lexicon

    draft = read_draft(file)
    table, fact_list = materials_of(draft, tables, facts)
    return draft, explained(draft, table, fact_list, load_lexicon(load_settings().standing))


def materials_of(
    draft: Draft, tables: Sequence[Path], facts: Sequence[Path]
) -> tuple[IndicatorTable, FactList]:
    """The materials of a draft: those given now, else the files that it was made from."""
    indicator_files = tuple(tables) or files_of(draft, "indicators")
    fact_files = tuple(facts) or files_of(draft, "facts")
    table, fact_list = load_materials(indicator_files, fact_files, lenient=True)
    return with_refs_of(draft, table), fact_list


def printed_with(draft: Draft, table: IndicatorTable, facts: FactList) -> "Materials":
    """What a draft's templates are printed with; the table has the draft's references."""
    from drafter.writing.references import Materials

    return Materials(table, facts, draft.year, draft.organisation, draft.title, last_year_of(draft))


def read_copy(file: Path, draft: Draft) -> "Returned":
    """A Word copy of a draft without the bracketed words and the last part that are no text of it.

    Raises:
        UnreadableFileError: It is no sound Word document.
    """
    from drafter.exporting.appendix import HEADING
    from drafter.exporting.review import inserted_words
    from drafter.reading.returned import read_returned

    return read_returned(file, notes=inserted_words(draft), appendices=(HEADING,))


def files_of(draft: Draft, name: str) -> tuple[Path, ...]:
    """The files of a kind that a draft was made from.

    Raises:
        MaterialError: some are no longer there.
    """
    given = draft.settings.get(name)
    paths = [Path(str(one)) for one in given] if isinstance(given, list | tuple) else []
    missing = [path.name for path in paths if not path.exists()]
    if missing:
        raise MaterialError(
            f"草稿所用的文件已不在原处：{'、'.join(missing)}；请用 --indicators、--facts 重新给出"
        )
    return tuple(paths)


def last_year_of(draft: Draft) -> str:
    """The text of the summary that the draft follows; '' where it follows none, or it has gone."""
    path = _precedent_of(draft)
    if path is None or not path.exists():
        return ""
    state = path.stat()
    return _text_of(path, state.st_ino, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=16)
def _text_of(path: Path, *_state: int) -> str:
    """A file's text, as long as the file is the same one."""
    from drafter.reading.texts import read_text

    return read_text(path)


def _precedent_of(draft: Draft) -> Path | None:
    file = str(draft.settings.get("precedent_file", ""))
    return Path(file) if file else None


def _told(draft: Draft, before: Draft, *notes: str) -> Draft:
    """The draft with what an officer is told of this errand."""
    from drafter.attesting import ended

    path = _precedent_of(draft)
    gone = path is not None and not path.exists()
    missing = [f"往年总结“{path.name}”已不在原处，未与去年印发的数对照"] if path and gone else []
    return with_notes(draft, (*notes, *missing, *ended(before, draft)))


def with_refs_of(draft: Draft, table: IndicatorTable) -> IndicatorTable:
    """The table with the references that the draft's templates use, found by key.

    A row whose status alone has changed (快报 to 核定) is the same row, and so is one that gives
    its former name as an alias. Rows that the draft does not know get references of their own.
    The same for the same: what is worked out of a table is kept by the table itself.
    """
    from drafter.keeping import ByIdentity

    refs = tuple((ref, tuple(key)) for ref, key in draft.refs.items())
    return _with_refs(refs, ByIdentity(table))


@lru_cache(maxsize=16)
def _with_refs(
    refs: tuple[tuple[str, tuple[str, ...]], ...], held: "ByIdentity[IndicatorTable]"
) -> IndicatorTable:
    table = held.value
    current = [row for row in table.rows if row.id not in table.overruled]
    by_key = {row.key: row for row in current}
    loose: dict[tuple[str, ...], list[Indicator]] = {}
    for row in current:
        loose.setdefault(row.key[:-1], []).append(row)
    renamed: dict[tuple[str, ...], Indicator] = {
        (alias, *row.key[1:-1]): row for row in current for alias in row.aliases
    }
    chosen: dict[str, str] = {}
    for ref, key in refs:
        exact = by_key.get(cast("tuple[str, str, str, str, str, str]", key))
        alike = loose.get(key[:-1], [])
        found = exact or (alike[0] if len(alike) == 1 else None) or renamed.get(key[:-1])
        if found is not None and found.id not in chosen:
            chosen[found.id] = ref
    taken = {ref for ref, _ in refs}
    rows = []
    for row in table.rows:
        ref = chosen.get(row.id, row.ref)
        if row.id not in chosen:
            while ref in taken:
                ref += "_"
        taken.add(ref)
        rows.append(replace(row, ref=ref))
    return replace(table, rows=tuple(rows))


def refresh_draft(
    file: Path,
    tables: Sequence[Path],
    facts: Sequence[Path],
    out: Path,
    *,
    lenient: bool = False,
) -> "Outcome":
    """Sets a draft's templates with a new revision of its table; no wording changes.

    A row that has vanished leaves its numbers open; what no longer reads right is a finding.
    """
    from drafter.draft_file import read_draft
    from drafter.drafting import refreshed

    settings = load_settings()
    draft = read_draft(file)
    fact_files = tuple(facts) or files_of(draft, "facts")
    read, fact_list = load_materials(tables, fact_files, lenient=lenient)
    table = with_refs_of(draft, read)
    options = read_settings_options(settings)
    renewed = _told(
        refreshed(
            draft,
            table,
            fact_list,
            tables,
            fact_files,
            last_year=last_year_of(draft),
            options=options,
        ),
        draft,
    )
    return write_files(renewed, table, fact_list, out, settings)


def recast_draft(
    file: Path,
    request: "RecastRequest | None",
    tables: Sequence[Path],
    facts: Sequence[Path],
    out: Path,
    *,
    force: bool = False,
    steps: Steps = silent,
) -> "tuple[Recast, Outcome]":
    """Makes a draft shorter or puts it in another order, without a model; or undoes that.

    Args:
        file: The `draft.json`.
        request: What is asked; None puts back what the last recast changed.
        tables: The tables; () takes those that the draft was made from.
        facts: The fact lists, likewise.
        out: Folder for the files.
        force: Put back also where sections have been changed since.
        steps: Told of each round.
    """
    from drafter.draft_file import read_draft
    from drafter.recasting import recast, restored

    settings = load_settings()
    draft = read_draft(file)
    table, fact_list = materials_of(draft, tables, facts)
    materials = printed_with(draft, table, fact_list)
    options = read_settings_options(settings)
    if request is None:
        done = restored(draft, materials, force=force, options=options)
    else:
        done = recast(draft, materials, request, options=options, steps=steps)
    return done, write_files(_told(done.draft, draft), table, fact_list, out, settings)


def rewrite_draft(
    file: Path,
    request: "RewriteRequest",
    writer: tuple[str, str],
    tables: Sequence[Path],
    facts: Sequence[Path],
    out: Path,
    *,
    steps: Steps = silent,
) -> "tuple[Rewritten, Outcome]":
    """Writes one section or sentence of a draft file again; the rest stays byte for byte.

    Args:
        file: The `draft.json`.
        request: Which part, and how.
        writer: Model (offline or openai:NAME) and address.
        tables: The tables; () takes those that the draft was made from.
        facts: The fact lists, likewise.
        out: Folder for the files.
        steps: Told that the model is at work.
    """
    from drafter.draft_file import read_draft
    from drafter.rewriting import rewrite

    settings = load_settings()
    draft = read_draft(file)
    table, fact_list = materials_of(draft, tables, facts)
    made = _made_from(draft)
    options = read_settings_options(settings)
    with (
        open_model(*writer, settings) as model,
        open_knowledge(made.knowledge, settings) as base,
    ):
        assignment = replace(
            assignment_for(made, table, fact_list, base),
            organisation=draft.organisation,
            title=draft.title,
        )
        steps(Step(0, 1, "改写"))
        done = rewrite(draft, assignment, request, model, options)
    return done, write_files(_told(done.draft, draft, *done.notes), table, fact_list, out, settings)


def reread_draft(
    file: Path,
    edited: Path,
    request: "RereadRequest",
    tables: Sequence[Path],
    facts: Sequence[Path],
    out: Path,
) -> "tuple[Reread, Outcome]":
    """Takes an edited Word copy back into its draft and judges what was changed.

    Args:
        file: The `draft.json`.
        edited: The copy as it came back; it is kept, also where its name is that of a new copy.
        request: Who gave it back, and why.
        tables: The tables; () takes those that the draft was made from.
        facts: The fact lists, likewise.
        out: Folder for the files.
    """
    from drafter.draft_file import read_draft
    from drafter.exporting.review import COMMENT_AUTHOR
    from drafter.rereading import reread

    settings = load_settings()
    draft = read_draft(file)
    table, fact_list = materials_of(draft, tables, facts)
    copy = read_copy(edited, draft)
    materials = printed_with(draft, table, fact_list)
    done = reread(
        draft,
        copy,
        materials,
        request,
        read_settings_options(settings),
        ours=COMMENT_AUTHOR,
    )
    kept = kept_aside(edited, written_files(out))
    notes = [f"改回的文件另存为{kept.name}"] if kept else []
    told = _told(done.draft, draft, *done.notes, *notes)
    return done, write_files(told, table, fact_list, out, settings)


def signoff_sheets(
    file: Path,
    tables: Sequence[Path],
    facts: Sequence[Path],
    output: Path | None,
    department: str = "",
) -> "tuple[Path, tuple[Sheet, ...]]":
    """Writes 核对单 of a draft file, for each 股室 or for one.

    Args:
        file: The `draft.json`.
        tables: The tables; () takes those that the draft was made from.
        facts: The fact lists, likewise.
        output: The `.docx`; 核对单.docx beside the draft by default.
        department: Of one 股室 alone; '' for all.
    """
    from drafter.draft_file import read_draft
    from drafter.exporting.evidence import Sources
    from drafter.exporting.page import load_profile
    from drafter.exporting.word import write_signoff

    draft = read_draft(file)
    sources = Sources(*materials_of(draft, tables, facts))
    profile = load_profile(load_settings().page_profile)
    target = output or file.with_name(f"核对单{'-' if department else ''}{department}.docx")
    return target, write_signoff(draft, target, sources, profile=profile, department=department)


def compare_drafts(
    before: Path, after: Path, output: Path, *, by: str = "", reason: str = ""
) -> "Comparison":
    """Writes the marked comparison of two draft files (花脸稿).

    Args:
        before: The earlier `draft.json`, or a Word copy of the other file's draft.
        after: The later one, likewise.
        output: The `.docx` to write.
        by: Who made the changes that nobody is recorded for.
        reason: Why, likewise.

    Raises:
        RequestError: neither file is a draft.
    """
    from drafter.exporting.body import signature_date
    from drafter.exporting.page import load_profile
    from drafter.exporting.word import write_comparison
    from drafter.marking import marked

    first, second = _both(before, after)
    dates = (signature_date(first.date), signature_date(second.date))
    comparison = marked(first, second, by=by, reason=reason, date=dates)
    profile = load_profile(load_settings().page_profile)
    write_comparison(comparison, second, output, profile=profile)
    return comparison


def _both(before: Path, after: Path) -> tuple[Draft, Draft]:
    """Two drafts; a Word copy is recognised by the draft that the other file is."""
    from drafter.draft_file import read_draft
    from drafter.rereading import as_the_copy_has_it

    files = (before, after)
    drafts = [read_draft(one) if one.suffix.lower() == ".json" else None for one in files]
    known = next((one for one in drafts if one is not None), None)
    if known is None:
        raise RequestError("两个文件中至少要有一个是 draft.json，Word 文件要靠它对照板块")
    first, second = (
        one if one is not None else as_the_copy_has_it(known, read_copy(path, known))
        for path, one in zip(files, drafts, strict=True)
    )
    return first, second


def _made_from(draft: Draft) -> DraftRequest:
    """What a draft was asked for, as far as it still can be."""
    precedent, outline = _precedent_of(draft), str(draft.settings.get("outline", ""))
    knowledge = str(draft.settings.get("knowledge", ""))
    found = precedent if precedent is not None and precedent.exists() else None
    given = Path(outline) if outline and Path(outline).exists() else None
    return DraftRequest(
        indicators=(),
        precedent=found,
        outline=given,
        title=draft.title,
        year=draft.year,
        # Without a precedent none is to be looked for now: the draft had none.
        organisation=draft.organisation if found or given else "",
        date=draft.date,
        knowledge=Path(knowledge) if knowledge else None,
    )


def decide_draft(
    file: Path, decision: "Decision", tables: Sequence[Path], facts: Sequence[Path], out: Path
) -> "Outcome":
    """Records where a named person wants an adverse figure, and acts on it."""
    from drafter.deciding import decide
    from drafter.draft_file import read_draft

    settings = load_settings()
    draft = read_draft(file)
    table, fact_list = materials_of(draft, tables, facts)
    materials = printed_with(draft, table, fact_list)
    options = read_settings_options(settings)
    decided = _told(decide(draft, materials, decision, options=options), draft)
    return write_files(decided, table, fact_list, out, settings)


def attest_draft(
    file: Path,
    claim: str,
    by: str,
    reason: str,
    tables: Sequence[Path],
    facts: Sequence[Path],
    out: Path,
) -> "Outcome":
    """Records that a named person vouches for a claim that nothing proves.

    Args:
        file: The `draft.json`.
        claim: Id of the claim, as `claims_of` lists them.
        by: Who vouches.
        reason: On what ground.
        tables: The tables; () takes those that the draft was made from.
        facts: The fact lists, likewise.
        out: Folder for the files.
    """
    from drafter.attesting import attest
    from drafter.draft_file import read_draft

    draft = read_draft(file)
    table, fact_list = materials_of(draft, tables, facts)
    vouched = _told(attest(draft, claim, by, reason), draft)
    return write_files(vouched, table, fact_list, out, load_settings())


def claims_of(file: Path) -> tuple[tuple[str, str], ...]:
    """Ids and words of what is open in a draft file."""
    from drafter.attesting import claims
    from drafter.draft_file import read_draft

    return claims(read_draft(file))
