"""Past summaries as read from files: blocks in order, a heading tree over them, cleaning notes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

BlockKind = Literal["title", "heading", "paragraph", "signature", "date"]


@dataclass(frozen=True, slots=True)
class Block:
    """A heading or a paragraph after cleaning.

    `offsets[i]` is the place of `text[i]` in the file's own text (see `PastSummary.source`),
    so that whatever is found in a block can be shown where the reader has it.
    """

    kind: BlockKind
    text: str
    """Without the enumerator for headings; a run-in heading is a block of its own."""
    offsets: tuple[int, ...] = field(repr=False)
    level: int = 0
    """1 for 一、, 2 for （一）, 3 for 1. or 1、, 4 for （1）; 0 for all that is no heading.

    Where parts (第一部分) or headings without enumerator stand above 一、, they are 1 and
    what is below them one deeper.
    """
    marker: str = ""
    """The enumerator as written: `（一）`; '' where the heading has none."""
    run_in: bool = False
    """Heading and text share a paragraph; the text is the block after this one."""

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` stands in the file's own text."""
        return self.offsets[start], self.offsets[end - 1] + 1


@dataclass(frozen=True, slots=True)
class SummarySection:
    """A heading with the paragraphs below it and the sections inside it."""

    heading: Block | None
    """None for the lead before the first heading (level 0), and for closing paragraphs that
    turn to problems, plans or thanks without a heading of their own (level 1)."""
    level: int
    paragraphs: tuple[Block, ...] = ()
    children: tuple["SummarySection", ...] = ()
    path: tuple[str, ...] = ()
    """Headings from the outermost down to this one."""

    def walk(self) -> Iterator["SummarySection"]:
        """This section and all below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class CleaningNote:
    """One thing that cleaning took out or mended, and where in the file's own text."""

    kind: str
    """What it was, in Chinese: 分段标记, 网站样板, 残缺实体, 控制字符…"""
    start: int
    end: int
    text: str
    replacement: str = ""


@dataclass(frozen=True, slots=True)
class Quality:
    """How whole a document is, from 0 to 1, and what speaks against it."""

    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PastSummary:
    """A past summary: its own text, the cleaned blocks and their tree."""

    file: str
    source: str = field(repr=False)
    """The file's own text: decoded .txt; for .docx paragraphs and cells joined by newlines."""
    title: str
    year: int | None
    organisation: str
    blocks: tuple[Block, ...] = field(repr=False)
    sections: tuple[SummarySection, ...] = field(repr=False)
    cleaning: tuple[CleaningNote, ...] = field(default=(), repr=False)
    quality: Quality = Quality(1.0)

    def walk(self) -> Iterator[SummarySection]:
        """All sections in the order of the text."""
        for section in self.sections:
            yield from section.walk()
