"""Which indicators' growth may be computed from two levels, and which must be quoted.

DOMAIN §3.3 and §3.5: levels of 增加值 stand at current prices while growth is at constant
prices; 投资 and 利润 compare like enterprises; so their growth always comes from the source.
"""

import re

from drafter.records.indicator import Indicator

_QUOTED_ONLY = re.compile(
    "生产总值|GDP|增加值|总产值|固定资产投资|工业投资|技改投资|技术改造投资|民间投资|利润|营业收入|营收|"
    "社会消费品零售|进出口|研发|R&D|能耗|实际增|投资完成额"
)
_FREE_BASIS = re.compile("计数|实物|自然口径|现价|名义")


def may_recompute_growth(row: Indicator) -> bool:
    """Growth of this row may be computed from value and prior.

    A 口径 column that says 计数, 实物量, 现价 or 自然口径 allows it; 可比价 and 可比口径 forbid it.
    """
    if "可比" in row.basis or "不变价" in row.basis or "同口径" in row.basis:
        return False
    if _QUOTED_ONLY.search(row.name):
        return False
    if row.basis and _FREE_BASIS.search(row.basis):
        return True
    return not row.basis or "口径" not in row.basis
