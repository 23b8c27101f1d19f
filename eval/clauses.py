"""Whether the offline writer carries the right clauses: its choice beside a reader's, clause by clause.

The labels are a reader's, made without the tool's answer in the sense of DESIGN §5: D and R may stand
in next year's text, E P Q G J may not. Gold holds places in files, never their words.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from drafter.reading.summaries import read_summary
from drafter.reading.tables import read_tables
from drafter.records.indicator import IndicatorTable
from drafter.verification.facts.wordlists import load_words
from drafter.writing.carrying import Circumstances, carry
from drafter.writing.clauses import Refusal
from drafter.writing.precedent import Clause, read_clauses
from eval.shares import interval

GOLD = Path(__file__).parent.parent / "tests" / "gold" / "clauses.json"
OWN = Path(__file__).parent.parent / "knowledge_base"
INVENTED = Path(__file__).parent.parent / "tests" / "bureaus"
MAY_STAND = frozenset("DR")


@dataclass(frozen=True, slots=True)
class Choice:
    """A clause, the reader's label and what the writer does with it."""

    file: str
    text: str
    label: str
    carried: bool
    reason: str

    @property
    def wrong(self) -> bool:
        """Carried although it must not stand."""
        return self.carried and self.label not in MAY_STAND


def choices(corpus: Path | None) -> tuple[Choice, ...]:
    """The writer's choice for every labelled clause whose file is at hand."""
    labels: dict[str, dict[tuple[int, int], str]] = {}
    for one in json.loads(GOLD.read_text(encoding="utf-8")):
        labels.setdefault(one["file"], {})[one["start"], one["end"]] = one["label"]
    found: list[Choice] = []
    for name, places in labels.items():
        path = _path(name, corpus)
        if path is not None:
            found += [
                Choice(name, clause.text, places[clause.origin], *_choice(clause, around))
                for clause, around in _clauses(path)
                if clause.origin in places
            ]
    return tuple(found)


def _path(name: str, corpus: Path | None) -> Path | None:
    own = OWN / "summaries" / name
    if own.exists():
        return own
    invented = next(iter(sorted(INVENTED.rglob(name))), None)
    if invented or corpus is None:
        return invented
    return next(iter(sorted(corpus.rglob(name))), None)


def _choice(clause: Clause, around: Circumstances) -> tuple[bool, str]:
    outcome = carry(clause, around)
    return (False, outcome.reason) if isinstance(outcome, Refusal) else (True, "")


def _clauses(path: Path) -> Iterator[tuple[Clause, Circumstances]]:
    summary, table = read_summary(path), _table(path)
    for section in summary.walk():
        heading = section.heading.marker + section.heading.text if section.heading else ""
        clauses = read_clauses(heading, section.paragraphs, table)
        rows = {claim.row.id: claim.row for one in clauses for claim in one.claims if claim.row}
        around = Circumstances(
            load_words(), tuple(rows.values()), summary.year, summary.organisation
        )
        yield from ((clause, around) for clause in clauses)


@lru_cache
def _table(path: Path) -> IndicatorTable:
    """The table of the text, where there is one; without rows only routine can be carried."""
    own = OWN / "tables" / f"{path.name[:4]}年指标表.xlsx"
    beside = next(iter(sorted(path.parent.glob(f"{path.name[:3]}_*.csv"))), None)
    if path.parent.parent == OWN and own.exists():
        return read_tables([own])
    return read_tables([beside]) if beside else IndicatorTable(())


def report(corpus: Path | None) -> Iterator[str]:
    """Precision and recall of "carried" with 95 % intervals, then the wrong ones."""
    found = choices(corpus)
    carried = [one for one in found if one.carried]
    may = [one for one in found if one.label in MAY_STAND]
    wrong = [one for one in carried if one.wrong]
    yield f"labelled {len(found)}: " + ", ".join(
        f"{label} {n}" for label, n in sorted(Counter(one.label for one in found).items())
    )
    low, high = interval(len(carried) - len(wrong), len(carried))
    yield (
        f"precision of carried {len(carried) - len(wrong)}/{len(carried)}"
        f"   {100 * low:.1f}–{100 * high:.1f} %   (aim 99)"
    )
    kept = sum(one.carried for one in may)
    low, high = interval(kept, len(may))
    yield f"recall of carried    {kept}/{len(may)}   {100 * low:.1f}–{100 * high:.1f} %"
    yield from (f"  wrongly carried ({one.label}): {one.file} {one.text}" for one in wrong)
