"""The enumerators that Word prints by itself, worked out from its numbering definitions.

Office people switch automatic numbering on without noticing: the text then holds no `一、`,
while page and reader do. Only the formats of official texts are written out; bullets and
foreign formats print nothing here.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

_DIGITS = "零一二三四五六七八九"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def chinese_count(number: int) -> str:
    """1 to 99 as enumerators write them: 一, 十, 十二, 二十一."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    head = "十" if tens == 1 else f"{_DIGITS[tens % 10]}十"
    return head + (_DIGITS[ones] if ones else "")


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalFullWidth": str,
    "decimalZero": lambda number: f"{number:02d}",
    "chineseCounting": chinese_count,
    "chineseCountingThousand": chinese_count,
    "japaneseCounting": chinese_count,
    "ideographDigital": chinese_count,
    "taiwaneseCounting": chinese_count,
    "decimalEnclosedCircle": lambda number: _CIRCLED[number - 1] if number <= 20 else str(number),
    "decimalEnclosedCircleChinese": lambda number: (
        _CIRCLED[number - 1] if number <= 20 else str(number)
    ),
}


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    text: str
    start: int


@dataclass(slots=True)
class Numbering:
    """A document's lists; `marker` must be asked paragraph by paragraph, in order."""

    levels: Mapping[tuple[str, int], _Level]
    """(number id, level) -> how that level is written."""
    lists: Mapping[str, str]
    """Number id -> abstract id; lists of one abstract id count on together."""
    by_style: Mapping[str, tuple[str, int]]
    _counts: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0] * 9))

    @classmethod
    def of(cls, document: Any) -> "Numbering":
        """The lists of a python-docx document; without a numbering part there are none."""
        parts = [
            relation.target_part
            for relation in document.part.rels.values()
            if not relation.is_external and relation.reltype.endswith("/numbering")
        ]
        if not parts:
            return cls({}, {}, _styles(document))
        root = parts[0].element
        abstract = {
            item.get(qn("w:abstractNumId")): _levels(item)
            for item in root.findall(qn("w:abstractNum"))
        }
        lists = {
            item.get(qn("w:numId")): item.find(qn("w:abstractNumId")).get(qn("w:val"))
            for item in root.findall(qn("w:num"))
            if item.find(qn("w:abstractNumId")) is not None
        }
        levels = {
            (number, level): how
            for number, of in lists.items()
            for level, how in abstract.get(of, {}).items()
        }
        return cls(levels, lists, _styles(document))

    def marker(self, properties: Any, style_id: str) -> str:
        """The enumerator of the next paragraph, '' where Word prints none.

        Args:
            properties: The paragraph's `w:pPr` element, or None.
            style_id: Its style, which may carry the numbering.
        """
        place = _place(properties) or self.by_style.get(style_id)
        if place is None:
            return ""
        number, level = place
        how = self.levels.get((number, level))
        if how is None or level > 8:
            return ""
        counts = self._counts[self.lists[number]]
        counts[level] = counts[level] + 1 if counts[level] else how.start
        counts[level + 1 :] = [0] * (8 - level)
        return self._written(number, how, counts)

    def _written(self, number: str, how: _Level, counts: list[int]) -> str:
        if how.format not in _FORMATS:
            return ""

        def count(match: re.Match[str]) -> str:
            level = int(match[1]) - 1
            other = self.levels.get((number, level), how)
            write = _FORMATS.get(other.format, str)
            return write(max(1, counts[level]))

        return re.sub(r"%([1-9])", count, how.text).strip()


def _levels(abstract: Any) -> dict[int, _Level]:
    return {
        _integer(level.get(qn("w:ilvl"))): _Level(
            _value(level, "w:numFmt", "decimal"),
            _value(level, "w:lvlText", ""),
            max(1, _integer(_value(level, "w:start", "1"))),
        )
        for level in abstract.findall(qn("w:lvl"))
    }


def _value(element: Any, name: str, default: str) -> str:
    child = element.find(qn(name))
    return default if child is None else str(child.get(qn("w:val"), default))


def _integer(value: str | None) -> int:
    """A whole number as Word writes it; a damaged one counts as 0, Word's own default."""
    return int(value) if value is not None and value.isascii() and value.isdigit() else 0


def _place(properties: Any) -> tuple[str, int] | None:
    numbered = None if properties is None else properties.find(qn("w:numPr"))
    if numbered is None:
        return None
    return _value(numbered, "w:numId", "0"), _integer(_value(numbered, "w:ilvl", "0"))


def _styles(document: Any) -> dict[str, tuple[str, int]]:
    return {
        style.style_id: place
        for style in document.styles
        if (place := _place(style.element.find(qn("w:pPr")))) is not None
    }
