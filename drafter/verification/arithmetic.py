"""Figures of one sentence that do not add up: completion, parts, shares, structure."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from drafter.numerals.segments import sentences
from drafter.records.claim import Issue
from drafter.records.mention import Mention
from drafter.verification.lint.figures_beside import (
    Interval,
    interval,
    is_cut_off,
    of_one_counter,
    percent,
)
from drafter.verification.lint.issues import issue

_TASK_BEFORE = re.compile(r"(?:任务|目标|计划)(?:数|任务|目标)?(?:为|的|是)?[（(]?\s*$")
_OF_TASK = re.compile(r"^[)）]?的?\s*$")
_SHARE = re.compile(r"占(?![^，。；]{0,20}(?:任务|目标|计划|指标))[^，。；]{0,24}$")
_RATE_NAME = re.compile(
    r"(?:[办结整改合格覆盖达标兑现处置到位普及通]率|占比|比重"
    r"|(?<!毛)(?:就业|入学|升学|巩固|满意|参保|接种|签约|成活|优良|化解|调解|破案|及时|通过|录取|回收|处理|治理|入户|化)率"
    r")(?:为|达到?|约)?\s*$"
)
_MAY_TURN = re.compile(r"利润|盈|亏|净|顺差|逆差|结余|差额|增速|增幅|涨幅|降幅")
"""Of these a fall may pass 100 %: they may be below nothing."""
_CHANGE_BEFORE = re.compile(
    r"(?:增加|减少|净增|净减|多|少|增长|下降)了?$|超[^，。；]{0,8}(?:任务|目标|计划)$"
)
_AVERAGE = re.compile(r"[人户亩]均|平均|单产|单价|均价|强度")
_AMONG = re.compile(r"其中[^。；]{0,40}$")


def arithmetic_issues(text: str, mentions: Sequence[Mention]) -> Iterator[Issue]:
    """Issues that a reader with a calculator finds within one sentence."""
    claims = [mention for mention in mentions if mention.claim and mention.number is not None]
    at = 0
    for start, end in sentences(text):
        while at < len(claims) and claims[at].start < start:
            at += 1
        inside = []
        while at < len(claims) and claims[at].start < end:
            inside.append(claims[at])
            at += 1
        yield from _completion(text, inside)
        yield from _parts(text, inside)
        yield from _impossible(text, start, inside)


def _value(mention: Mention) -> Fraction:
    assert mention.number is not None  # noqa: S101 - callers chose claims with a number
    factor = mention.unit.factor * mention.unit.to_dimension if mention.unit else 1
    return Fraction(mention.number.value) * Fraction(factor)


def _alike(one: Mention, other: Mention) -> bool:
    return (
        one.unit is not None
        and other.unit is not None
        and one.kind == other.kind == "quantity"
        and one.unit.dimension == other.unit.dimension
    )


def _completion(text: str, claims: Sequence[Mention]) -> Iterator[Issue]:
    """完成105家，完成任务30家的250%: 105 of 30 is 350 %, and 250 % above it."""
    for done, target, rate in zip(claims, claims[1:], claims[2:], strict=False):
        if rate.kind not in ("percent", "rate_change") or not _alike(done, target):
            continue
        joined = text[target.end : rate.start]
        if not _TASK_BEFORE.search(
            text[max(0, target.start - 14) : target.start]
        ) or not _OF_TASK.match(joined):
            continue
        reached = interval(done).over(interval(target))
        if reached is None or done.approx or target.approx or rate.approx:
            continue
        excess = Interval(reached.low - 100, reached.high - 100)
        says_excess = "超额" in text[done.end : target.start]
        true, other = (excess, reached) if says_excess else (reached, excess)
        if not true.meets(interval(rate)):
            yield _miscounted(done, target, rate, true, other, says_excess=says_excess)


def _miscounted(
    done: Mention,
    target: Mention,
    rate: Mention,
    true: Interval,
    other: Interval,
    *,
    says_excess: bool,
) -> Issue:
    places = [(done.start, done.end), (target.start, target.end)]
    here = (rate.start, rate.end)
    what = "超额" if says_excess else "完成"
    message = f"{done.core}对任务{target.core}，{what}{percent(true.middle)}，文中写{rate.core}"
    if other.meets(interval(rate)):
        reading = "完成任务的比例" if says_excess else "超额的比例"
        return issue("L07", "error", here, f"{message}；{rate.core}是{reading}，请改写", places)
    if is_cut_off(rate, true):
        return issue("L26", "info", here, f"{message}，像是截尾而未四舍五入", places)
    return issue("L04", "error", here, message, places)


def _parts(text: str, claims: Sequence[Mention]) -> Iterator[Issue]:
    """其中… must not exceed the whole named before it.

    Which amount 其中 divides is not always the last one; a part is accused only where it passes
    every amount of its kind that its sentence has told so far.
    """
    largest: dict[str, Mention] = {}
    for number, part in enumerate(claims):
        dimension = part.unit.dimension if part.unit and part.kind == "quantity" else ""
        whole = largest.get(dimension)
        before = text[claims[number - 1].end : part.start] if number else ""
        if whole is not None and _AMONG.search(before) and _exceeds(text, part, whole):
            message = f"其中数{part.core}大于总数{whole.core}"
            yield issue("L03", "error", (part.start, part.end), message, [(whole.start, whole.end)])
        is_amount = dimension and not _CHANGE_BEFORE.search(
            text[max(0, part.start - 12) : part.start]
        )
        if is_amount and (whole is None or _value(part) > _value(whole)):
            largest[dimension] = part


def _exceeds(text: str, part: Mention, whole: Mention) -> bool:
    """An average of a part may well pass that of the whole; other counters count other things."""
    if _AVERAGE.search(text[max(0, part.start - 30) : part.start]):
        return False
    return of_one_counter((whole, part)) and _value(part) > _value(whole)


def _impossible(text: str, start: int, claims: Sequence[Mention]) -> Iterator[Issue]:
    """A share or a rate of its kind cannot pass 100 %, nor can a fall of what is never negative."""
    for claim in claims:
        fell = claim.direction == "down" and claim.kind in ("rate_change", "percent")
        if fell and claim.number is not None and claim.number.value > 100:
            before = text[max(start, claim.start - 40) : claim.start]
            if not _MAY_TURN.search(before):
                message = f"下降幅度不可能为{claim.core}"
                yield Issue(
                    rule="L12", level="error", start=claim.start, end=claim.end, message=message
                )
        if claim.kind != "percent" or claim.number is None or claim.direction is not None:
            continue
        before = text[max(start, claim.start - 30) : claim.start]
        share = _SHARE.search(before) or _RATE_NAME.search(before)
        if share and claim.number.value > 100:
            yield Issue(
                rule="L12",
                level="error",
                start=claim.start,
                end=claim.end,
                message=f"占比或比率不可能为{claim.core}",
            )


def is_bounded_rate(name: str) -> bool:
    """A rate of its kind cannot pass 100 %: 覆盖率, 合格率."""
    return bool(_RATE_NAME.search(name))


def may_turn_negative(name: str) -> bool:
    """A fall of it may pass 100 %: 利润, 净增."""
    return bool(_MAY_TURN.search(name))
