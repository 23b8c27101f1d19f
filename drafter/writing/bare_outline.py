"""The outline of a bureau that has neither a past summary nor an outline of its own."""

from drafter.records.fact import FactList
from drafter.records.indicator import IndicatorTable
from drafter.records.outline import Outline, OutlineSection
from drafter.writing.planning import REST

_NOT_A_SECTION = ("总述", "综合", "问题", "打算", "")


def bare_outline(
    table: IndicatorTable, facts: FactList | None = None, *, year: int, organisation: str
) -> Outline:
    """Lead, a section for each 板块 of table and facts, problems, next year's plan.

    Rows and facts without 板块 share a section of their own behind the others; where nothing has
    a 板块 it is headed 主要指标完成情况.
    """
    ours = [row.section.strip() for row in table.rows if row.status != "目标"]
    theirs = [fact.section.strip() for fact in (facts or FactList()).facts]
    themes = [one for one in dict.fromkeys([*ours, *theirs]) if one not in _NOT_A_SECTION]
    named = [(theme, (theme,)) for theme in themes]
    if "" in ours or "" in theirs or not themes:
        named.append(("其他工作" if themes else "主要指标完成情况", (REST,)))
    inner = [
        OutlineSection(f"s{number}", heading, 2, "achievements", marker="（一）", themes=taken)
        for number, (heading, taken) in enumerate(named, start=2)
    ]
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
