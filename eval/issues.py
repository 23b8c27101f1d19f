"""The document rules on real texts: how many of their errors and warnings a reader confirmed.

Labels were set by eye, one a place (`issue_labels.csv`: text, rule, level, place, judgement, why);
they hold no sentence of the texts. An issue without a label is counted as unjudged, never as right.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Literal

from drafter.reading.texts import read_text
from drafter.records.claim import Issue
from drafter.verification import verify
from eval.shares import interval

_ROOT = Path(__file__).parent.parent
_JUDGED = ("error", "warning")
Judgement = Literal["true", "false", "unjudged"]


@dataclass(frozen=True, slots=True)
class Judged:
    """An issue on a text with what a reader says of it."""

    text: str
    issue: Issue
    judgement: Judgement


def real_texts(corpus: Path | None) -> list[Path]:
    """The corpus, where it is at hand, and the invented texts of the repository."""
    folders = [
        (_ROOT / "tests" / "bureaus", ("*.txt",)),
        (_ROOT / "tests" / "bureaus" / "unseen", ("*.txt",)),
        (_ROOT / "knowledge_base" / "summaries", ("*.txt", "*.docx")),
    ]
    if corpus is not None:
        folders += [(corpus / "seeds", ("*.txt",)), (corpus / "county", ("*.txt",))]
        folders += [(corpus / "cities", ("*.txt",)), (corpus / "provinces_docx", ("*.docx",))]
    return [
        path for folder, names in folders for name in names for path in sorted(folder.glob(name))
    ]


def judged(corpus: Path | None) -> Iterator[Judged]:
    """Every error and warning on every text, without a table, with its label."""
    labels = _labels()
    for path in real_texts(corpus):
        for issue in verify(read_text(path)).issues:
            if issue.level in _JUDGED:
                key = (path.stem, issue.rule, issue.level, issue.start)
                yield Judged(path.stem, issue, labels.get(key, "unjudged"))


def _labels() -> dict[tuple[str, str, str, int], Judgement]:
    table = files("eval").joinpath("issue_labels.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(table.splitlines())
    return {
        (row["text"], row["rule"], row["level"], int(row["start"])): (
            "true" if row["judgement"] == "true" else "false"
        )
        for row in rows
    }


def report(corpus: Path | None) -> Iterator[str]:
    """Counts by level and rule, and the share of confirmed ones by level."""
    found = list(judged(corpus))
    yield f"{len(real_texts(corpus))} texts, without a table; each issue counts once with its places"
    yield f"{'level':<9}{'rule':<6}{'true':>6}{'false':>7}{'unjudged':>10}"
    for level in _JUDGED:
        of_level = [one for one in found if one.issue.level == level]
        for rule in sorted({one.issue.rule for one in of_level}):
            counts = Counter(one.judgement for one in of_level if one.issue.rule == rule)
            yield _line(level, rule, counts)
        yield _line(level, "all", Counter(one.judgement for one in of_level))
    for one in found:
        if one.judgement == "unjudged":
            yield f"unjudged: {one.text} {one.issue.rule} {one.issue.level} at {one.issue.start}"


def _line(level: str, rule: str, counts: Counter[Judgement]) -> str:
    line = f"{level:<9}{rule:<6}{counts['true']:>6}{counts['false']:>7}{counts['unjudged']:>10}"
    told = counts["true"] + counts["false"]
    if rule != "all" or not told:
        return line
    low, high = interval(counts["true"], told)
    return f"{line}   {counts['true'] / told:.1%} true, 95 % interval {low:.1%}–{high:.1%}"
