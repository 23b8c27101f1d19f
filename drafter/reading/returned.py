"""A Word copy that came back from its readers: its text, who changed what, who remarked what.

The text is what stands if every tracked change is accepted; the changes are listed beside it with
their authors. The bracketed words of a review copy and its 核对附页 are no text of the draft and
are left out, also where an editor's program has cut them into other runs or given their style
another id. What somebody typed into such a bracket is text: only known notes are taken out.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn

from drafter.reading.limits import check_archive, check_file
from drafter.reading.source import Looks
from drafter.reading.word_text import DAMAGED, read_paragraphs, texts, unreadable
from drafter.records.printable import clean
from drafter.records.returned import Remark, Returned, ReturnedParagraph, Revision

_CHANGES = {
    qn("w:ins"): "插入",
    qn("w:del"): "删除",
    qn("w:moveTo"): "移入",
    qn("w:moveFrom"): "移走",
}
_REMARK = "/comments"
_LONGEST_REMARK = 2_000


def read_returned(
    path: Path, *, notes: Collection[str] = (), appendices: Collection[str] = ()
) -> Returned:
    """The edited copy.

    Args:
        path: A `.docx`.
        notes: Bracketed words of the review copy that are no text.
        appendices: Headings from which on nothing is text any more.

    Raises:
        UnreadableFileError: No Word document, a damaged, dangerous or too large one.
    """
    check_file(path)
    check_archive(path)
    try:
        document = docx.Document(str(path))
        found = list(read_paragraphs(document))
        remarks = _remarks(document)
    except DAMAGED as error:
        raise unreadable(path) from error
    reading = _Reading(tuple(sorted(notes, key=len, reverse=True)), frozenset(appendices))
    for element, text, looks in found:
        if not reading.take(element, text, looks, remarks):
            break
    return reading.done()


class _Reading:
    """The paragraphs so far."""

    def __init__(self, notes: tuple[str, ...], appendices: frozenset[str]) -> None:
        self.notes = re.compile("|".join(map(re.escape, notes))) if notes else None
        self.appendices = appendices
        self.paragraphs: list[ReturnedParagraph] = []
        self.revisions: list[Revision] = []
        self.remarks: list[Remark] = []
        self.tables: set[Any] = set()
        self.joined = False
        self.removed = 0

    def take(
        self, element: Any, text: str, looks: Looks, remarks: dict[str, tuple[str, str]]
    ) -> bool:
        """Reads one paragraph; False where the text of the draft is over."""
        if looks.in_table:
            self.tables.add(_table_of(element))
            return True
        # An enumerator that Word now prints by itself was typed in the draft.
        text = self._plain(looks.numbering + text)
        if text.strip() in self.appendices:
            return False
        if self.joined and self.paragraphs:
            last = self.paragraphs[-1]
            self.paragraphs[-1] = replace(last, text=last.text + text)
        else:
            self.paragraphs.append(ReturnedParagraph(text, looks.level, looks.title))
        number = len(self.paragraphs) - 1
        self.joined = element.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}") is not None
        self.revisions += _revisions(element, number)
        self.remarks += _anchored(element, number, remarks)
        return True

    def _plain(self, text: str) -> str:
        cleaned = clean(text)
        self.removed += len(text) - len(cleaned)
        return self.notes.sub("", cleaned) if self.notes else cleaned

    def done(self) -> Returned:
        """What was read."""
        return Returned(
            tuple(self.paragraphs),
            tuple(self.revisions),
            tuple(self.remarks),
            len(self.tables),
            self.removed,
        )


def _table_of(element: Any) -> Any:
    return next(above for above in element.iterancestors() if above.tag == qn("w:tbl"))


def _revisions(element: Any, number: int) -> Iterator[Revision]:
    for change in element.iter(*_CHANGES):
        # w:ins and w:del within properties tell of paragraph marks and cells, not of words.
        if change.getparent().tag in (qn("w:rPr"), qn("w:trPr")):
            continue
        said = clean("".join(_all_texts(change)))
        if said.strip():
            author = change.get(qn("w:author"), "").strip()
            yield Revision(number, _CHANGES[change.tag], said, author)


def _all_texts(change: Any) -> Iterator[str]:
    for piece in change.iter(qn("w:t"), qn("w:delText")):
        yield piece.text or ""


def _remarks(document: Any) -> dict[str, tuple[str, str]]:
    """Id -> author and text of each comment."""
    part = next(
        (one.target_part for one in document.part.rels.values() if one.reltype.endswith(_REMARK)),
        None,
    )
    if part is None:
        return {}
    found = {}
    for comment in part.element.iter(qn("w:comment")):
        lines = ("".join(texts(paragraph)) for paragraph in comment.iter(qn("w:p")))
        said = clean("\n".join(lines)).strip()
        author = comment.get(qn("w:author"), "").strip()
        found[comment.get(qn("w:id"), "")] = (author, said[:_LONGEST_REMARK])
    return found


def _anchored(element: Any, number: int, remarks: dict[str, tuple[str, str]]) -> Iterator[Remark]:
    """The comments called in a paragraph, with the words between their marks."""
    open_now: dict[str, list[str]] = {}
    for piece in element.iter():
        identifier = piece.get(qn("w:id"), "") if isinstance(piece.tag, str) else ""
        if piece.tag == qn("w:commentRangeStart"):
            open_now[identifier] = []
        elif piece.tag == qn("w:t"):
            for words in open_now.values():
                words.append(piece.text or "")
        elif piece.tag == qn("w:commentReference") and identifier in remarks:
            author, said = remarks[identifier]
            yield Remark(number, author, said, "".join(open_now.pop(identifier, [])))
