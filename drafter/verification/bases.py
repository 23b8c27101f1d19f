"""What a row's basis allows: growth from two levels, completion of a target, sums over time.

DOMAIN §3.3 and §3.5: levels of 增加值 stand at current prices while growth is at constant
prices; 投资 and 利润 compare like enterprises; so their growth always comes from the source.
"""

import re
from enum import Enum

from drafter.records.indicator import Indicator
from drafter.records.quantity import unit

_NEVER = re.compile("生产总值|GDP|增加值")
_QUOTED = re.compile(
    "总产值|固定资产投资|固投|工业投资|技改投资|技术改造投资|民间投资|基础设施投资|房地产(?:开发)?投资|投资完成额|"
    "利润|营业收入|营收|主营收入|社会消费品零售|社零|进出口|研发|R&D|能耗|实际增"
)
_COMPARABLE = re.compile("可比|不变价|同口径|同企业")
_FREE = re.compile("计数|实物|自然口径|名义")
_NOMINAL = re.compile("现价|当年价")

_LESS_IS_BETTER = re.compile(
    "能耗|事故|死亡|投诉|信访量|PM2[.]5|PM10|排放|失业率|发案|逃漏|损失|负债|不良率|降低率|下降率|降幅|超限率|用时|时限|信访件"
)
_LESS_DECLARED = re.compile("逆向|逆指标|反向|越[低少小]越[好优]|控制(?:数|目标|指标|类)|上限")
_INVERSE = re.compile("目标[值数]?[÷/／](?:实际|完成|本期)")
_MIRRORED = re.compile(r"[2２][-－−—](?:实际|完成|本期)[值数]?[÷/／]目标")

_STOCK = re.compile(
    "存量|保有|余额|期末|年末|月末|总数$|在册|拥有|现有|户籍|人口|床位|总里程|资产|负债|覆盖|在库|有效期内|登记在"
)


class Completion(Enum):
    """How much of a target is reached: which quotient says so."""

    DIRECT = "value ÷ target"
    INVERSE = "target ÷ value"
    MIRRORED = "2 − value ÷ target"
    UNKNOWN = "no declared rule"


def may_recompute_growth(row: Indicator) -> bool:
    """Growth of this row may be computed from value and prior.

    The 口径 column overrides what its name suggests: 计数, 实物量, 自然口径 and 名义 allow it, 可比价 and
    可比口径 forbid it. 现价 says how the level is priced and nothing of the growth, so what §3.3 lists
    stays quoted; 增加值 always does, since its growth is at constant prices by definition.
    """
    if _COMPARABLE.search(row.basis) or _NEVER.search(row.name):
        return False
    if _FREE.search(row.basis):
        return True
    if _QUOTED.search(row.name):
        return False
    return bool(_NOMINAL.search(row.basis)) or "口径" not in row.basis


def less_is_better(row: Indicator) -> bool:
    """Accidents, energy use and the like: to stay below the target is to reach it."""
    declared = _LESS_DECLARED.search(row.basis + row.note)
    return bool(declared or _LESS_IS_BETTER.search(row.name))


def completion_rule(row: Indicator) -> Completion:
    """The quotient that a row's target asks for; where less is better the row must declare it.

    Declared in 口径 or 备注: `完成率=目标÷实际`, `完成率=2−实际÷目标`.
    """
    if not less_is_better(row):
        return Completion.DIRECT
    said = (row.basis + row.note).replace(" ", "")
    if _MIRRORED.search(said):
        return Completion.MIRRORED
    return Completion.INVERSE if _INVERSE.search(said) else Completion.UNKNOWN


def is_flow(row: Indicator) -> bool:
    """What happens in one month adds to what happens in the next; stocks and rates do not."""
    kind = unit(row.unit).kind
    if kind in ("percent", "points", "times"):
        return False
    return not _STOCK.search(row.name) and not _STOCK.search(row.basis)


def names_quoted_growth(words: str) -> bool:
    """The words name something whose growth comes from its source, never from two levels."""
    return bool(_NEVER.search(words) or _QUOTED.search(words))
