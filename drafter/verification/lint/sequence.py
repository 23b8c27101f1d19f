"""Enumerators in order (L16) and in the form that official texts use (L17)."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from drafter.records.claim import Issue
from drafter.verification.lint.issues import issue
from drafter.verification.lint.layout import Heading, Layout, in_chinese, number_of

_POINTS = re.compile(
    r"(?:^|(?<=[。；;：:，,\n　 ]))([一二三四五六七八九十]{1,2})(?P<verb>是|要(?![求素点闻]))(?=\S)"
)
_PROMISED = re.compile(
    r"(?P<count>[二两三四五六七八九十]|[2-9])(?:个?方面|个?重点|个?环节|项(?:重点)?(?:工作|措施|任务|举措))"
    r"[^。！？，,；\n]{0,12}[：:。]\s{0,4}(?=(?:一是|一要))"
)
_DEEPEST = 2
# 一、 and （一） number headings; 1. and （1） also number items of lists, which begin anew at will.


def sequence_issues(layout: Layout) -> Iterator[Issue]:
    """L16 for headings and 一是-lists, L17 for the marks of headings."""
    yield from _headings([one for one in layout.headings if one.level <= _DEEPEST])
    yield from _points(layout)
    yield from _marks(layout.headings)


def _headings(headings: Sequence[Heading]) -> Iterator[Issue]:
    expected = {1: 1, 2: 1}
    for heading in headings:
        if heading.level == 1:
            expected[2] = 1
        number, due = heading.number, expected[heading.level]
        if number and number not in (due, 1):
            yield _out_of_order(heading.start, heading.mark, number, due)
        expected[heading.level] = number + 1


def _out_of_order(start: int, mark: str, number: int, due: int) -> Issue:
    written = mark.strip("（）()、.．")
    at = start + mark.index(written)
    what = "重复" if number < due else "跳号"
    right = str(due) if written.isdecimal() else in_chinese(due)
    return issue(
        "L16", "error", (at, at + len(written)), f"序号“{written}”{what}，此处应为“{right}”"
    )


def _points(layout: Layout) -> Iterator[Issue]:
    """一是… may run over several paragraphs; a heading ends it, another 一是 begins anew."""
    text = layout.text
    promised = {match.end(): match for match in _PROMISED.finditer(text)}
    breaks = [one.start for one in layout.headings if one.level <= _DEEPEST]
    found = list(_POINTS.finditer(text))
    lists = [
        one
        for verb in ("是", "要")  # 一要 may stand within 一是
        for one in _lists([match for match in found if match["verb"] == verb], breaks)
    ]
    for marks in lists:
        yield from _list(marks)
        head = promised.get(marks[0].start())
        if head is not None:
            yield from _count(head, marks)


def _lists(matches: Sequence[re.Match[str]], breaks: Sequence[int]) -> list[list[re.Match[str]]]:
    """Points cut into lists: at each 一是 and at each heading."""
    lists: list[list[re.Match[str]]] = []
    at = 0
    for match in matches:
        before = at
        while at < len(breaks) and breaks[at] < match.start():
            at += 1
        if at > before or not lists or number_of(match[1]) == 1:
            lists.append([])
        lists[-1].append(match)
    return lists


def _list(marks: Sequence[re.Match[str]]) -> Iterator[Issue]:
    for before, match in pairwise(marks):
        number, due = number_of(match[1]), number_of(before[1]) + 1
        if number and number != due:
            yield _out_of_order(match.start(1), match[1], number, due)


def _count(head: re.Match[str], marks: Sequence[re.Match[str]]) -> Iterator[Issue]:
    """五个方面 is followed by five points (N28)."""
    said = number_of(head["count"].replace("两", "二"))
    last = number_of(marks[-1][1])
    if said and said != last:
        yield issue(
            "L16",
            "error",
            head.span("count"),
            f"文中说“{head[0].rstrip('：:，,。')}”，后面列了{last}点",
            [match.span(1) for match in marks],
        )


def _marks(headings: Sequence[Heading]) -> Iterator[Issue]:
    """L17: 1. not 1、, （一） without 、; a style, so never an error."""
    for heading in headings:
        place = (heading.start, heading.start + len(heading.mark))
        if heading.level == 3 and heading.mark.endswith("、"):
            yield issue("L17", "warning", place, "第三层序号写“1.”，不写“1、”")
        elif heading.level == 1 and heading.mark.endswith((".", "．")):
            yield issue("L17", "warning", place, "第一层序号写“一、”，不用圆点")
        elif heading.level in (2, 4) and heading.words.startswith("、"):
            yield issue("L17", "warning", place, "带括号的序号后面不加顿号")
        elif "(" in heading.mark or ")" in heading.mark:
            yield issue("L17", "warning", place, "序号的括号用全角“（）”")
