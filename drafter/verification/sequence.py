"""Enumerators in order: duplicates, gaps and restarts of 一、 （一） and 一是."""

import re
from collections.abc import Iterator, Sequence

from drafter.records.claim import Issue

_DIGITS = "一二三四五六七八九"
_PATTERNS = (
    (1, re.compile(r"^[\s　]*([一二三四五六七八九十]{1,3})、", re.MULTILINE)),
    (2, re.compile(r"^[\s　]*[（(]([一二三四五六七八九十]{1,3})[）)]", re.MULTILINE)),
)
_POINTS = re.compile(r"(?:^|(?<=[。；;：:，,\n　 ]))([一二三四五六七八九十]{1,2})是(?=\S)")


def _number(text: str) -> int:
    tens, _, ones = text.rpartition("十")
    if "十" not in text:
        return _DIGITS.index(text) + 1 if len(text) == 1 else 0
    return (_DIGITS.index(tens) + 1 if tens else 1) * 10 + (_DIGITS.index(ones) + 1 if ones else 0)


def sequence_issues(text: str) -> Iterator[Issue]:
    """L16 for headings and for 一是-lists within a paragraph."""
    marks = sorted(
        (match.start(1), match.end(1), level, _number(match.group(1)))
        for level, pattern in _PATTERNS
        for match in pattern.finditer(text)
    )
    expected = {1: 1, 2: 1}
    for start, end, level, number in marks:
        if level == 1:
            expected[2] = 1
        if number not in (expected[level], 1) and number:
            yield _issue(text, start, end, expected[level])
        expected[level] = number + 1
    yield from _points(text, [start for start, _, _, _ in marks])


def _points(text: str, headings: Sequence[int]) -> Iterator[Issue]:
    """一是… may run over several paragraphs; a heading ends it, another 一是 begins anew."""
    expected = 0
    heading = 0
    for match in _POINTS.finditer(text):
        while heading < len(headings) and headings[heading] < match.start():
            heading += 1
            expected = 0
        number = _number(match.group(1))
        if expected and number not in (expected, 1) and number:
            yield _issue(text, match.start(1), match.end(1), expected)
        expected = number + 1


def _issue(text: str, start: int, end: int, expected: int) -> Issue:
    written = _DIGITS[expected - 1] if expected <= 9 else str(expected)
    return Issue(
        rule="L16",
        level="error",
        start=start,
        end=end,
        message=f"序号“{text[start:end]}”不连续，此处应为“{written}”",
    )
