"""Which field of a row a claim may speak of, by its kind and the words beside it."""

import re
from dataclasses import dataclass

from drafter.keeping import kept
from drafter.records.indicator import FieldName, Indicator
from drafter.records.mention import Mention
from drafter.records.quantity import Unit, unit
from drafter.verification.binding.context import ClaimContext

_GROWTH = re.compile(r"(?:增[长速幅]|同比|下降|降幅|增减|增加|减少|回落|提高|上升|降低|涨幅)")
_GROWTH_NOUN = re.compile(r"增速|增幅|增长率|同比|降幅|涨幅|增长")
_PER_YEAR = re.compile(r"年均|年平均|[两三四五]年平均|逐年递[增减]|平均每年")
_SHARE = re.compile(r"占比?|比重|份额|比例")
_COMPLETION = re.compile(r"完成|任务|目标|计划|预算|进度|超额")
_TASK = re.compile(
    r"(?:目标|任务|计划|指标|预算)(?:任务|目标|数|值|量|总数)?(?:为|是|的|：|:)?[（(]?\s*$"
)
_TASK_AFTER = re.compile(
    r"^\s*[)）]?(?:以上)?的?(?:[^，,。；;、\d]{0,6}?(?:目标|任务|计划|考核要求|考核标准))(?!的?[^，。；]{0,4}完成率)"
)
_SET = re.compile(r"(?:目标|任务|计划|指标)(?:值|数)?(?:为|是|：|:)?[（(]?\s*$")
# 控制在4.5%以内 is what the figure must keep to, not the figure.
_WITHIN = re.compile(r"(?:控制|压减|压降)在(?:年度|全年|年均)?$")
_WITHIN_AFTER = re.compile(r"^\s*(?:以[内下]|之内)")
_YEARS_PLAN = re.compile(r"年度计划(?:完成)?(?:投资|任务)(?:额|数)?(?:为|是)?\s*$")
# 超年度任务240台, 超计划6处: what exceeds the task, no figure of a cell.
_EXCESS = re.compile(
    r"超(?:额|出|过)?(?:完成)?(?:[全市县区省定年初度既预下达的]){0,6}(?:目标|任务|计划)(?:任务|数|值)?$"
    r"|[比较](?:全年|年度|年初|既定|预定)?(?:目标|任务|计划)(?:任务|数|值)?[多高增]出?了?$"
)
_OF_TASK = re.compile(r"占[^，,。；;]{0,14}(?:目标|任务|计划|指标)")
_TOGETHER = re.compile(r"(?:合计|共计|总计)(?:为|达到?|约)?$")
_PRIOR = re.compile(
    r"(?:上年同期|去年同期|上年度?|去年|同期|上一年)(?:[^，。；、]{0,6}?)(?:为|的|是|仅|只有|完成)?[（(]?\s*$"
)
_OF_LAST_YEAR = re.compile(
    r"(?:上年同期|去年同期|去年|上年|上年度)(?:的|为|是|仅为|只有)[（(]?\s*$"
)
_SHARE_OF = re.compile(r"占[^，,。；;占]{2,16}的(?:比[重例]|份额)?(?:[为达]|达到)?\s*$")
_CHANGE = re.compile(
    r"(?:增加|减少|净增|净减|增长|下降|提高|回落|多|少|扩大|缩小|上升|降低|增)了?\s*$"
)
# What is more or less than a year ago, never the amount itself.
_DIFFERENCE = re.compile(r"(?:增收|减收|多收|少收|增支|减支)\s*$")
# 净增参保4000人: a row that holds the stock itself neither proves nor refutes it.
_NET = re.compile("净[增减]")
_FROM = re.compile(r"[从由]\s*(?:[^，。；]{0,12}?)$")
_TO_NEXT = re.compile(
    r"^\s*(?:提[高升]|增[加长至到]|上升|扩大|发展|下降|减少|压[缩减]|缩[短小]|降[低至到]|升[至到])[^，,。；;\d]{0,4}[到至为]?(?:(?:19|20)\d\d年的?)?[^，,。；;\d]{0,3}$"
)
_RANK_OF = re.compile(
    r"^\s*(?:县[（(]市、?区?[）)]|县[（(]市[）)]区?|县市区|县市|县区|市州|市区|区县|参排单位|单位|地市|设区市)?中?(?:排|居|位)"
)
_RANKS = re.compile(r"[排列居位]在?(?:全[国省市州]|\w{1,3}[省市州])$")
_AREAS = re.compile(r"^\s*(?:县|市|区|地市|单位)[^，,。；;]{0,8}$")
_GRADE = "等"
_SCHEDULE = re.compile(r"序时|时序")
# What is to be reached: the first say so by themselves, the others may stand in a report of results.
_GOAL = re.compile("力争|预期目标|目标(?:为|是)|预期(?=.{0,12}(?:增长|达到|突破))")
_MAYBE_GOAL = re.compile(
    r"争取(?=[在到使]|实现|完成|达到|突破|增长|建成|新增|引进|年内|全年|明年|早日)|确保|"
    r"计划(?=[在到于再]|明年|全年|年内|新[增建]|实施|引进|建设|建成|完成(?!投资)|培育|开展|\d)|达到.{0,8}以上$"
)


@dataclass(frozen=True, slots=True)
class FieldGuess:
    """A field that the claim may speak of; `weight` 1 where its words ask for it."""

    field: FieldName
    weight: float


def guesses(context: ClaimContext) -> tuple[FieldGuess, ...]:
    """The fields that a claim's own words admit, likeliest first; () if none does."""
    kind = context.mention.kind
    if kind == "percent" and context.mention.implied_unit:
        return (FieldGuess("share", 1.0),)  # a part of 结构为6.5∶45.0∶48.5
    if kind in ("quantity", "range", "fraction", "multiple"):
        return _amount(context)
    if kind in ("percent", "rate_change", "points"):
        return _rate(context)
    if kind == "rank":
        return _rank(context)
    return ()


def _amount(context: ClaimContext) -> tuple[FieldGuess, ...]:
    before, after = context.before, context.after
    mention = context.mention
    if _unit(mention).kind == "percent" or mention.kind == "fraction":
        return _rate(context)
    if _EXCESS.search(before):
        return (FieldGuess("target", 0.5),)
    if (
        _TASK.search(before)
        or _TASK_AFTER.match(after)
        or _YEARS_PLAN.search(before)
        or _keeps_within(context)
    ):
        return (FieldGuess("target", 1.0), FieldGuess("value", 0.75))
    if speaks_of_goal(context):
        return (FieldGuess("value", 1.0), FieldGuess("target", 1.0))
    if _TOGETHER.search(before) and not context.has_own_subject:
        return (FieldGuess("value", 0.5),)  # the sum of what was named, not one of it
    if _DIFFERENCE.search(before) or _NET.search(before):
        return (FieldGuess("change", 1.0), FieldGuess("value", 0.5))
    if _CHANGE.search(before):
        return (FieldGuess("value", 0.9), FieldGuess("change", 1.0))
    if _PRIOR.search(before):
        return (FieldGuess("prior", 1.0),)
    if _RANK_OF.match(after) or (_RANKS.search(before) and _AREAS.match(after)):
        return (FieldGuess("rank_of", 1.0), FieldGuess("value", 0.8))
    return _from_or_value(context)


def _from_or_value(context: ClaimContext) -> tuple[FieldGuess, ...]:
    """由84.9亿元提高到87.6亿元: the first is what it was before."""
    if not _FROM.search(context.before):
        return (FieldGuess("value", 1.0),)
    if _TO_NEXT.match(context.after):
        return (FieldGuess("prior", 1.0),)
    return (FieldGuess("prior", 0.9), FieldGuess("value", 0.9))


def _rate(context: ClaimContext) -> tuple[FieldGuess, ...]:
    own = context.before + " " + context.after
    moved = context.mention.direction is not None or context.mention.kind == "rate_change"
    if plain := _plainly(context):
        return plain
    if _SCHEDULE.search(own):
        return (FieldGuess("schedule", 1.0), FieldGuess("value", 0.8))
    if _SET.search(context.before) or _TASK_AFTER.match(context.after) or _keeps_within(context):
        return (FieldGuess("target", 1.0), FieldGuess("value", 0.75))
    if _OF_TASK.search(context.lead):
        return (FieldGuess("completion", 1.0), FieldGuess("value", 0.8))
    if moved or _GROWTH.search(context.before):
        change = FieldGuess("change", 0.9)
        return (FieldGuess("yoy", 1.0), FieldGuess("value", 0.95), change)
    if _PRIOR.search(context.before) or (
        _FROM.search(context.before) and _TO_NEXT.match(context.after)
    ):
        return (FieldGuess("prior", 1.0), FieldGuess("value", 0.8))
    if _SHARE.search(own) or _SHARE.search(context.lead):
        return (FieldGuess("share", 1.0), FieldGuess("value", 1.0))
    if _COMPLETION.search(own) or _COMPLETION.search(context.lead):
        return (FieldGuess("completion", 1.0), FieldGuess("value", 1.0), FieldGuess("share", 0.5))
    return (
        FieldGuess("value", 1.0),
        FieldGuess("yoy", 0.7),
        FieldGuess("share", 0.7),
        FieldGuess("completion", 0.7),
    )


def _keeps_within(context: ClaimContext) -> bool:
    """控制在4.5%以内: a bound; 控制在4.5% alone tells a result."""
    if not _WITHIN.search(context.before):
        return False
    approx = context.mention.approx or ""
    return approx in ("以内", "以下", "之内") or bool(_WITHIN_AFTER.match(context.after))


def _plainly(context: ClaimContext) -> tuple[FieldGuess, ...]:
    """What the words right before a rate say beyond doubt."""
    before = context.before
    if _OF_LAST_YEAR.search(before):
        return (FieldGuess("prior", 1.0),)  # 较去年的68.21%提高: what it was, whatever follows
    if _SHARE_OF.search(before) and not _OF_TASK.search(context.lead):
        return (FieldGuess("share", 1.0), FieldGuess("value", 1.0))
    if _PER_YEAR.search(before):
        return (FieldGuess("value", 1.0),)  # a rate over several years is no growth of this one
    return ()


def _rank(context: ClaimContext) -> tuple[FieldGuess, ...]:
    if _GROWTH_NOUN.search(context.before):
        return (
            FieldGuess("yoy_rank", 1.0),
            FieldGuess("rank", 0.95),
            FieldGuess("value", 0.8),
        )
    return (
        FieldGuess("rank", 1.0),
        FieldGuess("yoy_rank", 0.8),
        FieldGuess("value", 0.8),
    )


def admits(row: Indicator, guess: FieldGuess, mention: Mention) -> float:
    """How well the row's field takes such a claim: 0 never, 1 unit and kind to the letter.

    Judged by units and kinds alone, never by the value.
    """
    figure = row.figure(guess.field)
    if figure is None:
        return 0.0
    if mention.kind == "rank":
        return _admits_rank(row, guess.field, mention)
    if guess.field in ("yoy", "share", "completion", "schedule"):
        return _admits_rate(figure.points, mention)
    if guess.field in ("rank", "yoy_rank"):
        return 0.0
    if guess.field == "rank_of":
        return 1.0 if _unit(mention).kind in ("counter", "none") else 0.0
    return _admits_amount(row, guess.field, mention)


def _admits_rank(row: Indicator, field: FieldName, mention: Mention) -> float:
    grade = _GRADE in mention.text
    if field == "value":
        own = row.unit.strip()
        if grade:
            return 1.0 if own.endswith(("等奖", "等", "等次")) else 0.0
        return 1.0 if own in ("位", "名", "第") and "位次" in row.name + row.unit + "排名" else 0.0
    if grade:
        return 1.0 if "等" in row.unit or "奖" in row.name or "等次" in row.name else 0.0
    return 0.0 if row.unit.endswith("等奖") else 1.0


def _admits_rate(points: bool, mention: Mention) -> float:
    kind = _unit(mention).kind
    if kind == "points":
        return 1.0 if points else 0.75
    if mention.kind in ("percent", "rate_change") or kind == "percent":
        return 0.75 if points else 1.0
    if mention.kind in ("fraction", "multiple", "range"):
        return 0.8
    return 0.0


def _admits_amount(row: Indicator, field: FieldName, mention: Mention) -> float:
    said, kept = _unit(mention), row_unit(row)
    if mention.kind == "fraction" or (mention.number and mention.number.over is not None):
        return 0.9 if kept.kind in ("none", "percent") else 0.0
    if said.kind == "points":
        return 0.9 if field == "change" and kept.kind == "percent" else 0.0
    if said.kind == kept.kind == "percent" or said.dimension == kept.dimension:
        if said.base == kept.base:
            return 1.0
        return (
            0.8 if said.kind == "counter" else 0.9
        )  # 类 beside 个 tells more than 万元 beside 亿元
    if kept.kind == "none" and said.kind in ("counter", "people", "visits", "none"):
        return 0.85
    if said.kind == "none" and kept.kind in ("counter", "people", "visits"):
        return 0.7
    return 0.0


_PER = re.compile(r"^([百千万亿]*元)[/／每](?:[人月年户天日次·\s/／每]+)$")


def row_unit(row: Indicator) -> Unit:
    """The unit of a row's value, prior, change and target.

    元/人·月 is read as 元: texts say 每人每月1026元.
    """
    return _unit_of(row.unit)


@kept(4096)
def _unit_of(written: str) -> Unit:
    return unit(_PER.sub(r"\1", written))


def _unit(mention: Mention) -> Unit:
    return mention.unit if mention.unit is not None else _unit_of("")


def goal_strength(context: ClaimContext) -> float:
    """How surely the clause speaks of what is to be reached: 1 surely, 0 of what was, else 0.5."""
    if context.in_plan or _GOAL.search(context.clause):
        return 1.0
    return 0.5 if _MAYBE_GOAL.search(context.clause) else 0.0


def speaks_of_goal(context: ClaimContext) -> bool:
    """The clause speaks, or may speak, of what is to be reached, not of what was."""
    return goal_strength(context) > 0
