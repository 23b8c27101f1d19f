"""Errands before a draft: past texts into the knowledge base, tables and facts out of texts.

Also what is laid beside them: an empty table with last year's names, last year's promises.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from drafter.assembly import load_materials, open_knowledge
from drafter.errors import MaterialError, RequestError
from drafter.records.fact import FactList
from drafter.records.indicator import IndicatorTable
from drafter.records.step import Step, Steps, silent
from drafter.storing import write_whole

if TYPE_CHECKING:  # only names for types: the parts themselves are imported by their errands
    from drafter.knowledge.base import IngestReport
    from drafter.records.promise import Promise
    from drafter.records.proposal import Gathered

SUMMARIES = (".docx", ".txt")
TABLES = (".xlsx", ".csv", ".json")


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
        counts = (
            f"新增{len(report.added)}份，未变{len(report.unchanged)}份，共{report.passages}个段落"
        )
        lines = [f"知识库：{counts}；往年指标表{len(self.tables)}份"]
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
    wait: float = 5.0,
    steps: Steps = silent,
) -> IngestOutcome:
    """Takes past summaries and past tables into the knowledge base; folders are walked.

    `wait` is for how many seconds another user of the base is waited for.
    """
    from drafter.reading.summaries import read_summary
    from drafter.reading.tables import read_tables

    files = list(_files(paths))
    documents = [file for file in files if file.suffix.lower() in SUMMARIES]
    tables = [file for file in files if file.suffix.lower() in TABLES]
    if not files:
        raise MaterialError("没有可收入的文件：应为 txt、docx 的总结或 xlsx、csv、json 的指标表")
    # Read before anything is taken in: a table that cannot be used refuses the whole ingest.
    read_already = [(path, read_tables([path], lenient=True)) for path in tables]
    years = [(path, year or _table_year(path, table.year)) for path, table in read_already]
    done = 0

    def read(path: Path) -> Any:
        nonlocal done
        steps(Step(done, len(files), path.name))
        done += 1
        return read_summary(path, organisation=organisation, year=year)

    with open_knowledge(folder, wait=wait) as base:
        report = base.ingest_files(
            documents, read, organisation=organisation, year=year, override=force
        )
        for table, of_year in years:
            base.add_table(organisation, of_year, table)
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


def _table_year(path: Path, found: int | None) -> int:
    """The year in the file's name, else the latest year of its rows."""
    named = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", path.stem)
    if len(set(named)) == 1:
        return int(named[0])
    if found is None:
        raise RequestError(f"“{path.name}”中没有统计期，请用 --year 指明年份")
    return found


def extract_table(file: Path, output: Path) -> int:
    """Writes a past summary's figures as a csv table; returns how many rows."""
    import csv
    import io

    from drafter.reading.summaries import read_summary
    from drafter.writing.extracting import HEAD, extract_rows, without_formulas

    rows = extract_rows(read_summary(file))
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(HEAD)
    writer.writerows(without_formulas([row.get(name, "") for name in HEAD]) for row in rows)
    write_whole(output, stream.getvalue().encode("utf-8-sig"))
    return len(rows)


def gather_facts(
    paths: Sequence[Path], output: Path, *, year: int | None, steps: Steps = silent
) -> "Gathered":
    """Writes what this year's material proposes for the fact list, each row to be confirmed.

    A list that stands there already is kept; only what it lacks goes below.
    """
    from drafter.exporting.blank_table import write_proposals
    from drafter.reading.facts import read_facts
    from drafter.reading.summaries import read_summary
    from drafter.writing.gathering import as_row, gather

    texts = []
    for number, path in enumerate(paths):
        steps(Step(number, len(paths), path.name))
        texts.append(read_summary(path))
    known = read_facts([output], lenient=True) if output.exists() else FactList()
    listed = [one.text for one in (*known.facts, *known.pending)]
    gathered = gather(texts, year=year, listed=listed)
    write_proposals(output, [as_row(one) for one in gathered.proposals])
    return gathered


def kept_promises(
    precedent: Path,
    tables: Sequence[Path],
    facts: Sequence[Path],
    output: Path | None,
    *,
    lenient: bool = False,
) -> "tuple[Promise, ...]":
    """Last year's goals and problems beside this year's result; written as a workbook if asked."""
    from drafter.exporting.promise_table import write_promises
    from drafter.reading.summaries import read_summary
    from drafter.writing.promises import promises

    table, fact_list = load_materials(tables, facts, lenient=lenient)
    found = promises(read_summary(precedent), table, fact_list)
    if output is not None:
        write_promises(output, found)
    return found


def blank_table_from(source: Path) -> IndicatorTable:
    """Last year's rows for an empty table: from a table, or extracted from a summary."""
    import tempfile

    from drafter.reading.tables import read_tables

    if source.suffix.lower() in TABLES:
        return read_tables([source])
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / f"{source.stem}.csv"
        extract_table(source, table)
        return read_tables([table], lenient=True)
