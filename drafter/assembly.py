"""The one place that picks real parts: files, knowledge base, writer, Word.

Everything above it (command line, service, evaluation) asks here for an errand; everything
below it knows only values. Heavy parts are imported where an errand needs them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from drafter.errors import MaterialError, RequestError
from drafter.records.fact import FactList
from drafter.records.indicator import IndicatorTable
from drafter.settings import Settings, api_key, load_settings

if TYPE_CHECKING:  # only names for types: the parts themselves are imported by their errands
    from drafter.knowledge.base import IngestReport, KnowledgeBase
    from drafter.knowledge.embedders import Embedder
    from drafter.verification import Options

Steps = Callable[[int, int, str], None]
SUMMARIES = (".docx", ".txt")
TABLES = (".xlsx", ".csv", ".json")


def silent(done: int, total: int, what: str) -> None:
    """Progress that nobody watches."""


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
    return Options(open_dates_fail=chosen.open_dates_fail)


def open_knowledge(folder: Path | None, settings: Settings | None = None) -> "KnowledgeBase":
    """The knowledge base at a folder, or where the settings say."""
    from drafter.knowledge.base import KnowledgeBase

    chosen = settings or load_settings()
    return KnowledgeBase.open(
        folder or chosen.knowledge, _embedder(chosen), threshold=chosen.quality_threshold
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


@dataclass(frozen=True, slots=True)
class IngestOutcome:
    """What an ingest did, for people and programs."""

    report: "IngestReport"
    tables: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "added": list(self.report.added),
            "unchanged": list(self.report.unchanged),
            "removed": list(self.report.removed),
            "quarantined": [
                {"name": one.name, "reason": one.reason} for one in self.report.quarantined
            ],
            "tables": list(self.tables),
            "passages": self.report.passages,
        }

    def in_words(self) -> str:
        """For the officer."""
        report = self.report
        lines = [
            f"知识库：新增{len(report.added)}份，未变{len(report.unchanged)}份，"
            f"共{report.passages}个段落；往年指标表{len(self.tables)}份"
        ]
        lines += [
            f"  未收入“{one.name}”：{one.reason}（确需收入请加 --force）"
            for one in report.quarantined
        ]
        return "\n".join(lines)


def ingest_paths(
    paths: Sequence[Path],
    *,
    organisation: str,
    year: int | None,
    folder: Path | None,
    force: bool = False,
    steps: Steps = silent,
) -> IngestOutcome:
    """Takes past summaries and past tables into the knowledge base; folders are walked."""
    from drafter.reading.summaries import read_summary

    files = list(_files(paths))
    documents = [file for file in files if file.suffix.lower() in SUMMARIES]
    tables = [file for file in files if file.suffix.lower() in TABLES]
    if not files:
        raise MaterialError("没有可收入的文件：应为 txt、docx 的总结或 xlsx、csv、json 的指标表")
    done = 0

    def read(path: Path) -> Any:
        nonlocal done
        steps(done, len(files), path.name)
        done += 1
        return read_summary(path, organisation=organisation, year=year)

    with open_knowledge(folder) as base:
        report = base.ingest_files(
            documents, read, organisation=organisation, year=year, override=force
        )
        for table in tables:
            base.add_table(organisation, year or _table_year(table), table)
    return IngestOutcome(report, tuple(table.name for table in tables))


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            inside = sorted(file for file in path.rglob("*") if file.is_file())
            yield from (
                file
                for file in inside
                if file.suffix.lower() in SUMMARIES + TABLES and not file.name.startswith("~$")
            )
        else:
            yield path


def _table_year(path: Path) -> int:
    from drafter.reading.tables import read_tables

    year = read_tables([path]).year
    if year is None:
        raise RequestError(f"“{path.name}”中没有统计期，请用 --year 指明年份")
    return year
