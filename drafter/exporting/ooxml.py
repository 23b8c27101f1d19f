"""WordprocessingML as strings: elements, clean text, runs, paragraphs, fields, comment anchors.

The copies are written as XML of our own instead of through python-docx: its template brings
900 kB of styles that we do not want, its comments cost quadratic time and control characters
crash it. What is written here is read back with python-docx in the tests.

Leaves fonts and sizes to `styles`, the parts of the package to `package`.

>>> element("spacing", line=579, lineRule="exact")
'<w:spacing w:line="579" w:lineRule="exact"/>'
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from xml.sax.saxutils import escape, quoteattr, unescape

from drafter.records.printable import clean

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_EMU_A_MM = 36_000
_PRINTED = re.compile(r"<w:t(?: [^>]*)?>([^<]*)<")


def element(name: str, /, *children: str, **attributes: object) -> str:
    """`<w:name w:attribute="…">children</w:name>`; attributes that are None are left out."""
    written = "".join(
        f" w:{key.rstrip('_')}={quoteattr(str(value))}"
        for key, value in attributes.items()
        if value is not None
    )
    if not children:
        return f"<w:{name}{written}/>"
    return f"<w:{name}{written}>{''.join(children)}</w:{name}>"


def on_off(name: str, on: bool) -> str:
    """A switch that is written out both ways, so that no style above decides it."""
    return element(name) if on else element(name, val=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """How a run looks. Sizes in half-points, spacing in twips, as the format has them."""

    font: str
    """East Asian font."""
    latin: str
    """Font of digits and Latin letters."""
    size: int
    spacing: int = 0
    bold: bool = False
    style: str = ""
    """Id of a character style; '' for none."""
    shade: str = ""
    """Background, RRGGBB; '' for none."""

    @property
    def xml(self) -> str:
        """The `w:rPr`; its children stand in the order that the schema wants."""
        return _face_xml(self)


@lru_cache(maxsize=256)  # a copy has a dozen faces and thousands of runs
def _face_xml(face: Face) -> str:
    parts = [element("rStyle", val=face.style)] if face.style else []
    # The hint gives “ ” … — · × to the Chinese font; digits keep the Latin one.
    parts.append(
        element(
            "rFonts",
            hint="eastAsia",
            ascii=face.latin,
            hAnsi=face.latin,
            eastAsia=face.font,
            cs=face.latin,
        )
    )
    parts += [on_off("b", face.bold), on_off("bCs", face.bold)]
    # Written even when 0: a style above may draw its characters together.
    parts.append(element("spacing", val=face.spacing))
    parts += [element("sz", val=face.size), element("szCs", val=face.size)]
    if face.shade:
        parts.append(element("shd", val="clear", color="auto", fill=face.shade))
    return element("rPr", *parts)


def run(text: str, face: Face) -> str:
    """A run of text; newlines become line breaks. '' for text with nothing to print."""
    lines = clean(text).split("\n")
    if lines == [""]:
        return ""
    body = element("br").join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' if line else "" for line in lines
    )
    return element("r", face.xml, body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """How a paragraph is set. Lengths in twips, `*_chars` in hundredths of a character."""

    style: str = ""
    line: int = 0
    """Line pitch; 0 for single spacing (tables and comments must never be clipped)."""
    align: str = ""
    first_line: int = 0
    first_line_chars: int = 0
    left: int = 0
    left_chars: int = 0
    right: int = 0
    right_chars: int = 0
    hanging: int = 0
    hanging_chars: int = 0
    keep_next: bool = False
    page_break: bool = False
    grid: bool = True
    outline: int | None = None
    scripts_apart: bool = False
    """Whether Word puts a gap between Chinese and Latin letters or digits."""

    @property
    def children(self) -> tuple[str, ...]:
        """The properties in the order that the schema wants, without the style."""
        parts = [on_off("keepNext", True)] if self.keep_next else []
        if self.page_break:
            parts.append(element("pageBreakBefore"))
        parts.append(element("widowControl", val=0))  # a page holds its 22 lines
        parts += [
            on_off("autoSpaceDE", self.scripts_apart),
            on_off("autoSpaceDN", self.scripts_apart),
        ]
        if not self.grid:
            parts.append(element("snapToGrid", val=0))
        parts += [self._spacing(), *self._indent()]
        if self.align:
            parts.append(element("jc", val=self.align))
        if self.outline is not None:
            parts.append(element("outlineLvl", val=self.outline))
        return tuple(parts)

    def _spacing(self) -> str:
        if self.line:
            return element("spacing", before=0, after=0, line=self.line, lineRule="exact")
        return element("spacing", before=0, after=0, line=240, lineRule="auto")

    def _indent(self) -> list[str]:
        lengths = {
            "leftChars": self.left_chars,
            "left": self.left,
            "rightChars": self.right_chars,
            "right": self.right,
            "firstLineChars": self.first_line_chars,
            "firstLine": self.first_line,
            "hangingChars": self.hanging_chars,
            "hanging": self.hanging,
        }
        kept = {key: value for key, value in lengths.items() if value}
        return [element("ind", **kept)] if kept else []


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `mark` is the face of its end mark, which gives blank lines their height."""

    setting: Setting
    mark: Face
    content: str = ""
    tracked: str = ""
    """`w:ins` or `w:del` where the paragraph as such was inserted or deleted."""

    @property
    def length(self) -> int:
        """Characters that the paragraph prints."""
        return sum(len(unescape(text)) for text in _PRINTED.findall(self.content))

    @property
    def xml(self) -> str:
        """The `w:p`."""
        properties = _paragraph_properties(self.setting, self.mark)
        if self.tracked:
            head, _, tail = properties.rpartition("<w:rPr>")
            properties = f"{head}<w:rPr>{self.tracked}{tail}"
        return element("p", properties, self.content)


@lru_cache(maxsize=256)
def _paragraph_properties(setting: Setting, mark: Face) -> str:
    style = (element("pStyle", val=setting.style),) if setting.style else ()
    return element("pPr", *style, *setting.children, mark.xml)


def field(code: str, shown: str, face: Face) -> str:
    """A field such as PAGE. One run for each mark of it, else WPS shows nothing."""
    pieces = (
        element("fldChar", fldCharType="begin"),
        f'<w:instrText xml:space="preserve"> {escape(code)} </w:instrText>',
        element("fldChar", fldCharType="separate"),
        f"<w:t>{escape(shown)}</w:t>",
        element("fldChar", fldCharType="end"),
    )
    return "".join(element("r", face.xml, piece) for piece in pieces)


def picture(relation: str, number: int, width: int, height: int, words: str) -> str:
    """A run with an inline picture.

    Args:
        relation: Id of the relationship to its part.
        number: Of its own in the document.
        width: In millimetres.
        height: Likewise.
        words: What it shows, for readers who cannot see it.
    """
    size = f'cx="{width * _EMU_A_MM}" cy="{height * _EMU_A_MM}"'
    named = f'id="{number}" name={quoteattr(f"图{number}")} descr={quoteattr(words)}'
    drawn = (
        f'<wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" '
        f'distR="0"><wp:extent {size}/><wp:docPr {named}/>'
        f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/picture">'
        f'<pic:pic xmlns:pic="{_DRAWING}/picture"><pic:nvPicPr><pic:cNvPr {named}/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/>'
        f'</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline>"
    )
    return element("r", element("drawing", drawn))


def tracked(kind: str, number: int, author: str, when: str, *content: str) -> str:
    """A tracked change (`ins`, `del`) of runs, or of a paragraph's mark where there are none.

    Args:
        kind: `ins` or `del`.
        number: Of its own in the document.
        author: Never empty: Word wants one.
        when: ISO time.
        content: Runs; deleted text has a tag of its own.
    """
    held = "".join(content)
    if kind == "del":
        held = held.replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
    children = (held,) if held else ()
    return element(kind, *children, id=number, author=clean(author), date=when)


def comment_start(number: int) -> str:
    """Where the stretch that a comment speaks of begins."""
    return element("commentRangeStart", id=number)


def comment_end(number: int) -> str:
    """Where it ends, with the run that calls the comment."""
    reference = element(
        "r",
        element("rPr", element("rStyle", val="CommentReference")),
        element("commentReference", id=number),
    )
    return element("commentRangeEnd", id=number) + reference
