"""Making issues, and keeping a report short: what repeats is told once, with its places."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from drafter.records.claim import Issue, Level

_RANK: dict[Level, int] = {"error": 0, "warning": 1, "info": 2}
_SHOWN = 5
_LONGEST_SHOWN = 12


def issue(
    rule: str,
    level: Level,
    place: tuple[int, int],
    message: str,
    related: Iterable[tuple[int, int]] = (),
) -> Issue:
    """An issue at `[start, end)` of the text."""
    return Issue(
        rule=rule,
        level=level,
        start=place[0],
        end=place[1],
        message=message,
        related=tuple(related),
    )


def grouped(issues: Iterable[Issue], text: str) -> tuple[Issue, ...]:
    """Issues in order of place, those of one rule, level and message as one.

    The first place bears the issue, the others are `related`; the message tells how many there
    are and shows the first few. An issue that relates to other places already stays alone: it
    speaks of this one pair.
    """
    alike: dict[tuple[str, Level, str], list[Issue]] = defaultdict(list)
    alone: list[Issue] = []
    seen: set[tuple[str, int, int, str]] = set()
    for one in issues:
        key = (one.rule, one.start, one.end, one.message)
        if key in seen:
            continue
        seen.add(key)
        if one.related:
            alone.append(one)
        else:
            alike[one.rule, one.level, one.message].append(one)
    told = [*alone, *(_together(group, text) for group in alike.values())]
    return tuple(sorted(told, key=lambda one: (one.start, one.end, _RANK[one.level], one.rule)))


def _together(group: list[Issue], text: str) -> Issue:
    if len(group) == 1:
        return group[0]
    group.sort(key=lambda one: (one.start, one.end))
    first, *others = group
    words = list(dict.fromkeys(_short(text[one.start : one.end]) for one in group))
    shown = "、".join(f"“{word}”" for word in words[:_SHOWN] if word)
    more = "等" if len(words) > _SHOWN else ""
    message = f"{first.message}（共{len(group)}处：{shown}{more}）"
    return replace(first, message=message, related=tuple((one.start, one.end) for one in others))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_SHOWN else f"{line[: _LONGEST_SHOWN - 1]}…"
