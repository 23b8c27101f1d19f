"""Numbers, units and quantities as people write them, kept to the written digit.

Values are `Decimal`; the written precision lives in the Decimal's exponent (`Decimal("8.70")`
has two places). Knows how units convert; knows nothing of text or of indicators.

>>> Quantity(Number(Decimal("208.6")), unit("亿元")).base
Decimal('20860000000')
"""

from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Literal

UnitKind = Literal[
    "money", "people", "visits", "counter", "physical", "percent", "points", "times", "none"
]

SCALES = {
    "十": Decimal(10),
    "百": Decimal(100),
    "千": Decimal(1000),
    "万": Decimal(10_000),
    "百万": Decimal(1_000_000),
    "千万": Decimal(10_000_000),
    "亿": Decimal(100_000_000),
    "百亿": Decimal(10_000_000_000),
    "千亿": Decimal(100_000_000_000),
    "万亿": Decimal(1_000_000_000_000),
}

CURRENCIES = (
    "元",
    "人民币",
    "美元",
    "美金",
    "欧元",
    "英镑",
    "日元",
    "港元",
    "港币",
    "韩元",
    "卢布",
    "澳元",
    "加元",
    "元人民币",
    "人民币元",
    "块钱",
    "元钱",
    "新台币",
    "台币",
    "新元",
    "新加坡元",
    "瑞士法郎",
    "法郎",
    "泰铢",
    "卢比",
    "越南盾",
    "马克",
    "里拉",
    "兹罗提",
    "加拿大元",
    "澳大利亚元",
)
_CURRENCY_NAMES = {
    **dict.fromkeys(("人民币", "元人民币", "人民币元", "块钱", "元钱"), "元"),
    "美金": "美元",
    "港币": "港元",
    "新台币": "台币",
    "新加坡元": "新元",
    "加拿大元": "加元",
    "澳大利亚元": "澳元",
}

# symbol -> (base symbol, factor): what a person would accept as the same amount. Areas count in
# thirds of a square metre: so 亩, of which fifteen are a 公顷, is a whole number.
PHYSICAL = {
    "米": ("米", "1"),
    "千米": ("米", "1000"),
    "公里": ("米", "1000"),
    "里": ("米", "500"),
    "厘米": ("米", "0.01"),
    "毫米": ("米", "0.001"),
    "皮长公里": ("皮长公里", "1"),
    "芯公里": ("芯公里", "1"),
    "车公里": ("车公里", "1"),
    "海里": ("海里", "1"),
    "平方米": ("平方米", "3"),
    "平米": ("平方米", "3"),
    "㎡": ("平方米", "3"),
    "平方公里": ("平方米", "3000000"),
    "平方千米": ("平方米", "3000000"),
    "公顷": ("平方米", "30000"),
    "亩": ("平方米", "2000"),
    "立方米": ("立方米", "1"),
    "立方": ("立方米", "1"),
    "方": ("立方米", "1"),
    "升": ("立方米", "0.001"),
    "克": ("千克", "0.001"),
    "千克": ("千克", "1"),
    "公斤": ("千克", "1"),
    "斤": ("千克", "0.5"),
    "担": ("千克", "50"),
    "吨": ("千克", "1000"),
    "吨标准煤": ("吨标准煤", "1"),
    "吨标煤": ("吨标准煤", "1"),
    "瓦": ("瓦", "1"),
    "千瓦": ("瓦", "1000"),
    "兆瓦": ("瓦", "1000000"),
    "千瓦时": ("千瓦时", "1"),
    "度": ("千瓦时", "1"),
    "千伏安": ("千伏安", "1"),
    "兆伏安": ("千伏安", "1000"),
    "伏": ("伏", "1"),
    "千伏": ("伏", "1000"),
    "标准箱": ("标准箱", "1"),
    "TEU": ("标准箱", "1"),
    "比特": ("比特", "1"),
    "G": ("G", "1"),
    "M": ("M", "1"),
    "T": ("T", "1"),
    "微克/立方米": ("微克/立方米", "1"),
    "小时": ("小时", "1"),
    "分钟": ("分钟", "1"),
    "秒": ("秒", "1"),
    "天": ("天", "1"),
    "日": ("天", "1"),
    "周": ("周", "1"),
    "个月": ("个月", "1"),
    "年": ("年", "1"),
    "岁": ("岁", "1"),
    "吨公里": ("吨公里", "1"),
    "人公里": ("人公里", "1"),
    "km": ("米", "1000"),
    "㎞": ("米", "1000"),
    "m": ("米", "1"),
    "cm": ("米", "0.01"),
    "mm": ("米", "0.001"),
    "平方": ("平方米", "3"),
    "m²": ("平方米", "3"),
    "km²": ("平方米", "3000000"),
    "m³": ("立方米", "1"),
    "毫克": ("千克", "0.000001"),
    "kg": ("千克", "1"),
    "t": ("千克", "1000"),
    "kW": ("瓦", "1000"),
    "MW": ("瓦", "1000000"),
    "GW": ("瓦", "1000000000"),
    "吉瓦": ("瓦", "1000000000"),
    "千瓦小时": ("千瓦时", "1"),
    "兆瓦时": ("千瓦时", "1000"),
    "kWh": ("千瓦时", "1"),
    "MWh": ("千瓦时", "1000"),
    "GWh": ("千瓦时", "1000000"),
    "kV": ("伏", "1000"),
    "个小时": ("小时", "1"),
    "摄氏度": ("摄氏度", "1"),
    "℃": ("摄氏度", "1"),
    "分贝": ("分贝", "1"),
    "吨/日": ("吨/日", "1"),
    "吨/年": ("吨/年", "1"),
    "立方米/日": ("立方米/日", "1"),
    "立方米/秒": ("立方米/秒", "1"),
    "微克": ("千克", "0.000000001"),
    "μg": ("千克", "0.000000001"),
    "mg": ("千克", "0.000001"),
    "g": ("千克", "0.001"),
    "㎏": ("千克", "1"),
    "毫升": ("立方米", "0.000001"),
    "L": ("立方米", "0.001"),
    "千卡": ("千卡", "1"),
    "标煤": ("吨标准煤", "1"),
    "标准煤": ("吨标准煤", "1"),
    "标箱": ("标准箱", "1"),
    "度电": ("千瓦时", "1"),
    "英里": ("米", "1609.344"),
    "兆帕": ("兆帕", "1"),
    "赫兹": ("赫兹", "1"),
    "工作日": ("工作日", "1"),
    "个工作日": ("工作日", "1"),
    "个星期": ("周", "1"),
    "星期": ("周", "1"),
    "年度": ("年", "1"),
    "个年头": ("年", "1"),
    "周岁": ("岁", "1"),
    "学时": ("学时", "1"),
    "个学时": ("学时", "1"),
    "课时": ("学时", "1"),
    "个课时": ("学时", "1"),
}

PEOPLE = ("人", "名", "位", "员", "人员")
VISITS = ("人次", "人天", "人日")

_PERCENT = {"%": "%", "％": "%", "﹪": "%", "‰": "‰"}
_POINTS = {"百分点": "百分点", "个百分点": "百分点", "个点": "百分点"}
_TIMES = {"倍": "倍", "番": "番", "成": "成"}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as written, and what it stands for: `factor` of the base unit `base`."""

    written: str
    base: str
    factor: Decimal
    kind: UnitKind
    dimension: str
    """What converts into what: equal dimensions compare, others never do."""
    to_dimension: Decimal
    """Factor from the base unit to the dimension's own measure."""


@lru_cache(maxsize=4096)
def unit(written: str) -> Unit:
    """The unit that a written form (`万元`, `个百分点`, `万人次`, `亩`, ``) stands for.

    An unknown word is a counter of its own. `base` and `factor` multiply out 万 and 亿 only;
    公顷 stays 公顷 in `base`, while `dimension` lets it compare with 亩.
    """
    text = written.strip()
    if text in _PERCENT:
        return Unit(written, _PERCENT[text], Decimal(1), "percent", _PERCENT[text], Decimal(1))
    if text in _POINTS:
        return Unit(written, "百分点", Decimal(1), "points", "百分点", Decimal(1))
    if text in _TIMES:
        return Unit(written, _TIMES[text], Decimal(1), "times", _TIMES[text], Decimal(1))
    if not text:
        return Unit(written, "", Decimal(1), "none", "", Decimal(1))
    scale, rest = _split_scale(text)
    if not rest:
        return Unit(written, "", scale, "none", "", Decimal(1))
    return _scaled(written, scale, rest)


def _split_scale(text: str) -> tuple[Decimal, str]:
    if text in PHYSICAL:  # 千米, 千瓦: the 千 is part of the unit
        return Decimal(1), text
    for length in (2, 1):
        if text[:length] in SCALES and len(text) >= length:
            rest = text[length:]
            if text[:length] in ("千", "百", "十") and not rest:
                continue
            return SCALES[text[:length]], rest
    return Decimal(1), text


def _scaled(written: str, scale: Decimal, rest: str) -> Unit:
    if "/" in rest and rest not in PHYSICAL:
        # A rate is compared with the same rate only; it is of the kind of what it counts.
        counted = unit(rest.partition("/")[0])
        return Unit(written, rest, scale, counted.kind, rest, Decimal(1))
    if rest in CURRENCIES:
        name = _CURRENCY_NAMES.get(rest, rest)
        return Unit(written, name, scale, "money", name, Decimal(1))
    if rest in PHYSICAL:
        dimension, factor = PHYSICAL[rest]
        return Unit(written, rest, scale, "physical", dimension, Decimal(factor))
    if rest in VISITS:
        return Unit(written, rest, scale, "visits", rest, Decimal(1))
    if rest in PEOPLE:
        return Unit(written, rest, scale, "people", "人", Decimal(1))
    # Plain counters are interchangeable (家 个 户 项 件): one dimension for all.
    return Unit(written, rest, scale, "counter", "个", Decimal(1))


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written: one value, a range (`upto`) or a simple fraction (`over`)."""

    value: Decimal
    upto: Decimal | None = None
    over: Decimal | None = None
    written: str = field(default="", compare=False)

    @property
    def places(self) -> int:
        """Decimals as written: 2 for 8.70, 0 for 12."""
        exponent = self.value.as_tuple().exponent
        return max(0, -exponent) if isinstance(exponent, int) else 0

    def __str__(self) -> str:
        """The contract's plain form: `208.6`, `1/3`, `13-17`."""
        if self.over is not None:
            return f"{plain(self.value)}/{plain(self.over)}"
        if self.upto is not None:
            return f"{plain(self.value)}-{plain(self.upto)}"
        return plain(self.value)


def plain(value: Decimal) -> str:
    """A decimal without exponent notation, digits as written."""
    return f"{value:f}"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit; `base` multiplies 万 and 亿 out."""

    number: Number
    unit: Unit

    @property
    def base(self) -> Decimal:
        """The (lower) value in the base unit."""
        return self.number.value * self.unit.factor
