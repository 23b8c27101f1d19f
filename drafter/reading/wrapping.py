"""Joins lines that only layout broke: fixed-width lines, and sentences cut in the middle.

A text pasted from a page or a PDF breaks at thirty or forty characters; a text taken out of a
table of numbers breaks around each number. A break that is no paragraph's end is taken out and
noted as 断行, with its place in the file's own text.
"""

import re
import string
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

from drafter.reading.cleaning import Line
from drafter.reading.enumerators import enumerator
from drafter.reading.frame import is_occasion, is_salutation
from drafter.reading.traced import Traced
from drafter.records.summary import CleaningNote

END_MARKS = frozenset("。！？!?；;：:…")
_CLOSERS = "”’」』）)》】\"'"
_LATIN = frozenset(string.ascii_letters)
_CONTINUES = frozenset("，。、；：,;)）》”’%％")
# Below this a line may be a heading; above it, text that ends without a mark was cut.
_LONGEST_HEADING = 40
_NARROWEST_WRAP, _WIDEST_WRAP = 30, 160
# No line begins with a comma or breaks a number, so the right edge is uneven.
_RAGGED = 8


def ends_properly(text: str) -> bool:
    """The text ends with an end mark, closing quotes and brackets aside."""
    bare = text.rstrip(_CLOSERS)
    return text[-1:] in "）)" or bare[-1:] in END_MARKS


@dataclass(slots=True)
class _Paragraph:
    """A paragraph under construction; its text is put together once, at the end."""

    first: Line
    last: Line
    parts: list[Traced]
    length: int = 0
    has_sentence: bool = False

    @classmethod
    def of(cls, line: Line) -> "_Paragraph":
        return cls(line, line, [line.traced], len(line.text), _has_sentence(line.text))

    def take(self, line: Line) -> None:
        if self.last.text[-1] in _LATIN and line.text[0] in _LATIN:
            # The line break was the space between two words.
            self.parts.append(Traced(" ", (self.last.traced.offsets[-1] + 1,)))
        self.parts.append(line.traced)
        self.last = line
        self.length += len(line.text)
        self.has_sentence |= _has_sentence(line.text)

    @property
    def is_cut(self) -> bool:
        """Without end mark it cannot be a heading, so it must go on."""
        return self.length > _LONGEST_HEADING or self.has_sentence

    def line(self) -> Line:
        text = "".join(part.text for part in self.parts)
        offsets = tuple(chain.from_iterable(part.offsets for part in self.parts))
        return replace(self.first, traced=Traced(text, offsets))


def _has_sentence(text: str) -> bool:
    return bool(re.search(r"[。！？]", text[:-1]))


def join_lines(lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[CleaningNote, ...]]:
    """The paragraphs that the lines make up, and a note for each break taken out."""
    width = _wrap_width(lines)
    paragraphs: list[_Paragraph] = []
    notes: list[CleaningNote] = []
    for line in lines:
        if paragraphs and _continues(paragraphs[-1], line, width):
            notes.append(_note(paragraphs[-1].last, line))
            paragraphs[-1].take(line)
        else:
            paragraphs.append(_Paragraph.of(line))
    return tuple(paragraph.line() for paragraph in paragraphs), tuple(notes)


def _note(before: Line, after: Line) -> CleaningNote:
    start, end = before.traced.offsets[-1] + 1, after.traced.offsets[0]
    return CleaningNote("断行", start, end, "\n")


def _wrap_width(lines: Sequence[Line]) -> int:
    """The width, in half-width columns, at which the whole text was broken; 0 where it was not.

    It is one where most lines that break off in mid-sentence are about equally wide.
    """
    cut = sorted(_columns(line.text) + line.indent for line in lines if not _ends(line))
    long = [columns for columns in cut if columns >= _NARROWEST_WRAP]
    if len(long) < 6 or len(long) * 3 < len(lines):
        return 0
    width = long[-max(1, len(long) // 20)]
    near = sum(1 for columns in long if columns >= width - _RAGGED)
    return width if width <= _WIDEST_WRAP and near * 2 >= len(long) else 0


def _columns(text: str) -> int:
    """Columns of a fixed-width page: two for a Chinese character, one for a digit."""
    return sum(1 if character.isascii() else 2 for character in text)


def _ends(line: Line) -> bool:
    return ends_properly(line.text)


def _continues(paragraph: _Paragraph, line: Line, width: int) -> bool:
    """Whether `line` goes on with the paragraph."""
    both = (paragraph.first.looks, line.looks)
    if any(looks.in_table or looks.level or looks.title for looks in both):
        return False
    if line.text[0] in _CONTINUES:
        return True
    if line.after_blank or _starts_something(line) or is_occasion(paragraph.first.text):
        return False
    if width:
        return _wrapped(paragraph, line, width)
    return not ends_properly(paragraph.last.text) and paragraph.is_cut


def _starts_something(line: Line) -> bool:
    mark = enumerator(line.text)
    if line.looks.numbering or line.looks.centred or is_salutation(line.text):
        return True
    # 17. 3万平方米 goes on with a figure; 1. and 一、 begin a paragraph of their own.
    return mark is not None and not re.match(r"[0-9]+[.．]\s+[0-9]", line.text)


def _wrapped(paragraph: _Paragraph, line: Line, width: int) -> bool:
    """Goes on in a text of fixed width: the line before is full, and this one not indented."""
    if line.indent >= 2:
        return False
    last = paragraph.last
    full = _columns(last.text) + last.indent >= width - _RAGGED
    if ends_properly(last.text):
        return full and paragraph.first.indent >= 2
    return full or paragraph.is_cut
