"""The title against the text: years (L14), parts that it promises (L33), its form (L32)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from drafter.records.claim import Issue
from drafter.verification.lint.issues import issue
from drafter.verification.lint.layout import Layout, Stretch

_REPORTED = re.compile(
    r"(20[0-9]{2})年(?:度|全年|上半年|前?[一二三四]个?季度|前三季度|[0-9—\-至]{1,6}月份?)?"
    r"[^年，。]{0,20}?(?:总\s?结|报\s?告|汇\s?报|述\s?职|情况)"
)
_PLANNED = re.compile(
    r"(20[0-9]{2})年(?:度|下半年|重点)?[^年，。]{0,16}?(?:打算|思路|计划|安排|谋划|要点|重点)"
)
_PROMISE = re.compile(
    r"(?:及|和|暨|与|、|\s)(?P<part>(?:(?:20[0-9]{2}|明|来)年度?|下半年|下一?步|下一?阶段)?[^，。]{0,16}?"
    r"(?:打算|思路|计划(?!执行|完成|落实)|安排(?!执行|完成|落实)|谋划|要点(?!执行|完成|落实)))"
)
_PLAN_HEADING = re.compile(
    r"打算|思路|计划|工作安排|谋划|下一?步|下一?阶段|明年|来年|下半年|重点工作|目标任务|工作重点|任务安排|努力方向"
)
_PLAN_OPENING = re.compile(
    r"^(?:下一?步|下一?阶段|明年|来年|新的一年|下半年|今后|接下来)"
    r"|^(?:在)?20[0-9]{2}年[，,]?[^。]{0,24}(?:将|要(?![素求点闻])|计划|打算|拟|力争)"
)
_OF_GOVERNMENT = re.compile(r"政\s?府\s?工\s?作\s?报\s?告")
_NAMED_SUMMARY = re.compile(r"工作总\s?结(?!.{0,24}(?:打算|思路|计划|安排|谋划|要点|重点))")
_MARKS = re.compile(r"[，。；？！,;?!]")
_SOURCE = re.compile(r"(?:信息)?来源[：:][^\n。]{0,40}")
_LINES_OF_FRONT = 5
_LONGEST = 60
"""Three lines of 二号 type, twenty characters each (GB/T 9704 7.3.1)."""


@dataclass(frozen=True, slots=True)
class TitleYears:
    """Which year a title says that the text reports on and plans for."""

    reported: int | None
    planned: int | None
    place: Stretch


def title_years(layout: Layout) -> TitleYears | None:
    """The years of the title; None without a title or a year in it."""
    if layout.title is None:
        return None
    line = layout.text[slice(*layout.title)]
    if _OF_GOVERNMENT.search(line):  # its year is that of the session, not of the work
        return None
    reported, planned = _REPORTED.search(line), _PLANNED.search(line)
    if reported is None and planned is None:
        return None
    return TitleYears(
        int(reported[1]) if reported else None,
        int(planned[1])
        if planned and (not reported or planned.start() > reported.start())
        else None,
        layout.title,
    )


def title_issues(layout: Layout) -> Iterator[Issue]:
    """L14, L32 and L33 of the title, L31 of the source line that web pages set below it."""
    for start, end in layout.paragraphs[:_LINES_OF_FRONT]:
        if _SOURCE.fullmatch(layout.text, start, end):
            yield issue("L31", "error", (start, end), "网页或下载站的文字混入了正文")
    if layout.title is None:
        return
    yield from _years(layout)
    yield from _form(layout)
    yield from _promise(layout)


def _years(layout: Layout) -> Iterator[Issue]:
    years = title_years(layout)
    if years is None or years.reported is None:
        return
    if years.planned is not None and years.planned != years.reported + 1:
        half = "下半年" in layout.text[slice(*years.place)]
        if not (half and years.planned == years.reported):
            message = (
                f"标题总结{years.reported}年、打算写{years.planned}年，"
                f"打算应为{years.reported + 1}年"
            )
            yield issue("L14", "warning", years.place, message)


def _form(layout: Layout) -> Iterator[Issue]:
    assert layout.title is not None  # noqa: S101 - the caller looked
    start, end = layout.title
    title = layout.text[start:end]
    mark = _MARKS.search(title)
    if mark:
        message = "标题中除书名号、引号外不用标点"
        yield issue("L32", "info", (start + mark.start(), start + mark.end()), message)
    if len("".join(title.split())) > _LONGEST:
        message = f"标题有{len(''.join(title.split()))}字，排出来超过三行，请精简"
        yield issue("L32", "info", (start, end), message)


def _promise(layout: Layout) -> Iterator[Issue]:
    """A part that the title names and the text lacks, and a part of which the title is silent."""
    assert layout.title is not None  # noqa: S101 - the caller looked
    start, end = layout.title
    promise = _PROMISE.search(layout.text, start, end)
    plan = _plan(layout, end)
    if promise is not None and plan is None:
        part = promise["part"]
        message = f"标题写有“{part}”，正文没有这一部分，请补写或修改标题"
        yield issue("L33", "warning", promise.span("part"), message)
    if promise is None and _NAMED_SUMMARY.search(layout.text, start, end):
        for heading in layout.headings:
            if heading.level == 1 and _PLAN_HEADING.search(heading.words):
                message = f"正文有“{heading.words}”一部分，标题没有写“及……工作打算”"
                yield issue("L33", "info", (heading.start, heading.end), message)
                return


def _plan(layout: Layout, after: int) -> Stretch | None:
    """Where the text turns to its plans."""
    for heading in layout.headings:
        if heading.level <= 2 and _PLAN_HEADING.search(heading.words):
            return heading.start, heading.end
    for start, end in layout.paragraphs:
        if start <= after:
            continue
        line = layout.text[start : min(end, start + 80)]
        unmarked = end - start <= 30 and _PLAN_HEADING.search(line) and not line.endswith("。")
        if unmarked or _PLAN_OPENING.match(line):
            return start, end
    return None
