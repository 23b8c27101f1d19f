"""Sections in another order, and two of them made one; headings are numbered anew.

Works on headings and levels alone. A section moves with all that stands below it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, cast

from drafter.errors import RequestError
from drafter.records.outline import OutlineSection, SectionKind
from drafter.writing.headings import enumerated
from drafter.writing.offline import WrittenSection

_MARKER: Final = re.compile(
    r"第[一二三四五六七八九十百0-9]{1,4}(?:部分|章|节|、)?[、　 ]?"
    r"|[(（][一二三四五六七八九十0-9]{1,3}[)）]、?"
    r"|[一二三四五六七八九十]{1,3}(?:、|是)"
    r"|[0-9]{1,2}[.、．](?![0-9])"
)


def bare_heading(heading: str) -> tuple[str, str]:
    """The enumerator of a heading and the rest: （一）党建工作 -> （一）, 党建工作."""
    found = _MARKER.match(heading)
    return (found[0], heading[found.end() :]) if found else ("", heading)


def numbered_anew(sections: Sequence[WrittenSection]) -> tuple[WrittenSection, ...]:
    """The sections with their enumerators counted in their present order."""
    parts = [bare_heading(one.heading) for one in sections]
    outline = [
        OutlineSection(
            id=one.id,
            heading=rest,
            level=one.level,
            kind=cast("SectionKind", one.kind),
            marker=marker,
        )
        for one, (marker, rest) in zip(sections, parts, strict=True)
    ]
    headings = enumerated(outline, [rest for _, rest in parts])
    return tuple(
        replace(one, heading=heading) for one, heading in zip(sections, headings, strict=True)
    )


def find(sections: Sequence[WrittenSection], name: str) -> int:
    """The number of the section that an officer means.

    Args:
        sections: All sections.
        name: Its id, its heading, or words of it that no other heading has.

    Raises:
        RequestError: None or several are meant; the headings are listed.
    """
    wanted = name.strip()
    for test in (
        lambda one: wanted == one.id,
        lambda one: wanted in (one.heading, bare_heading(one.heading)[1]),
        lambda one: bool(wanted) and wanted in one.heading,
    ):
        found = [number for number, one in enumerate(sections) if test(one)]
        if len(found) == 1:
            return found[0]
        if found:
            break
    listed = "、".join(one.heading for one in sections if one.heading)
    many = "不止一节" if found else "没有这一节"
    raise RequestError(f"“{name}”：{many}，请写明标题；各节是：{listed}")


def brought_first(sections: Sequence[WrittenSection], name: str) -> tuple[WrittenSection, ...]:
    """The section `name`, with what stands below it, before its sisters.

    Raises:
        RequestError: no such section, or one without a heading.
    """
    number = find(sections, name)
    chosen = sections[number]
    if not chosen.heading:
        raise RequestError(f"“{name}”没有标题，不能移动")
    end = _end(sections, number)
    start = number
    while start and _is_sister(sections, start - 1, chosen.level):
        start -= 1
    block = sections[number:end]
    return (*sections[:start], *block, *sections[start:number], *sections[end:])


def _is_sister(sections: Sequence[WrittenSection], number: int, level: int) -> bool:
    """A section at or below the level, so that the parent is not yet reached."""
    return bool(sections[number].heading) and sections[number].level >= level


def _end(sections: Sequence[WrittenSection], number: int) -> int:
    end = number + 1
    while end < len(sections) and sections[end].level > sections[number].level:
        end += 1
    return end


def merged(
    sections: Sequence[WrittenSection], first: str, second: str
) -> tuple[tuple[WrittenSection, ...], WrittenSection, WrittenSection]:
    """Two sections as one, under the first one's heading.

    Returns:
        All sections, the one that took in the other, and the one that is gone.

    Raises:
        RequestError: They are not of one level and kind, or have sections below them.
    """
    one, other = sections[find(sections, first)], sections[find(sections, second)]
    if one.id == other.id:
        raise RequestError(f"“{first}”和“{second}”是同一节")
    leaves = all(_end(sections, find(sections, each.id)) == find(sections, each.id) + 1
                 for each in (one, other))  # fmt: skip
    if not leaves or (one.level, one.kind) != (other.level, other.kind):
        raise RequestError(f"“{first}”和“{second}”不是同一级、同一类的两节，不能合并")
    together = replace(
        one,
        template="\n".join(part for part in (one.template, other.template) if part),
        origins=(*one.origins, *other.origins),
    )
    kept = tuple(
        together if each.id == one.id else each for each in sections if each.id != other.id
    )
    return kept, together, other
