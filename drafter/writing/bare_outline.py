"""The outline of a bureau that has neither a past summary nor an outline of its own."""

from drafter.records.indicator import IndicatorTable
from drafter.records.outline import Outline, OutlineSection

_NOT_A_SECTION = ("总述", "综合", "问题", "打算", "")


def bare_outline(table: IndicatorTable, *, year: int, organisation: str) -> Outline:
    """Lead, a section for each 板块 of the table, problems, next year's plan.

    Rows without 板块 make one section of their own; its heading is 主要指标完成情况.
    """
    themes = [
        theme
        for theme in dict.fromkeys(row.section.strip() for row in table.rows)
        if theme not in _NOT_A_SECTION
    ]
    inner = [
        OutlineSection(f"s{number}", theme, 2, "achievements", marker="（一）", themes=(theme,))
        for number, theme in enumerate(themes, start=2)
    ] or [OutlineSection("s2", "主要指标完成情况", 2, "achievements", marker="（一）")]
    after = len(inner) + 2
    return Outline(
        f"{organisation}{year}年工作总结",
        (
            OutlineSection("s0", "", 0, "lead"),
            OutlineSection("s1", f"{year}年主要工作", 1, "part", marker="一、"),
            *inner,
            OutlineSection(f"s{after}", "存在的问题", 1, "problems", marker="一、"),
            OutlineSection(f"s{after + 1}", f"{year + 1}年工作打算", 1, "plan", marker="一、"),
        ),
    )
