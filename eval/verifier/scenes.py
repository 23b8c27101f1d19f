"""Clean texts with their tables, and the claims that operators may corrupt."""

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from drafter.reading.tables import read_tables
from drafter.reading.texts import read_text
from drafter.records.claim import Finding
from drafter.records.indicator import Cell, Indicator, IndicatorTable
from drafter.verification import verify
from eval.bureau import SAMPLE
from eval.verifier.falsity import cell_says, is_true_of_several
from eval.verifier.quantities import Said, read_claim

_ROOT = Path(__file__).parent.parent.parent
BUREAUS = _ROOT / "tests" / "bureaus"
_CLAUSE_END = "，。；：！？\n"
_SENTENCE_END = "。！？\n"


@dataclass(frozen=True, slots=True)
class Gold:
    """A claim that a person bound: its place, the row by its position, the field."""

    start: int
    end: int
    row: int
    field: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A clean text and the table that proves it; `gold` where people wrote its claims down."""

    name: str
    text: str
    table: IndicatorTable
    gold: tuple[Gold, ...] | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim that is proved in the clean text."""

    start: int
    end: int
    row: Indicator
    field: str
    """A column, `period`, or '' for a figure derived from `operands`."""
    operands: tuple[Indicator, ...] = ()
    said: Said | None = None
    """As the proof's own reader reads it; None where it gives up or sees no truth in it."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A text with all its proved claims, in order of place."""

    pair: Pair
    number: int
    claims: tuple[Claim, ...]

    @property
    def text(self) -> str:
        """The clean text."""
        return self.pair.text

    @property
    def table(self) -> IndicatorTable:
        """The table."""
        return self.pair.table

    def clause(self, place: int) -> tuple[int, int]:
        """Bounds of the clause around a place."""
        return _around(self.text, place, _CLAUSE_END)

    def sentence(self, place: int) -> tuple[int, int]:
        """Bounds of the sentence around a place, without its full stop."""
        return _around(self.text, place, _SENTENCE_END)


@dataclass(frozen=True, slots=True)
class Case:
    """One claim as an operator sees it."""

    scene: Scene
    claim: Claim
    chance: random.Random

    @property
    def text(self) -> str:
        """The clean text."""
        return self.scene.text

    @property
    def words(self) -> str:
        """The claim's own words."""
        return self.text[self.claim.start : self.claim.end]

    @property
    def before(self) -> str:
        """The clause up to the claim."""
        return self.text[self.scene.clause(self.claim.start)[0] : self.claim.start]

    @property
    def lead(self) -> str:
        """What stands between the claim before in its clause and the claim."""
        start = self.scene.clause(self.claim.start)[0]
        ends = [one.end for one in self.scene.claims if start <= one.end <= self.claim.start]
        return self.text[max([start, *ends]) : self.claim.start]

    @property
    def after(self) -> str:
        """The clause behind the claim."""
        return self.text[self.claim.end : self.scene.clause(self.claim.end)[1]]


def _around(text: str, place: int, ends: str) -> tuple[int, int]:
    start = max(text.rfind(mark, 0, place) for mark in ends) + 1
    stops = [at for mark in ends if (at := text.find(mark, place)) >= 0]
    return start, min(stops, default=len(text))


def read_pair(text: Path, table: Path) -> Pair:
    """A pair from two files."""
    return Pair(text.name, read_text(text), read_tables([table]))


def own_pairs() -> tuple[Pair, ...]:
    """The sample bureau's summaries with their tables."""
    return tuple(
        read_pair(
            next(iter(sorted((SAMPLE / "summaries").glob(f"{year}*")))),
            SAMPLE / "tables" / f"{year}年指标表.xlsx",
        )
        for year in (2021, 2022, 2023)
    )


def bureau_pairs() -> tuple[Pair, ...]:
    """The invented bureaus of the tests, with the claims that people bound."""
    return tuple(_bureau(path) for path in sorted(BUREAUS.glob("*.gold.json")))


def _bureau(path: Path) -> Pair:
    name = path.name.removesuffix(".gold.json")
    (table,) = [
        one
        for one in BUREAUS.glob(f"{name}*")
        if one.suffix in (".csv", ".xlsx") or one.name.endswith("_table.json")
    ]
    gold = tuple(
        Gold(one["start"], one["end"], one["row"], one["field"])
        for one in json.loads(path.read_text(encoding="utf-8"))
        if "row" in one
    )
    return Pair(name, read_text(BUREAUS / f"{name}.txt"), read_tables([table]), gold)


def set_up(pairs: Sequence[Pair]) -> tuple[Scene, ...]:
    """Scenes with their proved claims, in order.

    Gold claims say themselves what they speak of. Elsewhere the row is the one that the verifier
    named in the clean text; a claim whose words the proof's own reader does not find true of that
    row is left out of the operators on numbers (`said` is None).
    """
    return tuple(Scene(pair, at, tuple(_claims(pair))) for at, pair in enumerate(pairs))


def _claims(pair: Pair) -> Iterator[Claim]:
    findings = [one for one in verify(pair.text, pair.table).findings if not one.is_open]
    for finding in findings:
        row, field = _subject(finding, pair)
        if row is None:
            continue
        operands = tuple(_rows_of(finding.evidence, pair.table)) if not field else ()
        said = read_claim(pair.text[finding.start : finding.end])
        if said is not None and not _true(said, row, field, operands):
            said = None
        yield Claim(finding.start, finding.end, row, field, operands, said)


def _subject(finding: Finding, pair: Pair) -> tuple[Indicator | None, str]:
    """The row and field: by the gold where there is one, else by the verifier."""
    field = "" if finding.verdict == "derived" else finding.field or ""
    row = pair.table.by_id(finding.indicator or "")
    if pair.gold is None or field in ("", "period"):
        return row, field
    for one in pair.gold:
        if one.start < finding.end and finding.start < one.end:
            return pair.table.rows[one.row], "" if one.field == "*" else one.field
    return None, ""


def _true(said: Said, row: Indicator, field: str, operands: Sequence[Indicator]) -> bool:
    figure = next((figure for name, figure in row.figures() if name == field), None)
    if figure is not None:
        return cell_says(said, row, field, figure)
    return bool(operands) and is_true_of_several(said, operands)


def _rows_of(cells: Sequence[Cell], table: IndicatorTable) -> Iterator[Indicator]:
    places = {(one.file, one.sheet, one.cell) for one in cells}
    for row in table.rows:
        for _, figure in row.figures():
            cell = figure.cell
            if (cell.file, cell.sheet, cell.cell) in places:
                yield row
                break


_NAME_TAIL = re.compile(r"(?<!总)(?:数|额|次数|人数|场次)$")


def spoken_name(name: str) -> str:
    """A name as texts say it: 新增企业数 is 新增企业 in 新增企业14家."""
    return _NAME_TAIL.sub("", name)
