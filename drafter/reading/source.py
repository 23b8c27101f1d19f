"""What a file says before anything is judged: its own text, paragraph by paragraph."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Looks:
    """What a Word file says of a paragraph; a plain text file says nothing."""

    level: int = 0
    """Outline level from style or paragraph, 1 to 9; 0 for body text."""
    title: bool = False
    """Set in the style for titles."""
    bold: bool = False
    """All of it is bold."""
    centred: bool = False
    in_table: bool = False
    numbering: str = ""
    """The enumerator that Word prints by itself; it is not in the text."""


@dataclass(frozen=True, slots=True)
class SourceParagraph:
    """A paragraph of the file's own text: `text` stands there from `start` on."""

    start: int
    text: str
    looks: Looks = Looks()


@dataclass(frozen=True, slots=True)
class SourceText:
    """A file's own text and its paragraphs (lines, for a plain text file) in order."""

    text: str
    paragraphs: tuple[SourceParagraph, ...]
