"""Falls, missed targets and poor ranks: named for a person to place, never silently dropped."""

from collections.abc import Sequence
from typing import Literal

from drafter.records.draft import AdverseFigure
from drafter.records.indicator import Indicator
from drafter.records.quantity import unit
from drafter.verification.facts.trends import falls, misses, ranks_poorly
from drafter.writing.phrases import phrase
from drafter.writing.references import Materials

_RANKS: tuple[tuple[Literal["rank", "yoy_rank"], str], ...] = (
    ("rank", "位次"),
    ("yoy_rank", "增速位次"),
)


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
                    cell=row.row,
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
    for field, name in _RANKS:
        if ranks_poorly(row, field):
            label = "" if field == "rank" else "增速排"
            said.append(f"{label}{phrase(row, name, materials) or ''}")
    return tuple(text for text in said if text)


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
