"""L14 and P04: years and headings that did not roll on with the text around them."""

import re
from collections.abc import Iterator, Sequence

from drafter.records.claim import Issue
from drafter.records.mention import Mention
from drafter.verification.previous.pages import WORDS, Sentence
from drafter.verification.previous.writings import Topic, Writing


def old_years(
    pairs: Sequence[tuple[Sentence, Sentence, float]], new: Writing, old: Writing
) -> Iterator[Issue]:
    """L14: years that did not roll on with the sentence around them."""
    if old.year is None:
        return
    if new.year == old.year:
        yield from _same_year(new)
        return
    for sentence, older, _ in pairs:
        before = {date.span.year for date in older.dates if date.span}
        for date in sentence.dates:
            year = date.span.year if date.span else None
            if year not in before or not _is_stale(year, old.year, sentence.topic):
                continue
            if _looks_back(date, new):
                continue
            yield _stale(date.start, date.end, f"上年总结的同一句也写{year}年")


def _same_year(new: Writing) -> Iterator[Issue]:
    start, end = new.title_at or (0, min(1, len(new.text)))
    if start < end:
        yield _stale(start, end, f"两份总结写的都是{new.year}年")


def _is_stale(year: int | None, before: int, topic: Topic) -> bool:
    """The older text's own year; where it planned, also the year that it planned for.

    Years further back (自2019年以来) and further on (到2025年) rightly stay.
    """
    return year == before or (topic == "plans" and year == before + 1)


def _stale(start: int, end: int, what: str) -> Issue:
    message = f"{what}，请确认年份已更新"
    return Issue(rule="L14", level="warning", start=start, end=end, message=message)


def _looks_back(date: Mention, new: Writing) -> bool:
    """The sentence speaks of the past on purpose: 较2022年, 与2022年相比."""
    return new.text[max(0, date.start - 2) : date.start].endswith(("较", "比", "与", "自", "从"))


_PLAIN_HEADING = re.compile(
    r"工作(?:开展|总结|回顾|情况|成效|打算|计划|思路|安排|重点)|主要(?:工作|指标|做法|成效|经济)"
    r"|存在|问题|不足|困难|下一?步|明年|基本情况|亮点"
)
_YEAR = re.compile(r"(20[0-9]{2})年")
_SHORTEST_HEADING = 6


def old_headings(new: Writing, old: Writing) -> Iterator[Issue]:
    """P04: headings with a wording of their own that did not change; L14: nor did their year."""
    before = {_bare(part.heading) for part in old.parts}
    for part in new.parts:
        words = _bare(part.heading)
        if part.heading_at is None or words not in before:
            continue
        start, end = part.heading_at
        year = _YEAR.search(part.heading)
        if year and old.year and int(year[1]) in (old.year, old.year + 1):
            yield _stale(start, end, f"上年总结也有标题“{part.heading}”")
        elif len(words) >= _SHORTEST_HEADING and not _PLAIN_HEADING.search(words):
            message = f"标题“{part.heading}”与上年总结相同"
            yield Issue(rule="P04", level="info", start=start, end=end, message=message)


def _bare(heading: str) -> str:
    return "".join(WORDS.findall(heading))
