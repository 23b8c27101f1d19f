"""Breaks a title into lines: words stay whole, the lines make a trapezoid or a diamond.

By GB/T 9704-2012, 7.3.1. Words are known by a short list of what titles of work summaries are
made of, by figures with their unit, by quotes, and by the name of the organisation; where none
of these helps, a break is dear but possible.

>>> break_title("云岭县科技和工业信息化局2024年工作总结及2025年工作思路", 20)
('云岭县科技和工业信息化局', '2024年工作总结及2025年工作思路')
"""

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from math import inf

MOST_LINES = 4

_WORDS = (
    "工作总结", "工作思路", "工作打算", "工作计划", "工作安排", "工作要点", "工作谋划", "工作情况",
    "工作报告", "工作汇报", "工作", "总结", "情况", "报告", "汇报", "上半年", "下半年", "第一季度",
    "一季度", "二季度", "三季度", "前三季度", "年度", "下一步", "明年", "今年", "关于", "履职", "述职",
    "人民政府", "办公室", "委员会", "管理局", "监督", "管理", "中心", "科技", "科学", "技术", "工业",
    "信息化", "信息", "经济", "商务", "发展", "改革", "统计", "财政", "教育", "体育", "文化", "旅游",
    "交通", "运输", "农业", "农村", "水利", "自然资源", "生态", "环境", "住房", "城乡", "建设", "规划",
    "卫生", "健康", "应急", "市场", "行政", "审批", "服务", "民政", "司法", "审计", "医疗", "保障",
    "人力资源", "社会", "退役", "军人", "事务", "乡村", "振兴", "金融", "招商", "开发区", "园区", "党建",
)  # fmt: skip
_WHOLE = re.compile(
    r"《[^《》]{1,16}》|“[^“”]{1,16}”|（[^（）]{1,16}）|[0-9A-Za-z.%—·+-]+(?:年度|年|月|日|季度)?|"
    + "|".join(sorted(_WORDS, key=len, reverse=True))
)
_JOINS = "及和与暨、"
_NEVER_FIRST = "的了等、，。：；）》”"
_NEVER_LAST = "（《“"

_FREE, _GOOD, _BETWEEN_WORDS, _AFTER_JOIN, _INSIDE = 0.0, 1.0, 2.0, 4.0, 9.0


def break_title(title: str, width: int, organisation: str = "") -> tuple[str, ...]:
    """The lines of a title, at most `width` Chinese characters each.

    A line break of the author stays. A title beyond four lines is left to Word.
    """
    if "\n" in title:
        return tuple(line.strip() for line in title.split("\n") if line.strip())
    title = title.strip()
    if measure(title) <= width:
        return (title,)
    fewest = -int(-measure(title) // width)
    if fewest > MOST_LINES:
        return (title,)
    prices = dict(_breaks(title, organisation))
    best: tuple[float, tuple[int, ...]] = (inf, ())
    for count in (fewest, fewest + 1):
        best = _divided(title, prices, count, width, best)
    return tuple(title[start:end] for start, end in itertools.pairwise((0, *best[1], len(title))))


def measure(text: str) -> float:
    """Width in Chinese characters; a Latin letter or a digit takes half of one."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def _breaks(title: str, organisation: str) -> Iterator[tuple[int, float]]:
    """Places where a line may end, each with its price."""
    inside = {
        place for match in _WHOLE.finditer(title) for place in range(match.start() + 1, match.end())
    }
    edges = {place for match in _WHOLE.finditer(title) for place in match.span()}
    name_end = title.find(organisation) + len(organisation) if organisation in title else 0
    for place in range(1, len(title)):
        before, after = title[place - 1], title[place]
        if place in inside or after in _NEVER_FIRST or before in _NEVER_LAST:
            continue
        if place == name_end or (before in "局委办府会处院" and after.isdigit()):
            yield place, _FREE
        elif before in _JOINS:
            yield place, _AFTER_JOIN
        elif after in _JOINS or after.isdigit():
            yield place, _GOOD
        else:
            yield place, _BETWEEN_WORDS if place in edges else _INSIDE


def _divided(
    title: str,
    prices: dict[int, float],
    count: int,
    width: int,
    best: tuple[float, tuple[int, ...]],
) -> tuple[float, tuple[int, ...]]:
    """The cheapest way to make `count` lines that fit, where it is cheaper than the best so far."""
    # The dearest places are dropped where there are too many ways to try.
    places = sorted(sorted(prices, key=lambda place: prices[place])[:40])
    reach = [0.0, *itertools.accumulate(map(measure, title))]

    def seek(chosen: tuple[int, ...], cost: float) -> None:
        nonlocal best
        start, left = chosen[-1] if chosen else 0, count - len(chosen)
        # No shape costs less than nothing, so what is as dear already can be left.
        if cost >= best[0] or reach[-1] - reach[start] > left * width:
            return
        if left == 1:
            ends = (0, *chosen, len(title))
            cost += _shape([reach[end] - reach[begin] for begin, end in itertools.pairwise(ends)])
            best = min(best, (cost, chosen), key=lambda option: option[0])
            return
        for place in places[bisect_right(places, start) :]:
            if reach[place] - reach[start] > width:
                return
            seek((*chosen, place), cost + prices[place])

    seek((), 4.0 * count)
    return best


def _shape(widths: Sequence[float]) -> float:
    """What a shape costs: nothing for a trapezoid or a diamond, much for an hourglass."""
    longest = max(widths)
    cost = 3.0 if min(widths) < 0.4 * longest else 0.0
    if longest - min(widths) < 1.0:
        return cost + 2.0
    rising = list(widths) == sorted(widths)
    falling = list(widths) == sorted(widths, reverse=True)
    peak = widths.index(longest)
    diamond = list(widths[: peak + 1]) == sorted(widths[: peak + 1]) and list(
        widths[peak:]
    ) == sorted(widths[peak:], reverse=True)
    return cost if rising or falling or diamond else cost + 6.0
