"""A small reader of claims and the arithmetic of falsity, sharing no code with the verifier.

The proof needs a second opinion on what a number says: were a mutant called false by the code that
is being tested, a shared mistake would go unseen. So this reads less than `drafter.numerals` (a
claim's own words, never a text) and gives up where it is not sure.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

_SCALES = {
    "万亿": 10**12, "千亿": 10**11, "百亿": 10**10, "亿": 10**8, "千万": 10**7, "百万": 10**6, "万": 10**4,
}  # fmt: skip
# unit -> (what it measures, how many of its measure)
_MEASURES: dict[str, tuple[str, Fraction]] = {
    "元": ("元", Fraction(1)),
    "人民币": ("元", Fraction(1)),
    "%": ("%", Fraction(1)),
    "百分点": ("百分点", Fraction(1)),
    "个百分点": ("百分点", Fraction(1)),
    "成": ("成", Fraction(1)),
    "倍": ("倍", Fraction(1)),
    "亩": ("亩", Fraction(1)),
    "公顷": ("亩", Fraction(15)),
    "吨": ("公斤", Fraction(1000)),
    "公斤": ("公斤", Fraction(1)),
    "千克": ("公斤", Fraction(1)),
    "斤": ("公斤", Fraction(1, 2)),
    "公里": ("米", Fraction(1000)),
    "千米": ("米", Fraction(1000)),
    "米": ("米", Fraction(1)),
}
_HEADS = ("人", "名", "位")
# Characters that count one by one, and the longer counters.
_COUNTERS = frozenset("个家户项件处座场次台套条起篇所宗批辆张册床例支期种类株头只艘栋间门本份部班组站") | {
    "批次", "个次", "家次", "户次", "例次", "期次", "场次", "个项目",
}  # fmt: skip
_DIGITS = {letter: value for value, letter in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "两": 2,
}  # fmt: skip
_TENS = {"十": 10, "百": 100, "千": 1000}
_CHINESE = "零〇一二两三四五六七八九十百千点"
BEFORE = (
    "不足",
    "不到",
    "接近",
    "将近",
    "近",
    "超过",
    "超",
    "逾",
    "突破",
    "大约",
    "约",
    "达到",
    "达",
)
AFTER = ("以上", "以下", "以内", "左右", "上下")
_CLAIM = re.compile(
    rf"(?P<before>{'|'.join(BEFORE)})?"
    r"(?P<head>第|百分之)?"
    rf"(?P<number>\d+(?:\.\d+)?|[{_CHINESE}]+)"
    r"(?P<early>[多余])?"
    r"(?P<scale>万亿|千亿|百亿|亿|千万|百万|万)?"
    r"(?P<late>[多余])?"
    r"(?P<unit>[^\d，。；、]*?)"
    rf"(?P<after>{'|'.join(AFTER)})?"
)


@dataclass(frozen=True, slots=True)
class Said:
    """A claim's own words as a number: `近5.0亿元` is 5.0 with one place, 10⁸, 元, 近."""

    number: Fraction
    places: int
    factor: Fraction
    """What one of the written unit is in its measure: 10⁸ for 亿元."""
    measure: str
    """元, %, 百分点, 人, 个 (all plain counters), …; 第 for a rank; '' where none is written."""
    approx: str = ""

    @property
    def amount(self) -> Fraction:
        """The value in its measure."""
        return self.number * self.factor

    @property
    def half(self) -> Fraction:
        """Half of the last written place, in its measure."""
        return self.factor * Fraction(1, 2 * 10**self.places)


def read_claim(words: str) -> Said | None:
    """The number in a claim's words; None where this small reader is not sure."""
    text = unicodedata.normalize("NFKC", words).replace(",", "").replace(" ", "")
    text = re.sub(r"^全?[国省市县区州盟旗]内?(?=第)|(?<=第.)[位名]$|(?<=第..)[位名]$", "", text)
    found = _CLAIM.fullmatch(text)
    if found is None:
        return None
    number = _number(found["number"])
    if number is None:
        return None
    approx = found["before"] or found["early"] or found["late"] or found["after"] or ""
    if found["head"] == "第":
        return None if found["unit"] else Said(number[0], 0, Fraction(1), "第", approx)
    unit = "%" if found["head"] else found["unit"]
    measure, many = measure_of(unit)
    factor = many * _SCALES.get(found["scale"] or "", 1)
    if measure == "成":  # 三成 is 30 %
        measure, factor = "%", Fraction(10)
    return Said(number[0], number[1], factor, measure, approx)


def _number(text: str) -> tuple[Fraction, int] | None:
    if text[0].isdigit():
        return Fraction(text), len(text.partition(".")[2])
    whole, _, rest = text.partition("点")
    value = chinese_number(whole)
    if value is None or any(letter not in _DIGITS for letter in rest):
        return None
    places = "".join(str(_DIGITS[letter]) for letter in rest)
    return value + Fraction(int(places or 0), 10 ** len(places)), len(places)


def chinese_number(text: str) -> Fraction | None:
    """三十五, 一百零二, 两 as a number below ten thousand; None for anything else."""
    total, digit = 0, None
    for letter in text:
        if letter in _DIGITS:
            if digit not in (None, 0):
                return None  # 三四十, 二〇二三: not this reader's business
            digit = _DIGITS[letter]
        else:
            total += (1 if digit is None else digit) * _TENS[letter]
            digit = None
    return Fraction(total + (digit or 0)) if text else None


def measure_of(unit: str) -> tuple[str, Fraction]:
    """What a unit measures and how many of that measure it is: 万亩 is 亩 and 10,000."""
    text = unicodedata.normalize("NFKC", unit).strip()
    for scale, times in _SCALES.items():
        if text.startswith(scale):
            measure, many = measure_of(text.removeprefix(scale))
            return measure, many * times
    if text in _HEADS:
        return "人", Fraction(1)
    if text in _COUNTERS:
        return "个", Fraction(1)
    return _MEASURES.get(text, (text, Fraction(1)))


def alike(one: str, other: str) -> bool:
    """Two measures can say one thing; a count without a unit is any count."""
    counts = ("个", "人", "人次", "")
    return one == other or ("" in (one, other) and one in counts and other in counts)


def rounds_to(said: Said, value: Fraction) -> bool:
    """The value, rounded half-up or cut off at the claim's places, is what is said."""
    step = 2 * said.half
    scaled = abs(value) / step
    rounded, cut = int(scaled + Fraction(1, 2)), int(scaled)
    return said.amount / step in (rounded, cut)


def keeps(said: Said, value: Fraction) -> bool:
    """The exact value keeps what the claim's approximator promises (DOMAIN §3.2 N25).

    A claim without one may round. The upper limits of N25 are not asked here: 超10亿元 of
    84.6亿元 is true, if odd, and no mutant.
    """
    amount, exact, word = said.amount, abs(value), said.approx
    if word in ("近", "不足", "不到", "接近", "将近"):
        return Fraction(9, 10) * amount <= exact < amount
    if word in ("超", "超过", "逾", "多", "余"):
        return exact > amount
    if word in ("突破", "以上", "达", "达到"):
        return exact >= amount or rounds_to(said, value)
    if word in ("以下", "以内"):
        return exact <= amount
    if word in ("约", "大约", "左右", "上下"):
        return abs(amount - exact) <= Fraction(5, 100) * exact
    return rounds_to(said, value)


def meets(said: Said, low: Fraction, high: Fraction) -> bool:
    """The claim's rounding interval meets an interval."""
    return said.amount - said.half <= high and low <= said.amount + said.half


def half_place(value: Decimal) -> Fraction:
    """Half of a decimal's last written place."""
    exponent = value.as_tuple().exponent
    return Fraction(10) ** exponent / 2 if isinstance(exponent, int) else Fraction(0)
