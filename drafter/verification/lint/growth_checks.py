"""Growth, shares and sums that a reader with a calculator can follow within a sentence.

L04 growth against its two levels, a rate against its two counts; L06 counts that no whole
number of last year grows into, shares that imply two wholes; L03 sums; L12 structures.
Growth of what is not compared at its own prices (增加值, 投资, 利润) is never recomputed.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil, floor

from drafter.records.claim import Issue
from drafter.records.mention import Mention
from drafter.verification.bases import names_quoted_growth
from drafter.verification.lint.figures_beside import (
    Interval,
    alike,
    by_sentence,
    interval,
    is_cut_off,
    of_one_counter,
    percent,
)
from drafter.verification.lint.issues import issue
from drafter.verification.lint.layout import Layout

_UP = "增加|增长|提高|上升|扩大|增|升|提升|上涨|壮大|发展"
_DOWN = "减少|下降|降低|缩小|压减|降|减|回落"
_FROM = re.compile(r"[由从自][^，。；、0-9]{0,14}$")
_TO = re.compile(rf"^[^，。；、0-9]{{0,10}}(?:{_UP}|{_DOWN})(?:到|至|为)了?$")
_AGAINST = r"(?:同比|比上年同期|比上年|较上年同期|较上年|比去年同期|比去年|较去年同期|较去年|比同期|较同期)"
_THEN = re.compile(rf"^[，,（(]?{_AGAINST}?(?:净)?(?:增速|增幅|降幅|{_UP}|{_DOWN})?[为达了]?到?$")
_MORE = re.compile(rf"^[，,（(]?{_AGAINST}(?:净)?(?:增加|增长|新增|增|多|减少|下降|减|少)了?$")
_RATE = re.compile(
    r"^[，,；;、（(]?[^，。；0-9]{0,4}(?P<stem>办结|整改|合格|完成|兑现|达标|覆盖|入库|签约|开工|落地|投产|回复|通过|销号|化解|抽检合格)"
    r"率(?:为|达到?|约)?$"
)
_WITHIN = frozenset({"办结", "整改", "合格", "抽检合格", "回复", "销号", "化解", "达标"})
_SHARE = re.compile(
    r"^[，,（(]?占(?:比|全[县市区省]|总[数量]|总额|投资总额)?(?:的)?(?:比重|比例)?(?:为|达到?)?$"
)
_AMONG = re.compile(r"^[，,；;（(]?其中[^，。；0-9]{0,20}$")
_WHOLE = re.compile(
    r"占(?P<whole>[^，。；、占0-9]{2,14}?)(?:总量|总额)?的?(?:比重|比例|份额)?(?:[约]?为|达到?|约)?[约近]?$"
)
_COMMA = re.compile(r"[，,；;]")
_OF_TASK = re.compile(r"任务|目标")
_TASK = re.compile(r"任务|目标|计划|指标")
_STRUCTURE = re.compile(
    r"(?:结构|产业|比例|占比|比重)[^，。；\n0-9]{0,16}?"
    r"([0-9]{1,2}(?:\.[0-9]{1,2})?)\s?[:：∶]\s?([0-9]{1,2}(?:\.[0-9]{1,2})?)\s?[:：∶]\s?([0-9]{1,2}(?:\.[0-9]{1,2})?)(?![0-9:：∶])"
)
_ALL = re.compile(
    r"^[，,、；;]?(?:[两三四五]项|[两三四五]者|以上)?(?:合计|总计|共计)(?:完成|实现|达到?|为|有)?$"
)
_INTO = re.compile(r"^[，,]?(?:分别为|分别是|即)[^，。；0-9]{0,16}$")
_COUNTS = frozenset({"counter", "people"})
_LARGEST_COUNT = 3000
"""Above this some whole number grows into nearly every printed rate."""


def growth_issues(layout: Layout) -> Iterator[Issue]:
    """L03, L04, L06, L09, L12 and L26 of neighbouring figures."""
    wholes: dict[str, list[tuple[Interval, Mention]]] = defaultdict(list)
    for place, claims in by_sentence(layout):
        sentence = layout.text[slice(*place)]
        for number in range(len(claims)):
            yield from _from_to(layout.text, claims[number : number + 3], sentence)
            yield from _increase(layout.text, claims[number : number + 3], sentence)
            yield from _whole_base(layout.text, claims[number : number + 4])
            yield from _rate(layout.text, claims[number : number + 3])
            _note_whole(layout.text, claims[number : number + 2], wholes)
        yield from _sums(layout.text, claims)
    yield from _wholes(wholes)
    yield from _structure(layout.text)


def _off(
    said: Mention, true: Interval, what: str, related: Sequence[Mention], rule: str = "L04"
) -> Iterator[Issue]:
    """An issue where the printed rate is not what its operands give; rounding is no fault."""
    printed = interval(said)
    if true.meets(printed):
        return
    places = [(one.start, one.end) for one in related]
    here = (said.start, said.end)
    if is_cut_off(said, true):
        message = f"{what}{percent(true.middle)}，文中写{said.core}，像是截尾而未四舍五入"
        yield issue("L26", "info", here, message, places)
        return
    message = f"{what}{percent(true.middle)}，文中写{said.core}，请核对"
    yield issue(rule, "error", here, message, places)


def _from_to(text: str, claims: Sequence[Mention], sentence: str) -> Iterator[Issue]:
    """由a增加到b，增长c% (N01); 由a%提高到b%，提高c个百分点 (N05)."""
    if len(claims) < 3:
        return
    before, after, change = claims
    if not (
        _FROM.search(text[max(0, before.start - 16) : before.start])
        and _TO.match(text[before.end : after.start])
        and _THEN.match(text[after.end : change.start])
    ):
        return
    if before.kind == after.kind == "percent":
        yield from _of_rates(before, after, change)
        return
    if change.kind != "rate_change" or not alike(before, after) or names_quoted_growth(sentence):
        return
    rate = interval(after).over(interval(before))
    if rate is not None:
        true = Interval(rate.low - 100, rate.high - 100)
        yield from _off(
            change,
            _upright(true, change),
            f"由{before.core}到{after.core}，变动为",
            (before, after),
        )


def _upright(true: Interval, said: Mention) -> Interval:
    """Falls are printed as positive numbers."""
    return Interval(-true.high, -true.low) if said.direction == "down" else true


def _of_rates(before: Mention, after: Mention, change: Mention) -> Iterator[Issue]:
    true = _upright(interval(after).minus(interval(before)), change)
    if change.kind == "points":
        yield from _off(change, true, f"由{before.core}到{after.core}，相差", (before, after))
    elif change.kind == "rate_change" and true.meets(interval(change)):
        message = f"由{before.core}到{after.core}是变动{change.core.rstrip('%')}个百分点，不能写“{change.core}”"
        yield issue(
            "L09", "error", (change.start, change.end), message, [(before.start, before.end)]
        )


def _increase(text: str, claims: Sequence[Mention], sentence: str) -> Iterator[Issue]:
    """v，比上年增加x，增长y%: y is x of v − x (N01, N02)."""
    if len(claims) < 3:
        return
    level, more, change = claims
    if change.kind != "rate_change" or not alike(level, more) or names_quoted_growth(sentence):
        return
    joins = _MORE.match(text[level.end : more.start]) and _THEN.match(text[more.end : change.start])
    if not joins or level.approx or more.approx or more.direction != change.direction:
        return
    value, difference = interval(level), interval(more)
    down = change.direction == "down"
    base = value.plus(difference) if down else value.minus(difference)
    true = difference.over(base)
    if true is not None:
        told = "减少" if down else "增加"
        yield from _off(change, true, f"{level.core}比上年{told}{more.core}，变动为", (level, more))


def _whole_base(text: str, claims: Sequence[Mention]) -> Iterator[Issue]:
    """L06, N30: 15家，增长37%: no whole number of last year gives it. Only ever a warning.

    What is said of the task in between (完成任务的125%) does not part them.
    """
    count = claims[0]
    if count.unit is None or count.unit.kind not in _COUNTS or count.unit.factor != 1:
        return
    for change in claims[1:]:
        if change.kind != "rate_change":
            continue
        pieces = _COMMA.split(text[count.end : change.start])
        joined = "，".join(one for one in pieces if not _OF_TASK.search(one))
        if _THEN.match(joined):
            yield from _no_base(text, count, change)
            return


def _no_base(text: str, count: Mention, change: Mention) -> Iterator[Issue]:
    if change.approx or count.approx or count.number is None or count.direction:
        return
    if change.direction not in ("up", "down") or text[: count.start].endswith(("到", "至")):
        return
    if not 0 < count.number.value <= _LARGEST_COUNT or count.number.places:
        return
    printed, sign = interval(change), -1 if change.direction == "down" else 1
    ends = sorted(1 + sign * end / 100 for end in (printed.low, printed.high))
    if ends[0] <= 0:
        return
    number = Fraction(count.number.value)
    if ceil(number / ends[1]) <= floor(number / ends[0]):
        return
    nearest = max(1, round(number / ((ends[0] + ends[1]) / 2)))
    message = (
        f"{count.core}、变动{change.core}：上年没有整数能得出这个幅度"
        f"（上年{nearest}则为{percent((number / nearest - 1) * 100)}），请核对"
    )
    yield issue("L06", "warning", (change.start, change.end), message, [(count.start, count.end)])


def _rate(text: str, claims: Sequence[Mention]) -> Iterator[Issue]:
    """应办n件，办结k件，办结率r% (N13); 共n，其中k，占r% (N06); 任务n，完成k，完成率r% (N07)."""
    if len(claims) < 3:
        return
    whole, part, rate = claims
    if rate.kind != "percent" or not alike(whole, part) or rate.direction:
        return
    joined, between = text[part.end : rate.start], text[whole.end : part.start]
    named = _RATE.match(joined)
    stem = named["stem"] if named else ""
    of_stem = bool(stem) and stem[-2:] in between and of_one_counter((whole, part))
    among = _SHARE.match(joined) is not None and _AMONG.match(between) is not None
    if not (of_stem or among) or "其中" in text[max(0, whole.start - 12) : whole.start]:
        return  # nothing tells that they belong together, or the whole stands further back
    if stem != "完成" and _TASK.search(text[max(0, whole.start - 8) : whole.start]):
        return
    more = interval(part).low > interval(whole).high
    if more and (among or stem in _WITHIN):
        message = f"{part.core}超过了总数{whole.core}"
        yield issue("L03", "error", (part.start, part.end), message, [(whole.start, whole.end)])
        return
    counted = interval(part)
    if re.search(rf"[不未]{stem[-2:]}", between) and stem:
        counted = interval(whole).minus(counted)  # 不合格23批次，合格率97.9%
    true = counted.over(interval(whole))
    if true is not None and not (part.approx or whole.approx or rate.approx):
        yield from _off(rate, true, f"{whole.core}中的{part.core}，比率为", (whole, part))


def _note_whole(
    text: str, claims: Sequence[Mention], wholes: dict[str, list[tuple[Interval, Mention]]]
) -> None:
    """甲13.4亿元，占GDP比重3.4%: GDP is between 387 and 402 (N31)."""
    if len(claims) < 2:
        return
    part, share = claims
    if share.kind != "percent" or part.kind != "quantity" or part.unit is None or share.direction:
        return
    match = _WHOLE.search(text[part.end : share.start])
    if match is None or match.start() > 1 or _TASK.search(match["whole"]):
        return
    whole = interval(part).over(interval(share))
    if whole is not None:
        wholes[match["whole"] + part.unit.dimension].append((whole, share))


def _wholes(wholes: dict[str, list[tuple[Interval, Mention]]]) -> Iterator[Issue]:
    for told in wholes.values():
        first, share = told[0]
        for other, later in told[1:]:
            if not first.meets(other):
                message = (
                    f"按“{share.core}”和“{later.core}”两处占比倒推，总量对不上"
                    "（两个占比用的不是同一个总量），请核对"
                )
                yield issue(
                    "L06", "warning", (later.start, later.end), message, [(share.start, share.end)]
                )


def _sums(text: str, claims: Sequence[Mention]) -> Iterator[Issue]:
    """甲a，乙b，合计c; 共c，分别为a、b (N11): the sum, to within rounding."""
    for at, total in enumerate(claims):
        runs: list[Sequence[Mention]] = []
        if at and _ALL.match(text[claims[at - 1].end : total.start]):
            runs = [claims[first:at] for first in range(at - 1)]
        elif at + 1 < len(claims) and _INTO.match(text[total.end : claims[at + 1].start]):
            runs = [claims[at + 1 : last] for last in range(len(claims), at + 2, -1)]
        sums = [parts for parts in runs if _may_add(text, total, parts)]
        # What else the sentence counts may stand beside the parts: one run that adds up will do.
        if sums and not any(_sum(parts).meets(interval(total)) for parts in sums):
            yield _no_sum(total, sums[0])


def _may_add(text: str, total: Mention, parts: Sequence[Mention]) -> bool:
    return (
        all(alike(one, total) for one in parts)
        and of_one_counter((*parts, total))
        and not any(one.approx or one.direction for one in (*parts, total))
        and "其中" not in text[parts[0].start : parts[-1].end]
    )


def _sum(parts: Sequence[Mention]) -> Interval:
    whole = interval(parts[0])
    for part in parts[1:]:
        whole = whole.plus(interval(part))
    return whole


def _no_sum(total: Mention, parts: Sequence[Mention]) -> Issue:
    factor = Fraction(total.unit.factor * total.unit.to_dimension) if total.unit else Fraction(1)
    message = f"各分项相加为{float(_sum(parts).middle / factor):.10g}，与{total.core}不符"
    places = [(one.start, one.end) for one in parts]
    return issue("L03", "error", (total.start, total.end), message, places)


def _structure(text: str) -> Iterator[Issue]:
    """L12: three shares of one whole make 100 (N19), to within rounding."""
    for match in _STRUCTURE.finditer(text):
        shares = [Fraction(one) for one in match.groups()]
        places = max(len(one.partition(".")[2]) for one in match.groups())
        total = sum(shares, Fraction(0))
        near_hundred = 80 < total < 120
        if near_hundred and abs(total - 100) > Fraction(2, 10**places):
            message = f"三项占比相加为{float(total):.6g}%，应为100%"
            yield issue("L12", "error", (match.start(1), match.end(3)), message)
