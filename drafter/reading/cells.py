"""One cell as people type it: `↑8.7`, `近5亿元`, `13-17`, `1/3`, `第2`, `2/11`, `持平`, `—`.

Each reader takes a cell's text and gives what it says, or None where it says nothing that the
column could mean; `is_absent` is asked first. Nothing is guessed: what is not understood
wholly, to the last character, is not understood.

>>> found = amount("近5亿元")
>>> str(found.number), found.unit, found.approx
('5', '亿元', '近')
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from drafter.numerals.chinese import parse_chinese
from drafter.records.quantity import Number, unit

_ABSENT = frozenset(
    {"", "/", "\\", "…", "……", "...", "......", "n/a", "na", "#n/a", "null", "none", "nan", "×"}
    | {"无", "空", "暂无", "暂缺", "未出", "待定", "待核", "待统计", "未统计", "未公布", "未发布"}
    | {"未反馈", "保密", "不适用", "缺", "无数据", "暂无数据", "待补"}
)
_DASHES = "-—–―−－─~～"
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    ord("　"): " ",
    ord("\xa0"): " ",
    ord("−"): "-",
    ord("﹣"): "-",
    ord("–"): "—",
    ord("﹪"): "%",
    ord("①"): "1",
}

_UP = ("同比增长", "增长", "增加", "上升", "提高", "上涨", "增", "升", "涨", "↑", "▲", "⬆", "+")
_DOWN = (
    *("同比下降", "下降", "减少", "降低", "回落", "下滑", "减", "降", "跌", "负"),
    *("↓", "▼", "⬇", "-"),
)
_COMPARED = re.compile(
    r"(?:同比|较?比?(?:上年|去年)(?:同期)?)(?=[增上提涨升下减降回跌↑↓+\-0-9约近超])"
)
_BEFORE = (
    *("大约", "约为", "近似", "将近", "接近", "超过", "突破", "不足", "不到", "达到", "至少"),
    *("约", "近", "超", "逾", "达", "≥", "≤", ">", "<", "≈"),
)
_SYMBOLS = {"≥": "以上", "≤": "以内", ">": "超", "<": "不足", "≈": "约"}
_AFTER = ("左右", "上下", "以上", "以下", "以内", "多", "余")
_STATES = ("预计", "快报", "核定", "上报", "预测", "初步核算")

_ARABIC = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|\.[0-9]+")
_CHINESE = re.compile(r"[零〇一二两三四五六七八九十百千]+(?:点[零〇一二三四五六七八九]+)?")
# 1亿2千万, 三万五千: a scale in the middle of the numeral belongs to the number, not to the unit.
_MIXED = re.compile(
    r"(?:[0-9]{1,9}|[一二两三四五六七八九十百千]{1,9})[万亿]"
    r"[0-9零一二两三四五六七八九十百千万]{0,12}[0-9一二三四五六七八九十百千](?![0-9.])[万千百]?"
)
_PARTS = re.compile(r"([一二三四五六七八九十]{1,3})分之([一二三四五六七八九十]{1,3})")
_TENTHS = re.compile(r"([一二三四五六七八九1-9])成")
_RANGE = re.compile(rf"[{_DASHES}至到]+")
_REMARK = re.compile("含|不含|其中|包括|剔除|按")
_BRACKET = re.compile(r"(.+?)\(([^()]{1,12})\)")
_LONGEST = 60

# Measure words that a unit may end with; money, physical units, people and rates are known.
_MEASURES = frozenset(
    "家个户项件条次份台套座处所部篇场期批笔款宗起间栋幢支册本门组队轮头只株羽棵艘架艇列节盏盘张幅封页"
    "字集种类级例案单双对副把根块片顶口眼孔井档点位站村镇乡社区县市路线团班届卷面分户辆房床枚"
)

_RANK = re.compile(
    r"(?:并列)?(?:位居|位列|居|排名|排|列)?(?P<scope>(?:[\u4e00-\u9fff]{0,6}?[省市区县州盟旗国内地])?)"
    r"(?:位居|位列|居|排名|排|列)?(?:并列)?(?P<mark>第|前)?"
    r"(?P<n>[0-9]{1,4}|[一二三四五六七八九十百]{1,5})(?:\.0+)?(?:[位名强]|名次)?"
    r"(?:-(?P<upto>[0-9]{1,4})[位名]?)?(?:/(?P<of>[0-9]{1,4}))?"
)
_SCOPE_ENDS = ("省", "市", "区", "县", "州", "盟", "旗", "国", "省内", "市内")
_FIRST = frozenset({"首位", "榜首", "第一位", "冠军", "头名"})
_GRADE = re.compile(r"([一二三四1-4])等奖?")


@dataclass(frozen=True, slots=True)
class Typed:
    """What a cell says: a signed number with what was written around it."""

    number: Number
    unit: str = ""
    approx: str | None = None
    rank: Number | None = None
    """In brackets after it: `208.6(5)`."""
    status: str = ""
    """In brackets or before it: `13.4(预计)`."""
    remark: str = ""
    """In brackets and no figure of its own: `5.6(不含农户)`."""


@dataclass(frozen=True, slots=True)
class TypedRank:
    """A rank: `第2`, `(2)`, `2/11`, `全市第二`, `前3`."""

    number: Number
    of: Number | None = None
    scope: str = ""
    approx: str | None = None


def half_width(text: str) -> str:
    """Full-width letters, digits and signs to half-width ones; nothing else changes."""
    return text.translate(_HALF_WIDTH)


def is_absent(text: str) -> bool:
    """The cell says that there is no figure: empty, —, …, /, 暂无."""
    bare = half_width(text).strip()
    return bare.lower() in _ABSENT or not bare.strip(_DASHES)


def amount(text: str) -> Typed | None:
    """An amount, count or level with its unit; None where the text is none.

    Knows signs and words of direction, approximators, thousands, ranges, fractions, Chinese
    numerals, a rank or status in brackets. A fall is negative.
    """
    bare = _squeezed(text)
    if len(bare) > _LONGEST:
        return None
    bracketed = _BRACKET.fullmatch(bare)
    if bracketed:
        return _with_bracket(amount(bracketed[1]), bracketed[2])
    status, bare = _taken(bare, _STATES)
    if bare in ("过半", "一半", "半数"):
        half = Number(Decimal(1), over=Decimal(2), written=bare)
        return Typed(half, approx="超" if bare == "过半" else None, status=status)
    found = _signed(_COMPARED.sub("", bare, count=1))
    return replace(found, status=status) if found else None


def rate(text: str) -> Typed | None:
    """A percentage (growth, completion, share) or 百分点; 持平 is 0, n倍 is n hundred percent.

    The unit of what is given is %, ‰, 百分点 or '' (none written).
    """
    bare = _squeezed(text)
    if bare in ("持平", "与上年持平", "与去年持平", "同比持平", "±0", "平"):
        return Typed(Number(Decimal(0), written=bare))
    if bare in ("翻番", "翻一番"):
        return Typed(Number(Decimal(100), written=bare))
    found = amount(text)
    if found is None:
        return None
    if found.unit == "倍":
        hundredfold = Decimal(found.number.value * 100)
        return replace(found, unit="%", number=replace(found.number, value=hundredfold))
    kind = unit(found.unit).kind
    return found if found.unit == "" or kind in ("percent", "points") else None


def change(text: str) -> Typed | None:
    """An increase or decrease in the row's own unit; 持平 is 0."""
    if _squeezed(text) in ("持平", "与上年持平", "与去年持平", "同比持平", "平"):
        return Typed(Number(Decimal(0), written=text))
    return amount(text)


def rank(text: str) -> TypedRank | None:
    """A rank with what is said of its field; None where the text is no rank."""
    bare = _squeezed(text)
    if bare.startswith("(") and bare.endswith(")"):
        bare = bare[1:-1]
    bracketed = _BRACKET.fullmatch(bare)
    if bracketed and bracketed[2].endswith(_SCOPE_ENDS):
        found = rank(bracketed[1])
        return replace(found, scope=bracketed[2]) if found and not found.scope else None
    if bare in _FIRST:
        return TypedRank(Number(Decimal(1), written=bare))
    match = _RANK.fullmatch(bare)
    if match is None:
        return None
    first, upto, of = (_ordinal(match[name]) for name in ("n", "upto", "of"))
    if first is None or first < 1 or (upto is not None and upto <= first):
        return None
    return TypedRank(
        number=Number(first, upto=upto, written=match["n"]),
        of=Number(of, written=match["of"]) if of is not None else None,
        scope=match["scope"] or "",
        approx="前" if match["mark"] == "前" else None,
    )


def grade(text: str) -> Number | None:
    """The ordinal of 一等奖, 2等奖; None where the text is no such grade."""
    match = _GRADE.search(_squeezed(text))
    if match is None or len(text) > 12 or not _squeezed(text).endswith(match[0]):
        return None
    value = _ordinal(match[1])
    return Number(value, written=match[1]) if value is not None else None


def is_unit(word: str) -> bool:
    """Whether a word can stand as a unit behind a number."""
    if not word:
        return True
    known = unit(word)
    if any(char.isdigit() for char in word):
        return False
    if known.kind != "counter":
        return True
    parts = known.base.split("/")
    return all(
        0 < len(part) <= 4 and (part[-1] in _MEASURES or is_physical(part)) for part in parts
    )


def is_physical(word: str) -> bool:
    """A unit of money, people or measure, not a counter."""
    return bool(word) and unit(word).kind not in ("counter", "none")


def _squeezed(text: str) -> str:
    """Half-width and without blanks, but never joining two numbers into one."""
    return re.sub(r"(?<![0-9])\s+|\s+(?![0-9])", "", half_width(text).strip())


def _taken(text: str, words: tuple[str, ...]) -> tuple[str, str]:
    for word in words:
        if text.startswith(word) and len(text) > len(word):
            return word, text[len(word) :]
    return "", text


def _with_bracket(found: Typed | None, content: str) -> Typed | None:
    """What stands in brackets behind a number: its rank, its status, or nothing known."""
    if found is None:
        return None
    if content.rstrip("数值") in _STATES:
        return replace(found, status=content.rstrip("数值"))
    if content and not set(content) - _MEASURES and found.unit:
        return replace(found, unit=f"{found.unit}({content})")
    if _REMARK.match(content) or not any(char.isdigit() for char in content):
        is_plain = rank(content) is None and not found.remark
        return replace(found, remark=content) if is_plain else _ranked(found, content)
    return _ranked(found, content)


def _ranked(found: Typed, content: str) -> Typed | None:
    place = rank(content)
    if place is None or place.of is not None or place.scope or found.rank is not None:
        return None
    return replace(found, rank=place.number)


def _signed(text: str) -> Typed | None:
    before, text = _taken(text, _BEFORE)
    up, text = _taken(text, _UP)
    down, text = _taken(text, _DOWN) if not up else ("", text)
    if not down and text[:1] == "—" and text[1:2].isdigit():
        down, text = "—", text[1:]
    if not before:
        before, text = _taken(text, _BEFORE)
    text = text.removeprefix("了").removeprefix("¥").removeprefix("￥")
    found = _unsigned(text)
    if found is None or (before and found.approx and before != found.approx and before == "达"):
        return None
    approx = _SYMBOLS.get(before, before) or None
    if approx in ("达", "达到"):
        approx = None
    if approx and found.approx:
        approx = f"{approx}…{found.approx}"
    found = replace(found, approx=approx or found.approx)
    return _negated(found) if down else found


def _negated(found: Typed) -> Typed:
    number = found.number
    if number.upto is None:
        return replace(found, number=replace(number, value=-number.value))
    return replace(found, number=replace(number, value=-number.upto, upto=-number.value))


def _unsigned(text: str) -> Typed | None:
    """A number, range or fraction with unit and approximator, wholly understood."""
    special = _special(text)
    if special:
        number, rest = special
        after = rest if rest in _AFTER else None
        return Typed(number, approx=after) if not rest or after else None
    first = _numeral(text)
    if first is None:
        return None
    value, written, rest = first
    if rest.startswith("/"):
        return _fraction(value, written, rest[1:])
    ranged = _range(value, written, rest)
    return ranged or _tail(Number(value, written=written), rest)


def _special(text: str) -> tuple[Number, str] | None:
    match = _PARTS.match(text)
    if match:
        over, part = parse_chinese(match[1]), parse_chinese(match[2])
        if over and part:
            return Number(part, over=over, written=match[0]), text[match.end() :]
    match = _TENTHS.match(text)
    tenths = _ordinal(match[1]) if match else None
    if match and tenths is not None:
        return Number(tenths, over=Decimal(10), written=match[0]), text[match.end() :]
    return None


def _numeral(text: str) -> tuple[Decimal, str, str] | None:
    mixed = _MIXED.match(text)
    summed = parse_chinese(mixed[0]) if mixed else None
    if mixed and summed is not None:
        return summed.quantize(Decimal(1)), mixed[0], text[mixed.end() :]
    match = _ARABIC.match(text)
    if match:
        value = Decimal(match[0].replace(",", ""))
        return value, match[0], text[match.end() :]
    match = _CHINESE.match(text)
    chinese = parse_chinese(match[0]) if match else None
    if match is None or chinese is None:
        return None
    if "点" not in match[0]:
        chinese = chinese.quantize(Decimal(1))
    return chinese, match[0], text[match.end() :]


def _fraction(value: Decimal, written: str, rest: str) -> Typed | None:
    below = _numeral(rest)
    if below is None or below[0] <= 0 or value != value.to_integral_value():
        return None
    number = Number(value, over=below[0], written=f"{written}/{below[1]}")
    return _tail(number, below[2])


def _range(value: Decimal, written: str, rest: str) -> Typed | None:
    """`13-17`, `5%～15%`, `13家至17家`: both ends, with the unit once or twice."""
    dash = _RANGE.search(rest)
    if dash is None:
        return None
    second = _numeral(rest[dash.end() :])
    if second is None or second[0] <= value:
        return None
    tail = _tail(Number(value, upto=second[0], written=f"{written}{dash[0]}{second[1]}"), second[2])
    first_unit = rest[: dash.start()]
    return tail if tail and first_unit in ("", tail.unit) else None


def _tail(number: Number, rest: str) -> Typed | None:
    """Unit and approximator behind a number: 多条, 余万元, 亿元左右."""
    approx = None
    if rest[:1] in ("多", "余"):
        approx, rest = rest[0], rest[1:]
    for word in _AFTER:
        if rest.endswith(word):
            approx = f"{approx}…{word}" if approx else word
            rest = rest.removesuffix(word)
            break
    if rest[:1] in ("多", "余"):
        return None
    for word in ("万", "亿"):  # 3万多户: the approximator stands inside the unit
        if rest.startswith((f"{word}多", f"{word}余")) and approx is None:
            approx, rest = rest[1], word + rest[2:]
    return Typed(number, unit=rest, approx=approx) if is_unit(rest) else None


def _ordinal(written: str | None) -> Decimal | None:
    if written is None:
        return None
    return Decimal(written) if written.isascii() else parse_chinese(written)
