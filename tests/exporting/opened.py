"""A docx opened for looking at its XML."""

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as ET

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ORDER_OF_PARAGRAPH = [
    "pStyle",
    "keepNext",
    "keepLines",
    "pageBreakBefore",
    "widowControl",
    "autoSpaceDE",
    "autoSpaceDN",
    "snapToGrid",
    "spacing",
    "ind",
    "jc",
    "outlineLvl",
    "rPr",
]
ORDER_OF_RUN = ["rStyle", "rFonts", "b", "bCs", "spacing", "sz", "szCs", "shd", "lang"]
ORDER_OF_TABLE = ["tblStyle", "tblW", "jc", "tblInd", "tblBorders", "tblLayout", "tblCellMar"]


class Opened:
    """Parts and paragraphs of the bytes of a docx."""

    def __init__(self, content: bytes):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            self.infos = package.infolist()
            raw = {name: package.read(name) for name in package.namelist()}
        self.parts = {name: data.decode() for name, data in raw.items() if not is_media(name)}
        self.media = {name: data for name, data in raw.items() if is_media(name)}
        self._trees: dict[str, ET.Element] = {}
        self.document = self.tree("word/document.xml")

    def tree(self, part: str) -> ET.Element:
        """The root of a part; read once, so nobody may change it."""
        if part not in self._trees:
            self._trees[part] = ET.fromstring(self.parts[part])  # noqa: S314 - ours
        return self._trees[part]

    @property
    def paragraphs(self) -> list[ET.Element]:
        """Those of the body; tables apart."""
        return self.document.findall(f"{W}body/{W}p")

    @property
    def lines(self) -> list[str]:
        return [text(paragraph) for paragraph in self.paragraphs]

    def paragraph(self, start: str) -> ET.Element:
        """The first paragraph whose text begins so."""
        return next(item for item in self.paragraphs if text(item).startswith(start))

    def body_before_appendix(self) -> list[ET.Element]:
        place = self.lines.index("核对附页") if "核对附页" in self.lines else None
        return self.paragraphs[:place]


def is_media(name: str) -> bool:
    """Whether an entry of the package is a picture, not XML."""
    return name.startswith("word/media/")


def text(paragraph: ET.Element, *, notes: bool = True) -> str:
    """What a paragraph prints; without the marks of a review if `notes` is false."""
    parts = []
    for run in runs(paragraph):
        if not notes and attribute(run, "rPr/rStyle") == "ReviewNote":
            continue
        parts += [
            "\n" if item.tag == f"{W}br" else item.text or ""
            for item in run
            if item.tag in (f"{W}t", f"{W}br")
        ]
    return "".join(parts)


def runs(paragraph: ET.Element) -> list[ET.Element]:
    return paragraph.findall(f"{W}r")


def attribute(element: ET.Element, path: str, name: str = "val") -> str | None:
    """An attribute of a descendant: `attribute(run, "rPr/sz")`; None where either is absent."""
    found: ET.Element | None = element
    for part in path.split("/"):  # step by step: ten times as fast as a path
        found = None if found is None else found.find(f"{W}{part}")
    return None if found is None else found.get(f"{W}{name}")


def the(element: ET.Element, path: str) -> ET.Element:
    """A descendant that has to be there."""
    found = element.find("/".join(f"{W}{part}" for part in path.split("/")))
    assert found is not None, path
    return found


def number(written: str | None) -> int:
    """An attribute that has to be a number."""
    assert written is not None
    return int(written)


def children(element: ET.Element) -> list[str]:
    return [child.tag.removeprefix(W) for child in element]


def all_of(root: ET.Element, name: str) -> Iterator[ET.Element]:
    return root.iter(f"{W}{name}")


def numerals(words: str) -> list[str]:
    return re.findall(r"[0-9]+(?:\.[0-9]+)?", words)
