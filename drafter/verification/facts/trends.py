"""How a row stands against last year, its target and its peers; what fewer of is better falls well."""

from decimal import Decimal
from typing import Literal

from drafter.records.indicator import Indicator

_FEWER_IS_BETTER = (
    *("事故", "能耗", "投诉", "死亡", "伤亡", "PM2.5", "排放", "失业率", "逾期", "欠薪"),
    *("退出", "正在办理", "未整改", "未办结", "重大事故隐患", "关停", "注销"),
    *("三公”经费", "三公经费", '三公"经费', "发文", "审批事项", "审批环节"),
)
_RATE_OF_SAVING = ("降低率", "下降率", "压减率")
_FULL = Decimal(100)


def falls(row: Indicator) -> bool:
    """It went down, and down is no good."""
    if fewer_is_better(row):
        return False
    for figure in (row.yoy, row.change):
        if figure is not None:
            return figure.number.value < 0
    if row.value is None or row.prior is None:
        return False
    return row.value.number.value < row.prior.number.value


def misses(row: Indicator) -> bool:
    """The year's target was not reached."""
    if row.completion is not None:
        return row.completion.number.value < _FULL
    if row.value is None or row.target is None or fewer_is_better(row):
        return False
    same = not row.target.unit or row.target.unit == row.unit
    return same and row.value.number.value < row.target.number.value


def fewer_is_better(row: Indicator) -> bool:
    """Accidents, complaints, energy use; not the rate at which they fall."""
    if any(word in row.name for word in _RATE_OF_SAVING):
        return False
    return any(word in row.name for word in _FEWER_IS_BETTER)


def ranks_poorly(row: Indicator, field: Literal["rank", "yoy_rank"]) -> bool:
    """The rank lies in the last third of the units ranked."""
    figure = row.rank if field == "rank" else row.yoy_rank
    if figure is None or row.rank_of is None:
        return False
    return figure.number.value * 3 > row.rank_of.number.value * 2
