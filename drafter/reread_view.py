"""What came back with an edited copy, as told: to the officer in words, to programs as JSON."""

from collections.abc import Iterator
from typing import Any

from drafter.records.claim import VERDICTS
from drafter.records.printable import shortened
from drafter.rereading import Change, Reread

_LONGEST = 60


def in_words(done: Reread) -> str:
    """For the officer: each change in two or three lines, then what readers remarked."""
    if not done.changed:
        lines = ["改回的文件没有改动文字"]
    else:
        lines = [f"改动{len(done.changes)}处："]
        for number, change in enumerate(done.changes, 1):
            lines += _told(number, change)
    if done.remarks:
        lines.append(f"批注意见{len(done.remarks)}条（请人工处理，未改入草稿）：")
        lines += [
            f"  {one.author or '未署名'}："
            + (f"“{shortened(one.anchor, _LONGEST)}”——" if one.anchor else "")
            + shortened(one.text, _LONGEST)
            for one in done.remarks
        ]
    return "\n".join(lines)


def _told(number: int, change: Change) -> Iterator[str]:
    one = change.sentence
    by = f"（{change.by}）" if change.by else ""
    yield f"  {number}. {'、'.join(one.kinds)}  {change.section}{by}"
    if one.before and one.before != one.after:
        yield f"     原文：{shortened(one.before, _LONGEST)}"
    if one.after:
        yield f"     现文：{shortened(one.after, _LONGEST)}"
    if one.numbers_before or one.numbers_after:
        before, after = "、".join(one.numbers_before), "、".join(one.numbers_after)
        yield f"     数字：{before or '无'} → {after or '无'}"
    for judged in change.judged:
        name = f"“{judged.indicator_name}”" if judged.indicator_name else ""
        message = f"：{judged.message}" if judged.message else ""
        yield f"     “{judged.text}”{name}{VERDICTS[judged.verdict]}{message}"


def as_json(done: Reread) -> dict[str, Any]:
    """For programs."""
    return {
        "changed": done.changed,
        "changes": [_change_json(one) for one in done.changes],
        "remarks": [
            {"author": one.author, "text": one.text, "anchor": one.anchor} for one in done.remarks
        ],
        "rereading": list(done.notes),
    }


def _change_json(change: Change) -> dict[str, Any]:
    one = change.sentence
    return {
        "section": change.section,
        "kinds": list(one.kinds),
        "before": one.before,
        "after": one.after,
        "by": change.by,
        "numbers_before": list(one.numbers_before),
        "numbers_after": list(one.numbers_after),
        "facts_before": list(one.facts_before),
        "facts_after": list(one.facts_after),
        "judged": [
            {
                "text": judged.text,
                "verdict": judged.verdict,
                "indicator_name": judged.indicator_name,
                "message": judged.message,
            }
            for judged in change.judged
        ],
        "links": [
            {"text": link.text, "indicator": link.indicator, "why": link.why}
            for link in change.links
        ],
    }
