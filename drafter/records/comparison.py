"""Two states of a draft held against each other: marked lines, and a table of the changes."""

from dataclasses import dataclass
from typing import Literal

PieceKind = Literal["same", "inserted", "deleted"]
LineStyle = Literal["title", "heading", "body", "signature"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line."""

    kind: PieceKind
    text: str
    author: str = ""
    """Of a change."""


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """A paragraph of either state or of both."""

    style: LineStyle
    level: int
    """Of a heading; 0 else."""
    pieces: tuple[Piece, ...]
    kind: PieceKind = "same"
    """Whether the paragraph as such was inserted or deleted."""
    author: str = ""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A line of the table of changes."""

    section: str
    before: str
    after: str
    kinds: tuple[str, ...]
    reason: str
    """数据更新, 领导意见, 股室更正 or what somebody gave."""
    by: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The marked text and the table."""

    lines: tuple[ComparedLine, ...]
    changes: tuple[ChangeRow, ...]
