"""Enumerators of official texts: 一、 （一） 1. （1）, which number each bears and how deep it is.

Knows single marks only. Whether what follows is a heading is asked in `headings`; 一是…二是…
is an enumeration inside a paragraph and no mark of this module.

>>> mark = enumerator("（十二）科技创新迈上新台阶。")
>>> mark.level, mark.number, mark.written
(2, 12, '（十二）')
"""

import re
from dataclasses import dataclass

_CHINESE = "一二三四五六七八九十百"
_FORMS = (
    (1, re.compile(rf"第([{_CHINESE}]{{1,4}})(?:部分|章|篇|节)\s*[、：:．.]?\s*")),
    (1, re.compile(rf"([{_CHINESE}]{{1,4}})\s{{0,2}}[、．.]\s*")),
    (2, re.compile(rf"[（(]\s{{0,2}}([{_CHINESE}]{{1,4}})\s{{0,2}}[)）]\s{{0,2}}[、．.]?\s*")),
    (3, re.compile(r"([0-9０-９]{1,2})\s{0,2}(?:[．.](?![0-9０-９])|、)\s*")),
    (4, re.compile(r"[（(]\s{0,2}([0-9０-９]{1,2})\s{0,2}[)）]\s{0,2}[、．.]?\s*")),
    (4, re.compile(r"([0-9０-９]{1,2})[)）]\s*")),
)
# 一、二、三产业 and 二、三季度 begin with a list of ordinals, no enumerator.
_ORDINALS = re.compile(
    rf"[{_CHINESE}]\s?、\s?[{_CHINESE}]{{1,2}}(?:[、和及与]|是|产|季|线|类|级|批|期)"
)
# One-character enumerators of Chinese input methods and old fonts: ㈠ ⒈ ⑴.
_SIGNS = (("㈠", "㈩", 2), ("⒈", "⒛", 3), ("⑴", "⒇", 4))
_SIGN = re.compile(r"([㈠-㈩⒈-⒛⑴-⒇])[、．.]?\s*")
_DIGITS = {character: number for number, character in enumerate("零一二三四五六七八九")}


@dataclass(frozen=True, slots=True)
class Enumerator:
    """An enumerator at the beginning of a text; `end` is where what it numbers begins."""

    level: int
    """1 for 一、, 2 for （一）, 3 for 1. or 1、, 4 for （1）."""
    number: int
    written: str
    end: int


def enumerator(text: str, start: int = 0) -> Enumerator | None:
    """The enumerator that stands at `start`, if one does."""
    sign = _SIGN.match(text, start)
    if sign is not None:
        first, level = next(
            (first, level) for first, last, level in _SIGNS if first <= sign[1] <= last
        )
        number = ord(sign[1]) - ord(first) + 1
        return Enumerator(level, number, sign[0].strip(), sign.end())
    for level, form in _FORMS:
        match = form.match(text, start)
        if match is None:
            continue
        if level == 1 and _ORDINALS.match(text, start):
            return None
        number = number_of(match[1])
        if number:
            return Enumerator(level, number, match[0].strip(), match.end())
    return None


def number_of(written: str) -> int:
    """The number of an enumerator's digits or Chinese numerals (一 to 九十九); 0 for none."""
    if written.isdigit():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    if "百" in written or len(tens) > 1 or len(ones) > 1:
        return 0
    if not ten:
        return _DIGITS.get(ones, 0)
    return (_DIGITS.get(tens, 0) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)


# Where an enumerator may stand inside a paragraph.
INSIDE = re.compile(
    rf"(?:[{_CHINESE}]{{1,3}}、|[（(][{_CHINESE}]{{1,3}}[)）]|(?<![0-9０-９.．])[0-9]{{1,2}}(?:、|[.．](?![0-9])))"
)
