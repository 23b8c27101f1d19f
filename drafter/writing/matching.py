"""Whether a row's figure is what the clause speaks of, where the name alone does not tell.

累计 is not 全年, five years together are not one, ‰ is not %, and one cell does not stand for
two numbers of a clause. What does not match is told anew under the row's own name.
"""

import re
from typing import Final

from drafter.verification.binding.periods import over_years
from drafter.writing.clauses import Refusal
from drafter.writing.precedent import BoundClaim, Clause

_TOTALS: Final = ("累计",)
"""A total since some day: a row of that name says nothing of the year alone."""
_AVERAGES: Final = ("年均", "月均", "日均", "户均", "亩均")
_LEVEL: Final = re.compile("率(?:保持|控制|稳定)在$")
"""人口自然增长率保持在3.5%."""
_NEW: Final = re.compile("新|净增|增加|入库|认定")
_FLOWS: Final = re.compile("新增|新登记|新注册|净增")
"""What came in this year: 新登记企业 is not 企业."""
_TWO: Final = 2
_PER_MILLE: Final = "‰"
_GROWTH: Final = re.compile("增(?!加值)|[降升减涨跌]|提高|回落|同比|持平|翻番")


def mismatch(clause: Clause) -> Refusal | None:
    """Why this year's figures do not fit the clause; None where nothing speaks against them.

    Args:
        clause: Its claims are bound to rows with the figure asked for.
    """
    doubled = _doubled(clause)
    if doubled:
        return Refusal("D", f"一句两数，今年“{doubled}”只有一个数")
    if not _town_and_country(clause):
        return Refusal("D", "城乡两数应一个城镇、一个农村，今年的表中不是")
    for claim in clause.claims:
        if claim.faint and claim.row:
            return Refusal("D", f"往年句子与今年的“{claim.row.name}”只是名称相近")
        other = _other_kind(claim, clause) or _other_unit(claim) or _no_growth(claim, clause)
        if other and claim.row:
            return Refusal("D", f"今年的“{claim.row.name}”{other}，与往年句子所说不同")
    return None


def _town_and_country(clause: Clause) -> bool:
    """城乡居民收入分别增长: the first figure is the towns', the second the villages'."""
    rows = [claim.row for claim in clause.claims if claim.row]
    if "城乡" not in clause.text or len(rows) != _TWO:
        return True
    town, country = rows
    return "城" in town.name and ("农" in country.name or "乡" in country.name)


def _doubled(clause: Clause) -> str:
    """The name of a row whose one cell would stand for two numbers of the clause."""
    seen: set[tuple[str, str]] = set()
    for claim in clause.claims:
        if claim.row is None:
            continue
        cell = (claim.row.id, claim.field)
        if cell in seen:
            return claim.row.name
        seen.add(cell)
    return ""


def _other_kind(claim: BoundClaim, clause: Clause) -> str:
    """How the row's figure is another kind of total or mean; '' where it is the same."""
    if claim.row is None:
        return ""
    name = claim.row.name
    lead = clause.block.text[: clause.start].rpartition("。")[2]
    said = f"{clause.text} {claim.past_name}"
    if over_years(name) != over_years(lead + clause.text) and not over_years(claim.past_name):
        return "是几年合计的数" if over_years(name) else "是一年的数"
    for word in _TOTALS:
        if word in name and word not in said:
            return f"是{word}数"
    flow = _FLOWS.search(clause.text)
    if flow and not _NEW.search(f"{name} {claim.past_name}") and claim.field == "value":
        return f"不是{flow[0]}数"
    came = _FLOWS.search(name)
    if came and not _NEW.search(said) and claim.field == "value":
        return f"是{came[0]}数"
    for word in _AVERAGES:
        if (word in name) != (word in said):
            return f"是{word}数" if word in name else f"不是{word}数"
    return ""


def _no_growth(claim: BoundClaim, clause: Clause) -> str:
    """城镇化率达44.5%, 占规上工业12.3% tell a level or share; 增长 before them would tell a growth."""
    if claim.field != "yoy" or claim.row is None:
        return ""
    before = clause.block.text[clause.start : claim.mention.start]
    if _LEVEL.search(before):
        return "是增幅"
    if claim.mention.direction in ("up", "down"):
        return ""
    return "" if _GROWTH.search(clause.text) else "是增幅"


def _other_unit(claim: BoundClaim) -> str:
    """人口自然增长率4.28‰ and a growth in per cent."""
    if claim.row is None:
        return ""
    said = _PER_MILLE in claim.mention.text
    held = claim.field == "value" and claim.row.unit == _PER_MILLE
    if said == held:
        return ""
    return "以‰计" if held else "不以‰计"
