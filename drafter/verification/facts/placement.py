"""Where a place of a text stands: its line, whether that is a heading, the heading above, plans.

Cuts by lines alone, so that it holds for any text; what stands under a part of plans and goals
asserts nothing yet.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from operator import attrgetter

_HEADING = re.compile(
    r"[\s　]*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]|[0-9]{1,2}[.、．](?![0-9]))"
)
_PART = re.compile(r"[\s　]*[一二三四五六七八九十]{1,3}、")
_LONGEST = 45
_PLAN = re.compile(
    r"(?:打算|计划|思路|下一步|安排|谋划|明年|目标)(?!(?:任务|指标|要求)?的?(?:完成|落实|执行|进展|实现))"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text, or a heading that runs into its paragraph, with what stands above it."""

    start: int
    end: int
    is_heading: bool
    heading: str
    """The nearest heading (its own text for a heading)."""
    in_plan: bool
    """It belongs to plans and goals, or is the title of the text."""


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines in order; they cover the text but for its newlines."""
    found: list[Line] = []
    heading, part, at = "", "", 0
    for written in text.split("\n"):
        end = at + len(written)
        head = _heading_end(written)
        if head:
            heading = written[:head].strip()
            part = heading if _PART.match(written) else part
        in_plan = bool(_PLAN.search(part) or _PLAN.search(heading))
        if head:
            found.append(Line(at, at + head, True, heading, in_plan))
        if head < len(written) or not written:
            found.append(Line(at + head, end, False, heading, in_plan))
        at = end + 1
    return tuple(found)


def _heading_end(line: str) -> int:
    """Where the heading that begins a line ends; 0 where the line is none."""
    if not _HEADING.match(line):
        return 0
    stop = line.find("。")
    if stop < 0:
        return len(line) if len(line.strip()) <= _LONGEST else 0
    return stop + 1 if stop < _LONGEST else 0


def line_at(lines: tuple[Line, ...], place: int) -> Line:
    """The line that holds a place."""
    return lines[max(0, bisect_right(lines, place, key=attrgetter("start")) - 1)]
