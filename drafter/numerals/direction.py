"""Up, down or flat: which way a figure says that something went, and whether it is a change at all."""

import re
from typing import NamedTuple

from drafter.numerals.figures import Around, Figure
from drafter.numerals.page import Page
from drafter.numerals.units import POINTS
from drafter.records.mention import Direction, Mention

_UP = "增长|增加|净增|提高|提升|上升|上涨|攀升|扩大|递增|增收|升高|回升|反弹|高于|快于|高出|超出|优于|领先|增幅|涨幅|升幅|增速|增[了超]|多增|调增"
_DOWN = "负增长|下降|减少|降低|下滑|回落|缩减|压减|缩短|下跌|收窄|低于|慢于|落后|降幅|跌幅|减幅|递减|少增|减亏|压缩|调减|下调|减[了]|降[了]|缩小|萎缩|滑落"
_FLAT = "持平"
# Without groups, so that the search leaps from one possible first character to the next.
_VERB = re.compile(f"{_DOWN}|{_UP}|{_FLAT}")
_FALLS = re.compile(_DOWN)
_SHORT = re.compile(
    r"(?:(?P<up>(?<!新)增|(?<![提公])升|涨)|(?P<down>[减降跌]))(?:幅)?[了约近超逾]?\Z"
)
_SHORT_LAST = frozenset("增升涨减降跌幅了约近超逾")
_COMPARED = re.compile(
    r"[比较][^，。；比较]{1,12}(?:(?P<up>(?<![至最])[多高快])|(?P<down>(?<![至最减])[少低慢]))[了出约近超]?\Z"
)
_COMPARED_LAST = frozenset("多高快少低慢了出约近超")
_BOUNDS = frozenset(["高于", "低于", "快于", "慢于", "高出", "超出", "优于", "领先", "落后"])
_RESULT = re.compile(rf"(?:{_UP}|{_DOWN}|[增减升降涨跌])(?<![速幅])(?:了)?[到至为][了约近]?\Z")
_RESULT_LAST = frozenset("到至为了约近")
_RATE_NOUN = re.compile(
    r"增速|增幅|降幅|涨幅|跌幅|同比|环比|增长率|增长速度|比上年|较上年|比去年|较去年|年均"
)
_AFTER = re.compile(
    r"(?:以上|左右|以下)?的?(?:速度|幅度|高速|快速|较快|平稳)?(?P<up>增长|增速|增幅|递增|提升)|(?:以上|左右|以下)?的?(?P<down>降幅|下降)"
)
_LINK = re.compile(r"[、,，]?(?:和|及|与|以及|、|，|,)? ?(?:[一-鿿]{0,0})\Z")
_WORDS_OF_LEVEL = re.compile(r"占|比重|率(?!先)|覆盖|完成|达标|合格|比例")


class Trend(NamedTuple):
    """Which way, and whether a percentage is the change of something."""

    direction: Direction | None = None
    change: bool = False
    money: bool = False


NO_TREND = Trend()


def trend_of(
    page: Page, figure: Figure, around: Around, floor: int, before: Mention | None
) -> Trend:
    """Reads the verb before the figure, or what the previous figure of the list has."""
    norm = page.norm
    if before and before.claim and _continues(norm, before, around.start, figure):
        money = before.unit is not None and before.unit.kind == "money"
        return Trend(
            before.direction,
            before.kind == "rate_change"
            or (before.kind == "range" and before.direction is not None),
            money,
        )
    begin = max(floor, page.clause_start(figure.start), figure.start - 20)
    left = norm[begin : around.start]
    if _is_result(left) or (
        around.start != figure.start and _is_result(norm[begin : figure.start])
    ):
        return NO_TREND
    percent = figure.measure in ("%", "‰")
    direction = _direction(left, far=percent or figure.measure in POINTS)
    after = _AFTER.match(norm, figure.end) if percent else None
    if direction is None and after:
        direction = "up" if after["up"] else "down"
    if direction is None and norm[figure.start - 1 : figure.start] == "+" and percent:
        direction = "up"
    change = percent and (direction is not None or bool(_RATE_NOUN.search(left)))
    return Trend(direction, change) if direction or change else NO_TREND


def _is_result(left: str) -> bool:
    """提高到, 降至, 增加为: what follows is where it went to, not how far."""
    return left[-1:] in _RESULT_LAST and bool(_RESULT.search(left))


def _continues(norm: str, before: Mention, start: int, figure: Figure) -> bool:
    """15.4%、23.5% and 1266.7%和560%: the second says the same as the first."""
    if start - before.end > 3 or before.unit is None:
        return False
    joint = norm[before.end : start]
    same = before.unit.written == figure.unit or {before.unit.written, figure.unit} <= set(POINTS)
    return same and joint.strip() in ("、", "和", "及", "与", "以及", "，", ",", "/")


def _direction(left: str, *, far: bool) -> Direction | None:
    """The last verb of direction before the figure; for amounts it must stand close by."""
    last: re.Match[str] | None = None
    for found in _VERB.finditer(left):
        last = found
    if last is None:
        short = _SHORT.search(left) if left[-1:] in _SHORT_LAST else None
        if short is None and left[-1:] in _COMPARED_LAST:
            short = _COMPARED.search(left)
        if short is None:
            return None
        return "up" if short["up"] else "down"
    if _WORDS_OF_LEVEL.search(left, last.end()) or (not far and len(left) - last.end() > 3):
        return None
    if not far and last[0] in _BOUNDS:
        return None  # 低于30微克 is a bound, 低于全省2个百分点 a difference
    if last[0] == _FLAT:
        return "flat"
    return "down" if _FALLS.fullmatch(last[0]) else "up"
