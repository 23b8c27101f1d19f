"""Falls, missed targets and poor ranks: named for a person to place, never silently dropped."""

from collections.abc import Sequence
from decimal import Decimal

from drafter.records.draft import AdverseFigure
from drafter.records.indicator import Indicator
from drafter.records.quantity import unit
from drafter.writing.phrases import phrase
from drafter.writing.references import Materials

_FEWER_IS_BETTER = (
    *("事故", "能耗", "投诉", "死亡", "伤亡", "PM2.5", "排放", "失业率", "逾期", "欠薪"),
    *("退出", "正在办理", "未整改", "未办结", "重大事故隐患", "关停", "注销"),
)
_RATE_OF_SAVING = ("降低率", "下降率", "压减率")
_FULL = Decimal(100)


def adverse_figures(
    rows: Sequence[Indicator], materials: Materials, printed: Sequence[str], section: str
) -> tuple[AdverseFigure, ...]:
    """What speaks against the year in some rows.

    Args:
        rows: Rows of a section.
        materials: For the phrases.
        printed: Ids of the rows that the section prints.
        section: Its id.
    """
    found = []
    for row in rows:
        said = reasons(row, materials)
        if said:
            found.append(
                AdverseFigure(
                    indicator=row.id,
                    indicator_name=row.name,
                    text="，".join(said),
                    section=section if row.id in printed else "",
                )
            )
    return tuple(found)


def reasons(row: Indicator, materials: Materials) -> tuple[str, ...]:
    """Why a row is adverse, each as it would be printed; () where it is not."""
    if row.status == "目标":
        return ()
    said = []
    if falls(row):
        said.append(_fall(row, materials))
    if misses(row):
        said.append(_miss(row, materials))
    for field, name in (("rank", "位次"), ("yoy_rank", "增速位次")):
        if _poor(row, field):
            label = "" if field == "rank" else "增速排"
            said.append(f"{label}{phrase(row, name, materials) or ''}")
    return tuple(text for text in said if text)


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


def _poor(row: Indicator, field: str) -> bool:
    """The rank lies in the last third of the units ranked."""
    figure = row.rank if field == "rank" else row.yoy_rank
    if figure is None or row.rank_of is None:
        return False
    return figure.number.value * 3 > row.rank_of.number.value * 2


def _fall(row: Indicator, materials: Materials) -> str:
    for figure, name in ((row.yoy, "增长"), (row.change, "增减")):
        if figure is not None:
            return phrase(row, name, materials) or ""
    return phrase(row, "增减", materials) or "低于上年同期"


def _miss(row: Indicator, materials: Materials) -> str:
    if row.completion is not None:
        return f"完成任务的{phrase(row, '完成率', materials)}"
    target = phrase(row, "目标", materials)
    kind = unit(row.unit).kind
    return f"未达到{'' if kind == 'percent' else '年度'}目标{target}"
