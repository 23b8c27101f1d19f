"""A past summary's figures as rows of an indicator table, for an officer to correct.

Names are the words around each number; they are a proposal, never evidence.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from drafter.numerals import read_mentions
from drafter.records.mention import Mention
from drafter.records.quantity import plain
from drafter.records.summary import PastSummary
from drafter.verification.binding.context import ClaimContext, contexts
from drafter.verification.binding.fields import goal_strength, guesses
from drafter.verification.binding.nouns import content_pairs
from drafter.verification.binding.pairing import paired_rows, under_their_heads
from drafter.verification.binding.periods import over_years
from drafter.writing.planning import outline_from_summary, told_year

HEAD = (
    "指标名称", "所属板块", "本期", "约数", "单位", "统计期", "同比(%)", "排名", "排名范围",
    "年度目标", "完成率(%)", "占比(%)", "状态", "备注",
)  # fmt: skip
_COLUMN = {
    "value": "本期",
    "yoy": "同比(%)",
    "rank": "排名",
    "yoy_rank": "排名",
    "target": "年度目标",
    "completion": "完成率(%)",
    "share": "占比(%)",
    "prior": "上年同期",
}
_DEPENDENT = ("yoy", "rank", "yoy_rank", "target", "completion", "share")
_LEAD = re.compile(
    r"^(?:[\s　，,、；;：:]|[一二三四五六七八九十]{1,3}是|其中[：:]?|并|且|同时|共|累计|全年|今年(?:以?来)?|"
    r"(?:\d{4}年)?\d{1,2}(?:[—\-～至]\d{1,2})?月(?:份|底)?|\d{4}年|截至|全[县市区州]|我[县市区局]|截至目前|目前|已|先后|成功)+"
)
_TAIL = re.compile(
    r"(?:(?:增[加长]|提高|拓展|减少|下降|降低|扩大)[到至为了]?|由|从|预计|上报|共计|合计|累计|共|完成|达到|达|实现|同比|增长|下降|为|约|近|超过|突破|控制[到在]|已|有|了|的|，|,|、|：|:|分别)+$"
)
_OLD_BASE = re.compile(
    r"(?:[比较自由从是]|相当于|为)[“\"]?(?:((?:19|20)\d\d)年|十[一二三四五]五)[^，；。]{0,12}$"
)
"""比2010年增长, 由2010年的162亿元, 是“十一五”的2.7倍: no figure of the year that is told."""
_A_RATE = re.compile(r"(?<!增长)(?<!增)(?:率|比重|比例)$")
_REACHED = re.compile(r"[到至]$|达到?$|为$")
_REVIEW = re.compile("“?十[一二三四五]五”?(?:时期|期间)|(?:过去|近|这)[三四五]年|本届政府")
_AGAINST = re.compile(r"[比较](?:19|20)\d\d年(?:同期|底|末)?")
_MEAN = re.compile("年均|年平均")
_GOAL = "目标"
_YEARS = "几年累计"
_PER_MILLE = "‰"
_DIGIT = re.compile(r"\d")
# What makes another quantity of the same noun.
_KINDS = ("年均", "累计")
_MEASURE_NOUN = re.compile(r"^[^，。；、：,;:（(\d]{1,14}")


@dataclass(slots=True)
class _Row:
    name: str
    section: str
    cells: dict[str, str] = field(default_factory=dict)


def extract_rows(summary: PastSummary) -> tuple[dict[str, str], ...]:
    """Rows of a table, one a figure, with growth, rank and the like of the same figure.

    What plans and goals name has the status 目标; a figure of several years says so in its name;
    one of an older year, or against an older year, is no figure of the year and stays out.

    Returns:
        Header -> text, headers of `HEAD`; in the order of the text.
    """
    told = told_year(summary)
    ahead = _blocks_ahead(summary)
    found: list[dict[str, str]] = []
    for section in summary.walk():
        heading = section.heading.text if section.heading else ""
        for block in section.paragraphs:
            found += _rows_of(block.text, heading, told, ahead=id(block) in ahead)
    return tuple(found)


def _blocks_ahead(summary: PastSummary) -> set[int]:
    """Paragraphs that tell what is planned."""
    outline = outline_from_summary(summary)
    return {id(block) for one in outline.sections if one.kind == "plan" for block in one.source}


def _rows_of(text: str, heading: str, told: int | None, *, ahead: bool) -> list[dict[str, str]]:
    claims = [
        one
        for one in read_mentions(text)
        if one.claim and one.kind not in ("date", "period") and one.number is not None
    ]
    rows: list[_Row] = []
    row_of: dict[int, _Row] = {}
    sentence = -1
    all_contexts = under_their_heads(text, contexts(text, claims))
    leaders = paired_rows(text, all_contexts)
    for number, context in enumerate(all_contexts):
        fresh = context.sentence_number != sentence
        sentence = context.sentence_number
        if _of_an_older_year(context, told):
            continue
        field_name = _field(context)
        mean = _MEAN.search(context.before) is not None
        leader = row_of.get(leaders.get(number, -1))
        if leader is not None and not mean:
            _fill(leader, field_name, context.mention, told)
            continue
        joins = field_name in _DEPENDENT and rows and not fresh and not _names_one(context)
        if not joins or mean:
            previous = rows[-1].name if rows and not fresh else ""
            over = _REVIEW.search(heading) is not None and _is_a_sum(context)
            rows.append(_Row(_name(context, previous, over=over), heading))
            if ahead or goal_strength(context) == 1:
                rows[-1].cells["状态"] = _GOAL
        row_of[number] = rows[-1]
        level = mean or _is_level(rows[-1].name, field_name, context)
        _fill(rows[-1], "value" if level else field_name, context.mention, told)
    return [
        {"指标名称": row.name, "所属板块": row.section, **row.cells} for row in rows if row.name
    ]


def _field(context: ClaimContext) -> str:
    if _PER_MILLE in context.mention.text:
        return "value"
    return next((guess.field for guess in guesses(context)), "value")


def _is_level(name: str, field_name: str, context: ClaimContext) -> bool:
    """城镇化率提高到46% is how high it is, not by how much it grew."""
    said = _REACHED.search(context.before) is not None
    return field_name == "yoy" and _A_RATE.search(name) is not None and said


def _is_a_sum(context: ClaimContext) -> bool:
    """Under a heading of several years, what names no year and is not what was reached."""
    period = context.mention.period
    dated = period is not None and period.year is not None
    amount = context.mention.kind == "quantity"
    return amount and not dated and not _reached(context)


def _reached(context: ClaimContext) -> bool:
    """提高到87%, 达到12家: how things stand, no sum."""
    said = _REACHED.search(context.before) is not None
    return said or context.mention.text.startswith(("达", "到", "至"))


def _names_one(context: ClaimContext) -> bool:
    """The clause has a subject of its own; 比2022年 is none."""
    before = _AGAINST.sub("", context.before)
    return bool(content_pairs(before) or content_pairs(context.after))


def _of_an_older_year(context: ClaimContext, told: int | None) -> bool:
    """The figure is of another year than the one told or the one before, or measured by one."""
    old = _OLD_BASE.search(context.lead)
    if old is None:
        return False
    return old[1] is None or told is None or int(old[1]) < told - 1


def _name(context: ClaimContext, previous: str, *, over: bool = False) -> str:
    """The figure's own noun; where it has none, its clause's head or the figure before it."""
    before = _stripped(context.before)
    noun = _MEASURE_NOUN.match(context.after.strip())
    after = _stripped(noun.group()) if noun and context.mention.kind == "quantity" else ""
    own = _MEAN.sub("", before + after)
    if not content_pairs(own):
        head = _MEAN.sub("", _stripped(_DIGIT.split(context.lead, maxsplit=1)[0]))
        own = head if content_pairs(head) else previous
    for word in _KINDS:
        if word in context.before and word not in own:
            own += word
    sums = context.over_years and not _reached(context)
    if (sums or over) and not over_years(own):
        own = _YEARS + own
    return _quoted_whole(own.strip("。，、；： "))[:60]


def _quoted_whole(name: str) -> str:
    """“三公”经费支出 keeps its quotes; half a pair goes."""
    if name.count("“") == name.count("”") and not name.startswith("”"):
        return name
    return name.replace("“", "").replace("”", "")


def _stripped(text: str) -> str:
    return _TAIL.sub("", _LEAD.sub("", text.strip()))


def _fill(row: _Row, field_name: str, mention: Mention, told: int | None) -> None:
    column = _COLUMN.get(field_name, "本期")
    if column not in HEAD:
        return
    if column == _COLUMN["share"] and mention.approx:
        return  # no cell says that a share is 近七成
    if mention.kind in ("percent", "rate_change") and column == "本期":
        row.cells.setdefault("单位", _PER_MILLE if _PER_MILLE in mention.text else "%")
    if column == "本期" and mention.unit is not None:
        row.cells.setdefault("单位", mention.unit.written)
    row.cells.setdefault(column, _written(mention))
    if column == "本期" and mention.approx:
        row.cells.setdefault("约数", mention.approx.replace("…", ""))
    if mention.scope:
        row.cells.setdefault("排名范围", mention.scope)
    period = mention.period
    if period is not None and period.written and period.year in (None, told):
        row.cells.setdefault("统计期", period.written)


def _written(mention: Mention) -> str:
    number = mention.number
    if number is None:
        return ""
    sign = "-" if mention.direction == "down" and number.upto is None else ""
    return sign + (str(number) if number.over or number.upto else plain(number.value))


def without_formulas(cells: Sequence[str]) -> list[str]:
    """Texts that no spreadsheet takes for a formula; a falling rate stays a number."""
    return [
        "'" + cell if cell.startswith(("=", "+", "@", "-")) and not _is_number(cell) else cell
        for cell in cells
    ]


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?\d+(?:\.\d+)?", text) is not None
