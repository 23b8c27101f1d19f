"""What the offline writer carries from year to year: real reports, each drafted from the one before.

    python -m eval years FOLDER [--table CSV] [--every] [--out FILE]

FOLDER holds reports named PLACE_YEAR.txt. For each report with one of the same place before it a
draft of its year is written offline: the earlier report is the precedent (with --every each
earlier one), the table has this year's figures. Nobody supplies facts. Modes:

- `told`: figures from a csv with a column `report_year`, last year's rows as last year's table;
- `extracted`: figures taken out of this year's own report as `drafter extract` does, uncorrected,
  and no table of last year;
- `both`: the same, with last year's figures taken out of last year's report.

The carried clauses go into FILE, a JSON object a line, for a reader to judge: what is stale
cannot be counted by a program.
"""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from drafter.drafting import Assignment, write_draft
from drafter.preparing import extract_table
from drafter.reading.summaries import read_summary
from drafter.reading.tables import read_tables
from drafter.records.draft import Draft
from drafter.records.fact import FactList
from drafter.records.indicator import IndicatorTable
from drafter.records.outline import Outline
from drafter.writing.planning import outline_from_summary, told_year
from eval.carried import KINDS, CarriedClause, carried_clauses, past_clauses, told_sections

_NAMED = re.compile(r"(.+)_((?:19|20)\d\d)")
_REPORT_YEAR = "report_year"
MODES = ("told", "extracted", "both")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reports of one place; the later one is what the draft should become."""

    place: str
    earlier: Path
    later: Path

    @property
    def name(self) -> str:
        """海拉尔区 2012→2013."""
        return f"{self.place} {_year_of(self.earlier)}→{_year_of(self.later)}"


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft of a pair's later year."""

    pair: Pair
    mode: str
    draft: Draft
    outline: Outline
    table: IndicatorTable

    @property
    def carried(self) -> tuple[CarriedClause, ...]:
        """What it took over."""
        return carried_clauses(self.draft, self.outline, self.table)


def pairs(folder: Path, *, every: bool = False) -> tuple[Pair, ...]:
    """Each report with the one before it, or with every one before it; places in order."""
    places: dict[str, list[Path]] = {}
    for path in sorted(folder.glob("*.txt")):
        named = _NAMED.fullmatch(path.stem)
        if named:
            places.setdefault(named[1], []).append(path)
    return tuple(
        Pair(place, earlier, later)
        for place, paths in places.items()
        for earlier, later in (combinations(paths, 2) if every else pairwise(paths))
    )


def drafted(pair: Pair, mode: str, figures: Path | None) -> Drafted | None:
    """The draft of a pair; None where the csv has no row of its year.

    Args:
        pair: Two reports.
        mode: One of MODES.
        figures: The csv of `told`.
    """
    table, past = _tables(pair, mode, figures)
    if table is None:
        return None
    precedent, later = read_summary(pair.earlier), read_summary(pair.later)
    year = table.year if mode == "told" and table.year else told_year(later)
    if year is None:
        return None
    outline = outline_from_summary(precedent, year)
    assignment = Assignment(
        outline=outline,
        table=table,
        facts=FactList(),
        year=year,
        organisation=precedent.organisation,
        title=outline.title,
        past=past,
        past_year=told_year(precedent),
        settings={},
    )
    return Drafted(pair, mode, write_draft(assignment), outline, table)


def _tables(
    pair: Pair, mode: str, figures: Path | None
) -> tuple[IndicatorTable | None, IndicatorTable | None]:
    """This year's table and last year's, as the mode has them."""
    if mode == "told":
        if figures is None:
            return None, None
        return _rows_of(figures, _year_of(pair.later)), _rows_of(figures, _year_of(pair.earlier))
    return extracted(pair.later), extracted(pair.earlier) if mode == "both" else None


def _year_of(path: Path) -> str:
    return path.stem.rsplit("_", 1)[-1]


def extracted(report: Path) -> IndicatorTable:
    """The table of a report's own figures; rows that do not read are left aside."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{report.stem}.csv"
        extract_table(report, path)
        return read_tables([path], lenient=True)


def _rows_of(figures: Path, year: str) -> IndicatorTable | None:
    """The rows of one report; notes such as the sentence of origin stay out."""
    with figures.open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row.get(_REPORT_YEAR) == year]
    if not rows:
        return None
    heads = [name for name in rows[0] if name not in (_REPORT_YEAR, "sentence")]
    told = io.StringIO(newline="")
    writer = csv.DictWriter(told, heads, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{figures.stem}_{year}.csv"
        path.write_text(told.getvalue(), encoding="utf-8")
        return read_tables([path], lenient=True)


def report(
    folder: Path, figures: Path | None, output: Path | None, *, every: bool = False
) -> Iterator[str]:
    """A block of counts for each draft; the carried clauses are written to `output`."""
    beside = folder / "indicators.csv"
    chosen = figures or (beside if beside.exists() else None)
    lines: list[str] = []
    for pair in pairs(folder, every=every):
        for mode in MODES:
            made = drafted(pair, mode, chosen)
            if made is None:
                continue
            carried = made.carried
            yield from _counts(made, carried)
            lines += [_line(made, one) for one in carried]
    if output is not None:
        output.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        yield f"{len(lines)} carried clauses and headings in {output}"


def _line(made: Drafted, one: CarriedClause) -> str:
    told = {"draft": made.pair.name, "mode": made.mode, **one.as_json()}
    return json.dumps(told, ensure_ascii=False)


def _counts(made: Drafted, carried: Sequence[CarriedClause]) -> Iterator[str]:
    draft = made.draft
    past = [clause for section in told_sections(made.outline) for clause in past_clauses(section)]
    whole = {(id(clause.block), clause.sentence) for clause in past}
    kinds = Counter(one.kind for one in carried)
    findings = [
        one for section in draft.sections for one in section.findings if one.kind == "number"
    ]
    proven = sum(one.verdict in ("supported", "derived") for one in findings)
    unused = len(draft.unused_indicators)
    yield f"{made.pair.name} {made.mode}, told year {draft.year}, {len(made.table.rows)} rows"
    yield (
        f"  precedent: {len(whole)} sentences, {len(past)} clauses; sentences with a carried clause "
        f"{len({one.past for one in carried if one.kind != 'heading'})}"
    )
    yield "  carried: " + ", ".join(f"{kind} {kinds[kind]}" for kind in KINDS)
    yield (
        f"  left out {len(draft.left_out)}, questions {len(draft.questions)}, rows not used {unused}"
    )
    yield (
        f"  figures: proven {proven}, open {sum(one.is_open and one.blocking for one in findings)}; "
        f"issues: error {_issues(draft, 'error')}, warning {_issues(draft, 'warning')}"
    )


def _issues(draft: Draft, level: str) -> int:
    return sum(one.level == level for one in draft.issues)
