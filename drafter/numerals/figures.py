"""Figures as they stand: digits or characters, scale, unit, approximators, range, fraction.

`read_figure` finds out what is written from a numeral on; what it means there (claim, name, class) is
asked in `classify`.
"""

import re
from decimal import Decimal
from string import ascii_letters
from typing import NamedTuple

from drafter.numerals.chinese import parse_chinese
from drafter.numerals.units import SCALE_WORDS, unit_at

_ARABIC = re.compile(
    r"""[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?
      | [0-9]{1,3}(?:\ [0-9]{3})+(?![0-9])(?:\.[0-9]+)?(?=\ ?[万亿元吨人户家亩个%])
      | [0-9](?:\ [0-9]){1,12}(?:\ ?\.\ ?[0-9](?:\ [0-9]){0,4})?(?![0-9.]|\ [0-9])
      | [0-9]+\ ?\.\ ?[0-9]+(?=\ ?[%‰万亿])
      | [0-9]+(?:\.[0-9]+)?""",
    re.VERBOSE,
)
# Most figures: digits that neither a separator nor a second scale follows.
_SIMPLE = re.compile(r"[0-9]++(?:\.[0-9]++)?+(?!,[0-9]| ?\. ?[0-9]| [0-9]|[万亿千百][零0-9])")
_POWER = re.compile(
    r"(?P<head>[0-9]+(?:\.[0-9]+)?)(?P<of> ?[×xX*] ?10)?(?:\^(?P<plain>[0-9]{1,2})|(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}))(?![0-9])"
)
_POWER_FIRST = frozenset("×xX*^⁰¹²³⁴⁵⁶⁷⁸⁹ ")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MIXED = re.compile(
    r"[0-9]+(?:\.[0-9]+)?[万亿千百](?:零?[0-9]{1,4}(?:[千百]?[万亿]|[千百])){0,4}"
    r"(?:零[0-9]{1,3}|[0-9]{4}(?=[元人户亩吨斤]))?(?![0-9])"
)
CHINESE_RUN = re.compile(
    r"[零〇○一二两三四五六七八九十百千万亿几]+(?:点[零〇一二三四五六七八九]+(?:万亿|[万亿])?)?"
)
_NEIGHBOURS = re.compile(
    r"(?P<head>[一二三四五六七八九]?十)?(?P<low>[一二两三四五六七八九])(?P<high>[二两三四五六七八九])(?P<scale>[十百千万亿]{0,3})"
)
_FEW = re.compile(r"(?P<tens>[一二三四五六七八九十百千零]*十)几(?P<scale>[万亿]?)")
_SCALE = re.compile(r" ?(" + "|".join(SCALE_WORDS) + ")")
_MIDDLE = re.compile(r" ?(?:[多来]|余(?![额下款粮热])|几)(?!自|源|年来|个样)")
_RIGHT = re.compile(
    r" ?(?:(?:[（(]含[）)]|及)?以[上下内]|之[内多]|左右|上下|出头|开外|余(?![额下款粮热])|多(?![元样次种功能式项]))"
)
_LEFT = re.compile(
    r"(?P<word>大约|(?<![签合节集条预履违续契特邀公])约|将近|接近|(?<![最附贴邻靠亲相就临远])近|超过|远超"
    r"|(?<![赶反])超|突破|逾|高达|多达|达到|(?<![抵发表到传送直])达|不足|不到|至少|不少于|不低于|不超过)"
    r"(?:了|[为占达合至到]|过|人民币)?[:： ]?\Z"
)
_LEFT_BARE_SCALE = re.compile(
    r"(?P<word>(?<![以晚早])上|(?<![通经])过|(?<!突)破|迈上|重回|重返|站上|跨越|跨上|迈过|迈入|跃上|登上)\Z"
)
_HALF = Decimal("0.5")
# 一倍半, 两年半, 1个半百分点: the half of the unit before it.
_AND_HALF = re.compile(
    r"半(?:(?<=倍半)(?!数)|(?<=[年天]半)(?![年数])|(?<=个半)(?P<rest>百分点|月|小时|工作日|星期))"
)
_MORE_MONTHS = re.compile(r"个(?P<more>[多余])(?P<unit>月|小时|星期|百分点|工作日)")
_DASH = re.compile(
    r" ?(?:—{1,2}|–|-{1,2}|~|～|至|到|－|―|─) ?(?=[0-9零一二两三四五六七八九十百千])"
)
_DASH_FIRST = frozenset(" —–-~～至到－―─")
_OVER = re.compile(r"([0-9]{1,3})/([0-9]{1,3})(?![0-9/.])")
_PARTS = re.compile(
    r"(?P<base>[一二两三四五六七八九十百千万]{1,6}|[0-9]{1,3}) ?分之 ?"
    r"(?P<part>[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?|[零〇一二两三四五六七八九十百千万]+(?:点[零〇一二三四五六七八九]+)?)"
)
_UP_TO = re.compile(r"[至到](?P<high>[一二三四五六七八九十]+(?:点[零〇一二三四五六七八九]+)?)")
_SEVERAL = re.compile(r"[万亿千百]零?[0-9]")
_BARE = frozenset("十百千万亿")
_LEADS = _BARE - {"十"}
_LONGEST = 26  # digits; a longer run is no figure of a bureau, and Decimal would round it


class Figure(NamedTuple):
    """A number as written from `start` to `end`, without approximators around it."""

    start: int
    end: int
    value: Decimal | None
    upto: Decimal | None = None
    over: Decimal | None = None
    unit: str = ""
    scale: str = ""
    """The 万 or 亿 within `unit`."""
    measure: str = ""
    """`unit` without its scale."""
    middle: str = ""
    """多, 余 or 几 between number and unit."""
    chinese: bool = False
    bare_scale: bool = False
    """百, 千亿: a scale that no digit leads."""
    numeral: str = ""
    unclear: str = ""
    """Why the reading is not certain."""


class Around(NamedTuple):
    """Approximators: where they begin and end, and how they read together."""

    start: int
    end: int
    word: str | None


def read_figure(norm: str, start: int) -> Figure | None:
    """The figure whose numeral begins at `start`, with range and fraction; None if there is none."""
    figure = _fraction(norm, start) or _single(norm, start)
    if figure is None or figure.over is not None:
        return figure
    if norm[figure.end : figure.end + 1] not in _DASH_FIRST:
        return figure
    return _range(norm, figure) or figure


def approximators(norm: str, figure: Figure, floor: int) -> Around:
    """The approximators that touch a figure; on the left not before `floor`."""
    last = norm[figure.start - 1] if figure.start > floor else ""
    left = (
        _LEFT.search(norm, max(floor, figure.start - 6), figure.start)
        if last in _LEFT_LAST
        else None
    )
    if left is None and figure.bare_scale:
        left = _LEFT_BARE_SCALE.search(norm, max(floor, figure.start - 2), figure.start)
    right = (
        _RIGHT.match(norm, figure.end)
        if norm[figure.end : figure.end + 1] in _RIGHT_FIRST
        else None
    )
    if right is None and figure.over is not None and norm.startswith(_ROUGHLY, figure.end):
        return Around(left.start() if left else figure.start, figure.end + 1, norm[figure.end])
    if not (left or right or figure.middle):
        return Around(figure.start, figure.end, None)
    words = [left["word"] if left else "", figure.middle, right[0].strip() if right else ""]
    written = [word for word in words if word]
    return Around(
        left.start() if left else figure.start,
        right.end() if right else figure.end,
        "…".join(written) or None,
    )


_PER_SCALES = ("百万", "万", "千", "百", "亿")
_ROUGHLY = ("强", "弱")  # 六分之一强: a little more than a sixth
_LEFT_LAST = frozenset("约近过超破逾达到足少于了为占合至币:： ")
_RIGHT_FIRST = frozenset(" （(及以之左上出开余多")


def _single(norm: str, start: int) -> Figure | None:
    if norm[start] in "0123456789":
        return _arabic(norm, start)
    return _chinese(norm, start)


def _arabic(norm: str, start: int) -> Figure | None:
    simple = _SIMPLE.match(norm, start)
    if simple:
        written = simple[0]
        if len(written) > _LONGEST:
            return None
        if norm[simple.end() : simple.end() + 1] in _POWER_FIRST and (power := _power(norm, start)):
            return power
        return _with_tail(norm, start, simple.end(), Decimal(written), written)
    match = _MIXED.match(norm, start)
    if match and _SEVERAL.search(match[0]):
        value = parse_chinese(match[0])
        if value is not None:
            return _with_tail(norm, start, match.end(), value, match[0], scaled=True)
    match = _ARABIC.match(norm, start)
    if match is None or match.end() - start > _LONGEST:
        return None
    written = match[0]
    unclear = "数字中有空格" if " " in written else ""
    value = Decimal(written.replace(",", "").replace(" ", ""))
    return _with_tail(norm, start, match.end(), value, written, unclear=unclear)


def _power(norm: str, start: int) -> Figure | None:
    """1.5×10^6 and 10⁵."""
    match = _POWER.match(norm, start)
    if match is None or (match["of"] is None and match["head"] != "10"):
        return None
    exponent = int((match["plain"] or match["raised"]).translate(_RAISED))
    head = Decimal(match["head"]) if match["of"] else Decimal(1)
    return _with_tail(norm, start, match.end(), head.scaleb(exponent), match[0])


def _chinese(norm: str, start: int) -> Figure | None:
    match = CHINESE_RUN.match(norm, start)
    if match is None or match.end() - start > _LONGEST:
        return None
    run = match[0]
    neighbours = _NEIGHBOURS.fullmatch(run)
    if neighbours:
        found = _between(norm, start, neighbours)
        if found:
            return found
    few = _FEW.fullmatch(run)
    if few:
        tens = parse_chinese(few["tens"])
        return _with_tail(norm, start, start + few.end("tens"), tens, few["tens"], chinese=True)
    if set(run) <= _BARE and norm[max(0, start - 1) : start] == "数":
        return _with_tail(
            norm, start, match.end(), None, run, chinese=True, unclear="概数，没有确定的值"
        )
    if "几" in run:
        return _with_tail(
            norm, start, match.end(), None, run, chinese=True, unclear="概数，没有确定的值"
        )
    numeral, scale = _off_scale(run)
    value = parse_chinese(numeral)
    if value is None:
        return None
    end = match.end() - len(scale)
    return _with_tail(
        norm, start, end, value, numeral, chinese=True, scaled=run == numeral and run[-1] in "万亿"
    )


def _off_scale(run: str) -> tuple[str, str]:
    """三十万 is 三十 with the scale 万, 一亿二千万 is one number."""
    for scale in ("万亿", "亿", "万"):
        head = run.removesuffix(scale)
        if head != run:
            simple = bool(head) and not set(head) & set("万亿")
            # 百万 and 千亿 alone are scales that nothing leads.
            return (
                (head, scale)
                if (simple and not set(head) <= set("十百千")) or head == "十"
                else (run, "")
            )
    return run, ""


def _between(norm: str, start: int, match: re.Match[str]) -> Figure | None:
    """三四十 is 30 to 40, 十七八 is 17 to 18; digits that do not follow each other are none."""
    bounds = _bounds(match)
    if bounds is None:
        return None
    kept = match["scale"][-1:] if match["scale"][-1:] in ("万", "亿") else ""
    end = start + match.end() - match.start() - len(kept)
    return _with_tail(norm, start, end, bounds[0], match[0], chinese=True)._replace(upto=bounds[1])


def _bounds(match: re.Match[str]) -> tuple[Decimal, Decimal] | None:
    """The lower and the higher value of neighbours, without a last 万 or 亿."""
    low, high = parse_chinese(match["low"]), parse_chinese(match["high"])
    scale = match["scale"].removesuffix("亿").removesuffix("万")
    head = parse_chinese(match["head"]) if match["head"] else Decimal(0)
    factor = parse_chinese(scale) if scale else Decimal(1)
    if low is None or high is None or head is None or factor is None:
        return None
    if not 1 <= high - low <= (1 if match["head"] else 2):
        return None
    return (head + low) * factor, (head + high) * factor


def _with_tail(
    norm: str,
    start: int,
    end: int,
    value: Decimal | None,
    numeral: str,
    *,
    chinese: bool = False,
    scaled: bool = False,
    unclear: str = "",
) -> Figure:
    """Adds what follows the numeral: 余, scale, unit."""
    bare = chinese and bool(numeral) and _LEADS.issuperset(numeral)
    middle, scale, measure, position = _tail(norm, end, scaled=scaled)
    if measure == "个" and (more := _MORE_MONTHS.match(norm, position)):
        measure, middle, position = "个" + more["unit"], more["more"], more.end()
    elif measure:
        position += len(measure) + (norm[position] == " ")
        if measure in "%‰" and norm[position : position + 1] == measure:
            position, unclear = position + 1, "百分号重复"
        elif norm[position : position + 1] in _STROKES and (per := _per(norm, position, measure)):
            measure, position = measure + per, position + len(per)
        elif norm.startswith("半", position) and (more := _AND_HALF.match(norm, position)):
            measure, position = measure + (more["rest"] or ""), more.end()
            value = value + _HALF if value is not None else None
    elif middle and not scale and not _counts(norm, position):
        middle, position = "", end
    return Figure(
        start, position, value, None, None, scale + measure, scale, measure, middle, chinese,
        bare, numeral, unclear,
    )  # fmt: skip


def _tail(norm: str, end: int, *, scaled: bool) -> tuple[str, str, str, int]:
    """多 or 余, scale, unit after a numeral, and where the unit begins."""
    measure = _unit(norm, end)
    first = norm[end : end + 1]
    if measure or first not in _TAIL_FIRST:
        return "", "", measure, end
    middle, position = "", end
    if first not in _SCALE_FIRST:
        middle, position = _more(norm, end, "")
        measure = _unit(norm, position) if middle else ""
    found = None if measure or scaled else _SCALE.match(norm, position)
    if found is None:
        return middle, "", measure, position
    middle, position = _more(norm, found.end(), middle)
    scale = found[1]
    if scale == "万" and middle and norm.startswith("亿", position):
        scale, position = "万亿", position + 1  # 三十万多亿
    return middle, scale, _unit(norm, position), position


def _more(norm: str, position: int, so_far: str) -> tuple[str, int]:
    if norm[position : position + 1] not in _MIDDLE_FIRST:
        return so_far, position
    few = _MIDDLE.match(norm, position)
    return (few[0].strip(), few.end()) if few else (so_far, position)


def _per(norm: str, position: int, measure: str) -> str:
    """What a rate is counted by, with its stroke: /吨, /万元, /人·月; '' where no unit follows."""
    written = ""
    if norm[position] == "/":
        scale = next((s for s in _PER_SCALES if norm.startswith(s, position + 1)), "")
        per = unit_at(norm, position + 1) or scale + unit_at(norm, position + 1 + len(scale))
        if per == scale:
            return ""
        written = "/" + per
    end = position + len(written)
    if norm[end : end + 1] in _DOTS and "/" in measure + written:
        second = unit_at(norm, end + 1) or ("月" if norm.startswith("月", end + 1) else "")
        written += norm[end] + second if second else ""
    return written


_DOTS = ("·", "•", "．")
_STROKES = ("/", *_DOTS)
_SCALE_FIRST = frozenset("十百千万亿")
_MIDDLE_FIRST = frozenset(" 多余来几")
_TAIL_FIRST = _SCALE_FIRST | _MIDDLE_FIRST


def _counts(norm: str, position: int) -> bool:
    """After 多 or 余 without a unit a noun may follow (20余企业), but not a word with 多 in it."""
    return "\u4e00" <= norm[position : position + 1] <= "\u9fff"


def _unit(norm: str, position: int) -> str:
    unit = unit_at(norm, position)
    if not unit and norm[position : position + 1] == " ":
        position += 1
        unit = unit_at(norm, position)
    if unit and unit[-1] in ascii_letters:
        after = norm[position + len(unit) : position + len(unit) + 1]
        if after.isascii() and after.isalnum():
            return ""
    return unit


def _range(norm: str, low: Figure) -> Figure | None:
    """13至17家, 5%～8%, 25～30万元; None where what follows is no higher number of like unit."""
    dash = _DASH.match(norm, low.end)
    if dash is None or low.value is None or low.middle or low.upto is not None:
        return None
    high = _single(norm, dash.end())
    if high is None or high.value is None or high.upto is not None or high.value <= low.value:
        return None
    if (low.unit and low.unit not in (high.unit, high.scale)) or low.bare_scale or high.bare_scale:
        return None
    if not low.unit and not high.unit and dash[0].strip() not in "至到～~—":
        return None
    return high._replace(
        start=low.start,
        value=low.value,
        upto=high.value,
        numeral=norm[low.start : high.end],
        chinese=low.chinese,
    )


def _fraction(norm: str, start: int) -> Figure | None:
    if "分之" in norm[start : start + 10] and (match := _PARTS.match(norm, start)):
        return _parts(norm, match)
    if not norm[start].isdecimal():
        return None
    match = _OVER.match(norm, start)
    if match and int(match[1]) and int(match[2]):
        improper = int(match[1]) >= int(match[2])
        return Figure(
            start, match.end(), Decimal(match[1]), over=Decimal(match[2]), numeral=match[0],
            unclear="分子不小于分母，可能不是分数" if improper else "",
        )  # fmt: skip
    return None


def _parts(norm: str, match: re.Match[str]) -> Figure | None:
    base, part = match["base"], match["part"]
    over = Decimal(base) if base[0] in "0123456789" else parse_chinese(base)
    if over is None or over <= 1:
        return None
    low, high = _part(part)
    if low is None:
        return None
    sign = {100: "%", 1000: "‰"}.get(int(over), "")
    end = match.end()
    if sign and high is None and (to := _UP_TO.match(norm, end)):
        high, end = parse_chinese(to["high"]), to.end()
    if high is not None and high <= low:
        high, end = None, match.end()
    return Figure(
        match.start(), end, low, high, None if sign else over, sign, "", sign,
        numeral=match[0], chinese=True,
    )  # fmt: skip


def _part(part: str) -> tuple[Decimal | None, Decimal | None]:
    """八点七, 45, and 七八十, which is 70 to 80."""
    if part[0] in "0123456789":
        return Decimal(part.replace(",", "")), None
    neighbours = _NEIGHBOURS.fullmatch(part)
    between = _bounds(neighbours) if neighbours else None
    return between or (parse_chinese(part), None)
