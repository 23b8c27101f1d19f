"""Small notations for texts and what becomes of them."""

from pathlib import Path

from drafter.reading.source import SourceText
from drafter.reading.summaries import parse_summary
from drafter.reading.texts import lines
from drafter.records.summary import Block, PastSummary

BODY = "我局紧扣年度目标，狠抓运行调度和企业帮扶，各项工作取得了新的进展，企业满意度持续提升。"


def source(text: str) -> SourceText:
    """A text as its file would give it."""
    return SourceText(text, tuple(lines(text)))


def summary(text: str, name: str = "总结.txt") -> PastSummary:
    """A past summary from its text."""
    return parse_summary(source(text), Path(name))


def outline(read: PastSummary) -> list[str]:
    """`1 一、主要工作` a heading, `2 （一）党建工作→` a run-in one."""
    return [line(block) for block in read.blocks if block.kind == "heading"]


def line(block: Block) -> str:
    return f"{block.level} {block.marker}{block.text}{'→' if block.run_in else ''}"


def paragraphs(read: PastSummary) -> list[str]:
    return [block.text for block in read.blocks if block.kind == "paragraph"]


def kinds(read: PastSummary) -> list[str]:
    return [note.kind for note in read.cleaning]
