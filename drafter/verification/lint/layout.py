"""The shape of a text as the document rules need it: title, headings, paragraphs, signature date.

Reads the text itself, line by line, so that places are those of the text. Cleaning and full
section trees are the business of `reading`; here a heading is a line (or the beginning of one)
that bears an enumerator, and a title is what stands before the text and is called a summary.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from drafter.numerals.segments import clauses, sentences
from drafter.records.mention import Mention

Stretch = tuple[int, int]

_CHINESE = "一二三四五六七八九十"
_DIGITS = {character: number for number, character in enumerate(_CHINESE, 1)}
_MARK = re.compile(
    rf"(?P<one>[{_CHINESE}]{{1,3}})[、.．](?![{_CHINESE}]{{1,2}}(?:[、和及与]|是|产|季|线|类|级|批))"
    rf"|[（(](?P<two>[{_CHINESE}]{{1,3}})[)）]"
    r"|(?P<three>[0-9]{1,2})(?:[.．](?![0-9])|、)"
    r"|[（(](?P<four>[0-9]{1,2})[)）]"
)
_LEVELS = {"one": 1, "two": 2, "three": 3, "four": 4}
_HEADING_END = re.compile(r"[。：:；\n]")
_LONGEST_HEADING = 60
_KIND = re.compile(r"总\s?结|报\s?告|汇\s?报|述\s?职|打算|思路|要点|计划")
_CONTINUES = re.compile(
    r"^(?:及|和|暨|与|以及)?(?:20[0-9]{2}|明|下半)年[^。；，]{0,30}$|^(?:及|和|暨|与)"
)
_SIGNED = re.compile(r"(20[0-9]{2})年(1[0-2]|0?[1-9])月(3[01]|[12][0-9]|0?[1-9])日")
_LONGEST_TITLE = 80
_LINES_OF_FRONT = 4
_LINES_OF_BACK = 4


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that bears an enumerator; `start` is where the enumerator begins."""

    start: int
    end: int
    level: int
    """1 for 一、, 2 for （一）, 3 for 1. or 1、, 4 for （1）."""
    number: int
    mark: str
    words: str
    """What follows the enumerator, up to the first full stop or colon."""
    run_in: bool
    """More text follows on its line."""


@dataclass(frozen=True)
class Layout:
    """A text with its mentions, and where its title, headings and paragraphs stand."""

    text: str = field(repr=False)
    mentions: Sequence[Mention] = field(repr=False)

    @cached_property
    def paragraphs(self) -> tuple[Stretch, ...]:
        """Lines that hold something, without the spaces around them."""
        found, at = [], 0
        for line in self.text.split("\n"):
            bare = line.strip()
            if bare:
                start = at + line.index(bare)
                found.append((start, start + len(bare)))
            at += len(line) + 1
        return tuple(found)

    @cached_property
    def sentences(self) -> tuple[Stretch, ...]:
        """As `numerals.segments` cuts them."""
        return sentences(self.text)

    @cached_property
    def clauses(self) -> tuple[Stretch, ...]:
        """As `numerals.segments` cuts them."""
        return clauses(self.text)

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """All lines that begin with an enumerator, in order."""
        return tuple(
            heading
            for start, end in self.paragraphs
            if (heading := _heading(self.text, start, end)) is not None
        )

    @cached_property
    def title(self) -> Stretch | None:
        """The line or lines before the text that call it a summary, report or plan."""
        for at, (start, end) in enumerate(self.paragraphs[:_LINES_OF_FRONT]):
            line = self.text[start:end]
            if _MARK.match(line):
                return None
            if _is_title(line):
                return start, self._title_end(at)
        return None

    def _title_end(self, at: int) -> int:
        """A title may run on over a second line (及2024年工作打算)."""
        end = self.paragraphs[at][1]
        following = self.paragraphs[at + 1 : at + 2]
        if following:
            line = self.text[slice(*following[0])]
            if len(line) <= _LONGEST_HEADING and _is_title(line) and _CONTINUES.search(line):
                return following[0][1]
        return end

    @cached_property
    def signed(self) -> tuple[Stretch, tuple[int, int, int]] | None:
        """Place and (year, month, day) of the date under the text."""
        for start, end in self.paragraphs[-_LINES_OF_BACK:]:
            match = _SIGNED.fullmatch(self.text, start, end)
            if match:
                return (start, end), (int(match[1]), int(match[2]), int(match[3]))
        return None

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(one.start for one in self.mentions)

    def mentions_between(self, start: int, end: int) -> Sequence[Mention]:
        """The mentions that begin in `[start, end)`."""
        return self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def sentence_at(self, place: int) -> Stretch:
        """The sentence that holds a place."""
        return _holding(self.sentences, place)

    def clause_at(self, place: int) -> Stretch:
        """The clause that holds a place."""
        return _holding(self.clauses, place)


def _holding(stretches: Sequence[Stretch], place: int) -> Stretch:
    low, high = 0, len(stretches)
    while low < high:
        middle = (low + high) // 2
        if stretches[middle][1] <= place:
            low = middle + 1
        else:
            high = middle
    return stretches[low] if low < len(stretches) else (place, place)


def _is_title(line: str) -> bool:
    return (
        len(line) <= _LONGEST_TITLE
        and _KIND.search(line) is not None
        and not line.endswith(("。", "：", ":", "；", "，", ","))
    )


def _heading(text: str, start: int, end: int) -> Heading | None:
    match = _MARK.match(text, start, end)
    if match is None or match.lastgroup is None:
        return None
    level = _LEVELS[match.lastgroup]
    number = number_of(match[match.lastgroup])
    stop = _HEADING_END.search(text, match.end(), end)
    last = stop.start() if stop else end
    words = text[match.end() : last].strip()
    run_in = stop is not None and stop.end() < end
    return Heading(start, last, level, number, match[0], words, run_in)


def number_of(written: str) -> int:
    """The number of an enumerator's digits or Chinese numerals (一 to 九十九); 0 for none."""
    if written.isdecimal():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return _DIGITS.get(written, 0)
    if len(tens) > 1 or len(ones) > 1:
        return 0
    return (_DIGITS.get(tens, 0) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)


def in_chinese(number: int) -> str:
    """一 to 九十九, as an enumerator writes it."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("十" if tens == 1 else f"{_CHINESE[tens - 1]}十")
    return head + (_CHINESE[ones - 1] if ones else "")
