"""A Word copy opened for scripted edits: its paragraphs, its runs, and the sentences in them.

Works on the XML alone, as Word and WPS leave it; shares no code with the reading of the drafter.
"""

import copy
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
DOCUMENT, COMMENTS, STYLES = "word/document.xml", "word/comments.xml", "word/styles.xml"
_SENTENCE = re.compile(r"[^。！？]*[。！？][”’）】]*|[^。！？]+")
_NOTE = "ReviewNote"


@dataclass(slots=True)
class Paper:
    """A copy being edited."""

    parts: dict[str, bytes]
    document: Any
    sentences: dict[str, str | None] = field(default_factory=dict)
    """Each sentence as it stands now -> what it was in the draft; None for an added one."""
    numbers: list[tuple[str, str]] = field(default_factory=list)
    """Sentences in which a number was changed, and the number as it is now."""

    @classmethod
    def opened(cls, content: bytes) -> "Paper":
        """The parts of a docx."""
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        paper = cls(parts, etree.fromstring(parts[DOCUMENT], _parser()))
        paper.sentences = {said: said for one in paper.paragraphs() for said in sentences(one)}
        return paper

    def packed(self) -> bytes:
        """The bytes of the edited docx."""
        self.parts[DOCUMENT] = etree.tostring(self.document, xml_declaration=True, encoding="UTF-8")
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in self.parts.items():
                package.writestr(name, content)
        return stream.getvalue()

    @property
    def body(self) -> Any:
        """The element that holds the paragraphs."""
        return self.document.find(f"{W}body")

    def paragraphs(self) -> list[Any]:
        """Those of headings and text, without title, signature and appendix."""
        found = []
        for one in self.body.findall(f"{W}p"):
            if text_of(one).strip() == "核对附页":
                break
            if style_of(one) in ("Title", "Signature", "Normal") or not text_of(one).strip():
                continue
            found.append(one)
        return found

    def texts(self) -> list[Any]:
        """Paragraphs of text alone."""
        return [one for one in self.paragraphs() if style_of(one) == "OfficialBody"]

    def headings(self) -> list[Any]:
        """Headings on lines of their own."""
        return [one for one in self.paragraphs() if style_of(one).startswith("Heading")]


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)


def style_of(paragraph: Any) -> str:
    """Id of a paragraph's style."""
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(f"{W}val", "")


def runs(paragraph: Any) -> Iterator[Any]:
    """Runs of the draft's own text: no notes, nothing deleted."""
    for one in paragraph.iter(f"{W}r"):
        style = one.find(f"{W}rPr/{W}rStyle")
        note = style is not None and style.get(f"{W}val") == _NOTE
        above = {parent.tag for parent in one.iterancestors()}
        if not note and not above & {f"{W}del", f"{W}moveFrom"} and one.find(f"{W}t") is not None:
            yield one


def text_of(paragraph: Any) -> str:
    """What the runs say."""
    return "".join(piece.text or "" for run in runs(paragraph) for piece in run.iter(f"{W}t"))


def sentences(paragraph: Any) -> list[str]:
    """The sentences of a paragraph."""
    return [match[0] for match in _SENTENCE.finditer(text_of(paragraph))]


def places(paragraph: Any) -> list[tuple[int, int]]:
    """Where its sentences stand in its text."""
    return [match.span() for match in _SENTENCE.finditer(text_of(paragraph))]


def cut(paragraph: Any, place: int) -> None:
    """Makes a run end at a place of the paragraph's text."""
    at = 0
    for run in list(runs(paragraph)):
        said = "".join(piece.text or "" for piece in run.iter(f"{W}t"))
        if at < place < at + len(said):
            behind = copy.deepcopy(run)
            _say(run, said[: place - at])
            _say(behind, said[place - at :])
            run.addnext(behind)
            return
        at += len(said)


def stretch(paragraph: Any, start: int, end: int) -> list[Any]:
    """The runs of a stretch of its text, cut at both ends."""
    cut(paragraph, start)
    cut(paragraph, end)
    found, at = [], 0
    for run in runs(paragraph):
        said = "".join(piece.text or "" for piece in run.iter(f"{W}t"))
        if start <= at < end and said:
            found.append(run)
        at += len(said)
    return found


def _say(run: Any, text: str) -> None:
    pieces = run.findall(f"{W}t")
    for piece in pieces[1:]:
        run.remove(piece)
    pieces[0].text = text
    pieces[0].set(SPACE, "preserve")


def new_run(like: Any, text: str) -> Any:
    """A run that looks like another."""
    run = copy.deepcopy(like)
    _say(run, text)
    return run


def put(paragraph: Any, place: int, text: str, *, author: str = "") -> None:
    """Types text at a place; tracked where an author is named."""
    if place:
        before = stretch(paragraph, place - 1, place)[-1]
        made = new_run(before, text)
        anchor = _top(before, paragraph)
        anchor.addnext(_tracked("ins", [made], author) if author else made)
        return
    behind = next(runs(paragraph))
    made = new_run(behind, text)
    anchor = _top(behind, paragraph)
    anchor.addprevious(_tracked("ins", [made], author) if author else made)


def take(paragraph: Any, start: int, end: int, *, author: str = "") -> None:
    """Deletes a stretch; tracked where an author is named."""
    for run in stretch(paragraph, start, end):
        if not author:
            run.getparent().remove(run)
            continue
        holder = run.getparent()
        place = holder.index(run)
        if holder.tag == f"{W}ins":
            holder.remove(run)  # somebody's own insertion is simply gone again
            continue
        for piece in run.iter(f"{W}t"):
            piece.tag = f"{W}delText"
        holder.insert(place, _tracked("del", [run], author))


def _tracked(kind: str, held: list[Any], author: str) -> Any:
    change = etree.Element(f"{W}{kind}")
    change.set(f"{W}id", "9000")
    change.set(f"{W}author", author)
    change.set(f"{W}date", "2025-01-06T09:00:00Z")
    for one in held:
        change.append(one)
    return change


def _top(run: Any, paragraph: Any) -> Any:
    """The ancestor of a run that is the paragraph's own child."""
    while run.getparent() is not paragraph:
        run = run.getparent()
    return run


def neighbours(places_now: list[tuple[int, int]]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Pairs of sentences that stand beside each other."""
    return list(pairwise(places_now))
