"""What `gather` proposes beside a reader's labels, sentence by sentence.

The material is invented. Each line of a gold file is one sentence and, behind `##`, what a reader
would put into the fact list: `活动|举措; 时=3月12日; 主=…; 级=省级; 阶=竣工; 名=…`. Alternatives stand behind
`|`, a column that is not named must be empty. `不列` is no fact, `不列?活动` may be left out, `往年` is of
another year, `同` repeats what was said before, `题` is a heading. An empty line ends a paragraph.
"""

import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from docx import Document

from drafter.reading.summaries import read_summary
from drafter.records.proposal import Proposal
from drafter.writing.gathering import as_row, gather
from eval.shares import interval

GOLD: Final = Path(__file__).parent.parent / "tests" / "gold" / "gathering"
YEAR: Final = 2024
COLUMNS: Final = {"时": "时间", "主": "主体", "级": "级别", "阶": "阶段", "名": "全称"}
_NONE: Final = ("不列", "往年", "同", "题")
_TAGGED: Final = re.compile(r"【(.+?)】")
_NUMBERED: Final = re.compile(r"(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)(.+)")


@dataclass(frozen=True, slots=True)
class Label:
    """A sentence of the material and what a reader makes of it."""

    text: str
    paragraph: int
    kinds: tuple[str, ...]
    """The kinds that fit; none where the sentence is no fact."""
    optional: bool
    columns: dict[str, tuple[str, ...]]
    """Column of the fact list -> what may stand there."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A label and the proposals that were made of its sentence."""

    file: str
    label: Label
    proposals: tuple[Proposal, ...]

    def wrong_columns(self) -> Iterator[tuple[str, str]]:
        """Columns of the first proposal that hold something else than the reader's."""
        row = as_row(self.proposals[0])
        for column, fitting in self.label.columns.items():
            if row[column] not in fitting:
                yield column, row[column]


def read_labels(path: Path) -> tuple[str, tuple[Label, ...]]:
    """The material as an office has it, and its labels."""
    paragraphs: list[str] = []
    labels: list[Label] = []
    section, last = "", ""
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        lines = [line.rsplit(" ## ", 1) for line in block.splitlines()]
        for text, label in lines:
            starts = not paragraphs or text is lines[0][0] or "题" in (label, last)
            if starts:
                paragraphs.append(text)
            else:
                paragraphs[-1] += text
            last = label
            heading = _NUMBERED.fullmatch(text)
            if label == "题":
                section = heading[1].rstrip("。") if heading else ""
            tag = _TAGGED.match(text)
            section = tag[1] if tag else section
            labels.append(_label(text, len(paragraphs), label, section))
    return "\n".join(paragraphs) + "\n", tuple(labels)


def _label(text: str, paragraph: int, written: str, section: str) -> Label:
    head, *rest = written.split("; ")
    optional = "?" in head or head.startswith("不列|")
    kinds = tuple(one for one in re.split(r"[|?]", head) if one and one not in _NONE)
    given = dict(one.split("=", 1) for one in rest)
    columns = {column: tuple(given.get(short, "").split("|")) for short, column in COLUMNS.items()}
    columns["板块"] = ("", section) if {"问题", "打算"} & set(kinds) else (section,)
    return Label(text, paragraph, kinds, optional, columns)


def measured(folder: Path) -> tuple[Outcome, ...]:
    """The labels of a folder and what gathering its files together proposes."""
    found: list[Outcome] = []
    with tempfile.TemporaryDirectory() as directory:
        labelled, texts = {}, []
        for gold in sorted(folder.glob("*.txt")):
            text, labelled[gold.stem] = read_labels(gold)
            texts.append(read_summary(_written(Path(directory) / gold.stem, text)))
        proposals = gather(texts, year=YEAR).proposals
    for name, labels in labelled.items():
        found += [Outcome(name, one, _of(one, name, proposals)) for one in labels]
    return tuple(found)


def _written(stem: Path, text: str) -> Path:
    """Speeches and minutes as Word files, the rest as plain text."""
    if not stem.name.endswith(("讲话", "纪要")):
        path = stem.with_suffix(".txt")
        path.write_text(text, encoding="utf-8")
        return path
    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    path = stem.with_suffix(".docx")
    document.save(str(path))
    return path


def _of(label: Label, name: str, proposals: Sequence[Proposal]) -> tuple[Proposal, ...]:
    return tuple(
        one
        for one in proposals
        if one.text in label.text and any(part.startswith(name) for part in one.basis.split("；"))
    )


def places_right(outcome: Outcome) -> bool:
    """Whether file and paragraph stand in the basis."""
    pattern = rf"{outcome.file}\.(?:txt|docx)第{outcome.label.paragraph}段"
    return re.search(pattern, outcome.proposals[0].basis) is not None


def report_all() -> Iterator[str]:
    """Batch by batch."""
    for folder in sorted(GOLD.iterdir()):
        yield f"{folder.name}:"
        yield from report(folder)


def report(folder: Path) -> Iterator[str]:
    """Recall, precision, kinds and columns, then all that differs from the labels."""
    found = measured(folder)
    due = [one for one in found if one.label.kinds and not one.label.optional]
    hit = [one for one in due if one.proposals]
    proposed = [one for one in found if one.proposals]
    right = [one for one in proposed if one.label.kinds]
    kinds = [one for one in right if one.proposals[0].kind in one.label.kinds]
    yield f"sentences {len(found)}, facts {len(due)}"
    yield _share("recall of proposals", len(hit), len(due))
    yield _share("precision of proposals", len(right), len(proposed))
    yield _share("kind", len(kinds), len(right))
    wrong = Counter(column for one in right for column, _ in one.wrong_columns())
    for column in (*COLUMNS.values(), "板块"):
        yield _share(f"column {column}", len(right) - wrong[column], len(right))
    yield _share("basis", sum(map(places_right, right)), len(right))
    twice = sum(len(one.proposals) > 1 for one in found)
    yield f"proposed twice {twice}"
    for one in found:
        yield from (f"  {one.file}: {line}" for line in _differences(one))


def _share(name: str, hits: int, total: int) -> str:
    low, high = interval(hits, total)
    share = 100 * hits / max(total, 1)
    return f"{name} {hits}/{total}  {share:.1f} %  ({100 * low:.0f}–{100 * high:.0f})"


def _differences(one: Outcome) -> Iterator[str]:
    text, kinds = one.label.text, "|".join(one.label.kinds)
    if one.label.kinds and not one.proposals and not one.label.optional:
        yield f"missed ({kinds}) {text}"
    if one.proposals and not one.label.kinds:
        yield f"no fact, proposed as {one.proposals[0].kind}: {text}"
    if not one.proposals or not one.label.kinds:
        return
    if one.proposals[0].kind not in one.label.kinds:
        yield f"{one.proposals[0].kind} for {kinds}: {text}"
    for column, given in one.wrong_columns():
        expected = "|".join(one.label.columns[column])
        yield f"{column} “{given}” for “{expected}”: {text}"
    if not places_right(one):
        yield f"basis {one.proposals[0].basis} for {one.label.paragraph}: {text}"
