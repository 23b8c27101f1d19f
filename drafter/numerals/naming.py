"""Figures that belong to names, classes and codes by what stands beside them: 5G, 50强, 二期, 十三届."""

import re
from collections.abc import Callable

from drafter.numerals import build
from drafter.numerals.figures import Figure
from drafter.numerals.page import Page
from drafter.numerals.units import AREAS, CLASS_WORDS, VOLTAGE
from drafter.records.mention import Mention

RATIO = re.compile(r"[0-9]+(?:\.[0-9]+)?(?: ?[:：∶︰] ?[0-9]+(?:\.[0-9]+)?)+")
_DOTTED = re.compile(r"[0-9]+(?:\.[0-9]+){2,}")
_TELEPHONE = re.compile(
    r"(?:0[0-9]{2,3}[-—－ ]?[0-9]{7,8}|[48]00[-—－]?[0-9]{3,4}[-—－]?[0-9]{3,4})(?![0-9.]|[-—－][0-9])"
)
_DAY_NAME = re.compile(r"(?:1[0-2]|[1-9])[·•・](?:3[01]|[12][0-9]|0?[1-9])(?![0-9])")
_PRODUCT = re.compile(r"[0-9]+ ?[×xX*✕] ?[0-9]+(?:\.[0-9]+)?(?:[万亿]?(?:千瓦|兆瓦|吨|MW|米))?")
_LATIN_RIGHT = re.compile(r"[A-Za-z+＋×*#@_/·&\\][A-Za-z0-9+\u4e00-\u9fff]?|-[A-Za-z]")
_LATIN_LEFT = re.compile(r"[A-Za-z+＋×*#@_&\\.·∶]\Z|[A-Za-z]-\Z")
_MEETING = re.compile(
    r"(?:[、和及][一二三四五六七八九十]{1,3}次){0,4}(?:全[委会]|会议|代表大会|党代会|人代会|普查|人大|党代表|常委|人普|经普|农普|污普)"
)
_AGE_LIMIT = re.compile(r"(?:及)?以[上下]|(?:的)?[老儿妇男女青学人患群退]|[至到～—-]")
_HELD = re.compile(r"(?:举办|开展|开办|组织|培训|编发|印发|刊发|共|累计|各|连续)(?:了)?\Z")
_CODE_CHARACTERS = re.compile(r"[A-Za-z0-9+._·-]*")
_CODE_BEFORE = re.compile(r"[A-Za-z0-9+.·#-]{1,24}\Z")

Step = Callable[[Page, Figure, int], Mention | None]


def read_name(page: Page, figure: Figure, floor: int) -> Mention | None:
    """The name, class or code that a figure is part of; None where it counts or measures.

    Args:
        page: The text.
        figure: What is written.
        floor: Where the previous mention ends.
    """
    if not figure.chinese:
        found = _code(page, figure, floor)
        if found:
            return found
    if not figure.unit or figure.measure in ("级", "代"):
        return _class(page, figure)
    if figure.numeral == "二" and figure.chinese and not figure.scale:
        return build.name(page, figure.start, figure.end, "“二”是次第，计数用“两”")
    step = _BY_MEASURE.get(figure.measure)
    return step(page, figure, floor) if step else None


def _class(page: Page, figure: Figure) -> Mention | None:
    """三级, 50强, 十大, 3号, 两位数, 两方面."""
    norm, end = page.norm, figure.end
    if norm.startswith("位数", end):
        return build.name(page, figure.start, end + 2, "位数")
    if norm.startswith("方面", end):
        return build.name(page, figure.start, end, "文内列举的项数", ambiguous=True)
    if figure.over is not None:
        return None  # 四分之一大 is no class
    for word in CLASS_WORDS:
        # 突破百亿大关 is an amount, 二十多大 is nothing.
        if norm.startswith(word, end) and not (
            word == "大" and (figure.middle or figure.bare_scale)
        ):
            return build.name(page, figure.start, end + len(word), "级别、类别或榜单名称")
    return None


def _session(page: Page, figure: Figure, floor: int) -> Mention | None:
    """十三届 and 四次全会 are sessions; 连续三届 counts."""
    meeting = figure.chinese and _MEETING.match(page.norm, figure.end)
    if meeting or (figure.measure == "届" and not _held(page, figure, floor)):
        return build.name(page, figure.start, figure.end, "届次")
    return None


def _phase(page: Page, figure: Figure, floor: int) -> Mention | None:
    """一期, 二期工程 are phases; 举办三期 counts."""
    if not figure.chinese or _held(page, figure, floor):
        return None
    return build.name(page, figure.start, figure.end, "工程期次")


def _held(page: Page, figure: Figure, floor: int) -> bool:
    return bool(_HELD.search(page.norm, max(floor, figure.start - 4), figure.start))


def _aspect(page: Page, figure: Figure, floor: int) -> Mention | None:  # noqa: ARG001 (a step)
    """三个方面 and 五个“必须” speak of the text itself."""
    if page.norm.startswith("方面", figure.end):
        return build.name(page, figure.start, figure.end, "文内列举的项数", ambiguous=True)
    if figure.chinese and page.norm.startswith("“", figure.end):
        return build.name(page, figure.start, figure.end, "提法")
    return None


def _voltage(page: Page, figure: Figure, floor: int) -> Mention | None:  # noqa: ARG001 (a step)
    """380伏 is a class of line, whatever it measures."""
    if figure.upto is not None:
        return None
    return build.name(page, figure.start, figure.end, "电压等级")


def _age(page: Page, figure: Figure, floor: int) -> Mention | None:  # noqa: ARG001 (a step)
    """60岁以上 is a class of people, 人均寿命78.5岁 a value."""
    if not _AGE_LIMIT.match(page.norm, figure.end):
        return None
    return build.name(page, figure.start, figure.end, "年龄界限")


def _area(page: Page, figure: Figure, floor: int) -> Mention | None:  # noqa: ARG001 (a step)
    """两市, 三省: areas spoken of together."""
    if not figure.chinese or figure.middle:
        return None
    return build.name(page, figure.start, figure.end, "区域合称", ambiguous=True)


def _edition(page: Page, figure: Figure, floor: int) -> Mention | None:  # noqa: ARG001 (a step)
    """75周年, 20世纪, 2.0版."""
    return build.name(page, figure.start, figure.end, "周年、世纪或版次")


_BY_MEASURE: dict[str, Step] = {
    "次": _session,
    "届": _session,
    "期": _phase,
    "个": _aspect,
    "岁": _age,
    "周岁": _age,
    "周年": _edition,
    "世纪": _edition,
    "版": _edition,
    **dict.fromkeys(VOLTAGE, _voltage),
    **dict.fromkeys(AREAS, _area),
}


def _code(page: Page, figure: Figure, floor: int) -> Mention | None:
    """5G, G206, 1+6, 3·15, 2×35, 1:4, telephone numbers: looked for only beside their signs."""
    norm, start = page.norm, figure.start
    digits = start + len(figure.numeral)
    after = norm[digits : digits + 1]
    if after and (after.isascii() or after in "：∶︰·•・×✕＋"):
        found = _compound(page, figure, digits)
        if found:
            return found
    before = norm[start - 1] if start > floor else ""
    beside = before and (before.isascii() or before in "·＋×∶")
    plus = before == "+" and figure.unit
    if beside and not plus and _LATIN_LEFT.search(norm, max(floor, start - 2), start):
        lead = _CODE_BEFORE.search(norm, max(floor, start - 24), start)
        begin = lead.start() if lead else start
        return build.name(page, begin, _code_end(norm, digits), "型号、代号或道路编号")
    if not figure.unit and figure.numeral.isdecimal():
        return _number_of_something(page, figure, digits)
    return None


def _compound(page: Page, figure: Figure, digits: int) -> Mention | None:
    norm, start = page.norm, figure.start
    dotted = _DOTTED.match(norm, start)
    if dotted:
        return build.name(page, start, dotted.end(), "版本号、章节号或网络地址")
    telephone = _TELEPHONE.match(norm, start)
    if telephone:
        return build.name(page, start, telephone.end(), "电话号码")
    ratio = RATIO.match(norm, start)
    if ratio:
        return build.name(page, start, ratio.end(), "比例或比分", ambiguous=True)
    day = _DAY_NAME.match(norm, start)
    if day:
        return build.name(page, start, day.end(), "以日期为名的事件或节日")
    product = _PRODUCT.match(norm, start)
    if product:
        return build.name(page, start, product.end(), "规格", ambiguous=True)
    if not figure.unit and _LATIN_RIGHT.match(norm, digits):
        return build.name(page, start, _code_end(norm, digits), "型号或代号")
    return None


def _number_of_something(page: Page, figure: Figure, digits: int) -> Mention | None:
    if len(figure.numeral) >= 11:
        return build.name(page, figure.start, digits, "电话、证件或账号")
    if figure.numeral[0] == "0" and len(figure.numeral) > 1:
        return build.name(page, figure.start, digits, "编号")
    return None


def _code_end(norm: str, position: int) -> int:
    match = _CODE_CHARACTERS.match(norm, position)
    return match.end() if match else position
