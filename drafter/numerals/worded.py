"""Numbers that are words: 过半, 半数, 半年, 翻番, 首位, 榜首, 持平, 零事故."""

import re
from decimal import Decimal

from drafter.numerals import build
from drafter.numerals.ordinals import read_first
from drafter.numerals.page import Page
from drafter.numerals.times import read_half_year
from drafter.records.mention import Mention
from drafter.records.quantity import Number, unit

_HALF_LEFT = re.compile(r"(?:(?P<approx>超过|过|近|超|约)|占)\Z")
_HALF_RIGHT = re.compile(r"(?:以上|左右|数(?:以上|左右)?)")
_HALF_TIME = re.compile(r"半(?P<unit>年|天|个月|个小时|小时|个工作日)(?![轻级产报])")
_LASTED = re.compile(r"(?:历时|为期|持续|用时|耗时|提前|缩短|压缩|延长)(?:了|近|约|至|到|为)?\Z")
_DOUBLED = re.compile(r"翻(?:了)?(?P<approx>近|约|超)?一?[番倍](?P<more>多|以上)?")
_FLAT = re.compile(r"持平(?![^，,。；;\n]{0,4}[0-9])")
_FLAT_BEFORE = re.compile(r"(?:同比|上年|去年|同期|基本|增速|总体|保持)[^，,。；;\n0-9]{0,6}\Z")
_BREAKTHROUGH = re.compile(r"零的?突破")
_NONE = re.compile(
    r"零(?=事故|伤亡|死亡|投诉|上访|信访|举报|差错|失误|发案|案件|感染|确诊|违规|违纪|返贫|舆情|火灾|隐患|欠薪|增长(?!点))"
)


_NUMERALS = frozenset("一二三四五六七八九十百千万亿")


def read_word(page: Page, start: int, floor: int) -> Mention | None:
    """The number that a word beginning (or, for 居首, ending) at `start` says; None if it says none."""
    character = page.norm[start]
    if character in "首榜":
        return read_first(page, start, floor)
    if character == "半":
        return read_half(page, start, floor)
    if character == "持":
        return _flat(page, start, floor)
    return _none(page, start) if character == "零" else _doubled(page, start)


def read_half(page: Page, start: int, floor: int) -> Mention | None:
    """过半, 半数, 一半以上, 上半年, 历时半年; `start` is the place of 半."""
    norm = page.norm
    year = read_half_year(page, start, floor)
    if year:
        return year
    if norm[max(floor, start - 3) : start].endswith(("时间过", "任务过")):
        return build.name(page, start - 1, start + 1, "时间过半、任务过半，是提法")
    time = _HALF_TIME.match(norm, start)
    if time:
        return _half_time(page, time, floor)
    begin = start - (norm[start - 1 : start] == "一")
    left = _HALF_LEFT.search(norm, max(floor, begin - 2), begin)
    right = _HALF_RIGHT.match(norm, start + 1)
    if not (left or right) or norm.startswith(("年", "天", "个", "百", "月"), start + 1):
        return None
    end = start + 1 + norm.startswith("数", start + 1)
    close = max(end, right.end() if right else end)
    word = left["approx"] or "" if left else ""
    after = norm[end:close]
    approx = "…".join(part for part in (word, after) if part)
    number = Number(Decimal(1), over=Decimal(2), written=norm[start:end])
    return build.mention(
        page, build.Place(begin - len(word), begin, end, close), "fraction", claim=True,
        number=number, approx=approx or None,
    )  # fmt: skip


def _half_time(page: Page, match: re.Match[str], floor: int) -> Mention:
    """历时半年 tells how long, 半年来 and 每半年 only when."""
    start = match.start()
    claim = bool(_LASTED.search(page.norm, max(floor, start - 4), start))
    return build.mention(
        page, build.at(start, match.end()), "quantity", claim=claim,
        number=Number(Decimal("0.5"), written=match[0]), unit=unit(match["unit"]),
        reason="" if claim else "时段说法", ambiguous=not claim,
    )  # fmt: skip


def _doubled(page: Page, start: int) -> Mention | None:
    """翻番 and 翻了一番多: twice as much."""
    match = _DOUBLED.match(page.norm, start)
    if match is None:
        return None
    end = match.start("more") if match["more"] else match.end()
    approx = "…".join(part for part in (match["approx"], match["more"]) if part)
    return build.mention(
        page, build.Place(start, start, end, match.end()), "multiple", claim=True,
        number=Number(Decimal(2), written=page.text[start:end]), unit=unit("倍"),
        implied_unit=True, direction="up", approx=approx or None,
    )  # fmt: skip


def _flat(page: Page, start: int, floor: int) -> Mention | None:
    """同比持平: a growth of nought."""
    match = _FLAT.match(page.norm, start)
    begin = max(floor, page.clause_start(start), start - 12)
    if match is None or not _FLAT_BEFORE.search(page.norm, begin, start):
        return None
    number = Number(Decimal(0), written=match[0])
    return build.mention(
        page, build.at(start, match.end()), "rate_change", claim=True, number=number,
        unit=unit("%"), implied_unit=True, direction="flat",
    )  # fmt: skip


def _none(page: Page, start: int) -> Mention | None:
    """零事故 says that there was none; 零的突破 is a saying."""
    saying = _BREAKTHROUGH.match(page.norm, start)
    if saying:
        return build.name(page, start, saying.end(), "提法")
    if page.norm[start - 1 : start] in _NUMERALS or not _NONE.match(page.norm, start):
        return None
    number = Number(Decimal(0), written="零")
    return build.mention(page, build.at(start, start + 1), "quantity", claim=True, number=number)
