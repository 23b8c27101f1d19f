"""A copy of a draft that came back from its readers, as its file has it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Revision:
    """A tracked change."""

    paragraph: int
    """Number of the returned paragraph that it stands in."""
    kind: str
    """插入, 删除, 移入 or 移走."""
    text: str
    author: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment of the copy, ours or a reader's."""

    paragraph: int
    author: str
    text: str
    anchor: str
    """The words that it speaks of, as far as they stand in one paragraph."""


@dataclass(frozen=True, slots=True)
class ReturnedParagraph:
    """A paragraph as it reads with all changes accepted; line breaks within it are newlines."""

    text: str
    level: int = 0
    """Outline level, 1 to 9; 0 for body text."""
    title: bool = False
    """Set in the style for titles."""


@dataclass(frozen=True, slots=True)
class Returned:
    """A copy that came back."""

    paragraphs: tuple[ReturnedParagraph, ...]
    revisions: tuple[Revision, ...] = ()
    remarks: tuple[Remark, ...] = ()
    tables: int = 0
    """Tables before the appendix: their text is not read."""
    removed: int = 0
    """Control, bidirectional and zero-width characters that were taken out."""
