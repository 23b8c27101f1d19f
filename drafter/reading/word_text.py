"""A Word file to its paragraphs' texts and looks.

Reads what a reader sees: inserted text of tracked changes counts, deleted text does not;
content controls and hyperlinks are text, text boxes are not (they float beside it). The
enumerators that Word prints by itself are worked out from the numbering definitions.
"""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from drafter.errors import UnreadableFileError
from drafter.reading.source import Looks
from drafter.reading.word_numbering import Numbering

DAMAGED = (
    PackageNotFoundError,
    SyntaxError,  # what lxml raises on broken XML
    zipfile.BadZipFile,
    zlib.error,
    KeyError,  # a part that the package promises is missing
    ValueError,  # another kind of Office file under this name
    EOFError,
    AttributeError,  # a main part without a body
    TypeError,  # a relation without a target
)
"""What python-docx raises on a file that is no sound Word document."""
_TEXT, _DELETED = qn("w:t"), qn("w:del")
_BREAKS = {
    qn("w:tab"): "\t",
    qn("w:ptab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}
# Inside a run's or paragraph's properties a w:tab is a tab stop, no character.
_SKIPPED = frozenset(
    qn(name)
    for name in (
        "w:pPr",
        "w:rPr",
        "w:del",
        "w:moveFrom",
        "w:txbxContent",
        "w:pict",
        "w:drawing",
        "w:object",
    )
) | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"}
_OUTLINE_NAMES = {"heading": 0, "标题": 0}
_TITLE_NAMES = frozenset({"title", "标题", "公文标题", "文档标题"})


def read_word(path: Path) -> Iterator[tuple[str, Looks]]:
    """Text and looks of each body paragraph, those of table cells included, in order.

    Raises:
        UnreadableFileError: The file is no Word document, or a damaged one.
    """
    try:
        found = list(read_paragraphs(docx.Document(str(path))))
    except DAMAGED as error:
        raise unreadable(path) from error
    for _, text, looks in found:
        yield text, looks


def unreadable(path: Path) -> UnreadableFileError:
    """The error for a file that is no sound Word document."""
    reason = "不是有效的 Word 文档（.docx），文件可能已损坏、被截断或加了密码"
    return UnreadableFileError(str(path), reason)


def read_paragraphs(document: Any) -> Iterator[tuple[Any, str, Looks]]:
    """Element, text and looks of each body paragraph of an opened document, in order."""
    body = document.element.body
    numbering = Numbering.of(document)
    styles = _styles(document)
    for paragraph in body.iter(qn("w:p")):
        if any(above.tag == qn("w:txbxContent") for above in paragraph.iterancestors()):
            continue
        text = "".join(texts(paragraph))
        yield paragraph, text, _looks(paragraph, text, styles, numbering)


def texts(element: Any) -> Iterator[str]:
    """What a reader sees of an element: inserted text, no deleted text, no properties."""
    for child in element:
        if child.tag == _TEXT:
            yield child.text or ""
        elif child.tag == qn("w:br") and child.get(qn("w:type")) in ("page", "column"):
            continue
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        elif child.tag not in _SKIPPED:
            yield from texts(child)


def _styles(document: Any) -> dict[str, tuple[str, int]]:
    """Style id -> its name and outline level, the level inherited from the style it is based on."""
    styles: dict[str, tuple[str, int]] = {}
    for style in document.styles:
        level, ancestor, seen = 0, style, 0
        while not level and ancestor is not None and seen < 12:  # a loop of bases is damage
            level, seen = _style_level(ancestor), seen + 1
            ancestor = getattr(ancestor, "base_style", None)
        styles[style.style_id] = ((style.name or "").lower(), level)
    return styles


def _style_level(style: Any) -> int:
    outline = style.element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
    if outline is not None:
        return _outline(outline)
    name, _, number = (style.name or "").lower().rpartition(" ")
    return int(number) if name in _OUTLINE_NAMES and number.isdigit() else 0


def _outline(element: Any) -> int:
    """Word counts outline levels from 0; 9 means body text."""
    value = element.get(qn("w:val"), "9")
    return int(value) + 1 if value.isdigit() and int(value) < 9 else 0


def _looks(
    paragraph: Any, text: str, styles: dict[str, tuple[str, int]], numbering: Numbering
) -> Looks:
    properties = paragraph.find(qn("w:pPr"))
    style_id, level, centred = "", 0, False
    if properties is not None:
        style = properties.find(qn("w:pStyle"))
        style_id = style.get(qn("w:val"), "") if style is not None else ""
        outline = properties.find(qn("w:outlineLvl"))
        level = _outline(outline) if outline is not None else 0
        alignment = properties.find(qn("w:jc"))
        centred = alignment is not None and alignment.get(qn("w:val")) == "center"
    name, style_level = styles.get(style_id, ("", 0))
    return Looks(
        level=level or style_level,
        title=name in _TITLE_NAMES,
        bold=_all_bold(paragraph),
        centred=centred,
        in_table=any(above.tag == qn("w:tc") for above in paragraph.iterancestors()),
        numbering=numbering.marker(properties, style_id) if text.strip() else "",
    )


def _all_bold(paragraph: Any) -> bool:
    runs = [run for run in paragraph.iter(qn("w:r")) if "".join(texts(run)).strip()]
    return bool(runs) and all(_is_on(run.find(f"{qn('w:rPr')}/{qn('w:b')}")) for run in runs)


def _is_on(element: Any) -> bool:
    return element is not None and element.get(qn("w:val"), "1") not in ("0", "false", "off")
