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
from drafter.verification.binding.fields import guesses
from drafter.verification.binding.nouns import content_pairs

HEAD = (
    "指标名称", "所属板块", "本期", "约数", "单位", "统计期", "同比(%)", "排名", "排名范围",
    "年度目标", "完成率(%)", "占比(%)", "备注",
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
    r"(?:(?:增[加长]|提高|拓展|减少|下降|降低|扩大)[到至为了]?|由|从|预计|上报|共计|合计|累计|共|完成|达到|达|实现|同比|增长|下降|为|约|近|超过|突破|已|有|了|的|，|,|、|：|:|分别)+$"
)
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

    Returns:
        Header -> text, headers of `HEAD`; in the order of the text.
    """
    found: list[dict[str, str]] = []
    for section in summary.walk():
        heading = section.heading.text if section.heading else ""
        for block in section.paragraphs:
            found += _rows_of(block.text, heading)
    return tuple(found)


def _rows_of(text: str, heading: str) -> list[dict[str, str]]:
    claims = [
        one
        for one in read_mentions(text)
        if one.claim and one.kind not in ("date", "period") and one.number is not None
    ]
    rows: list[_Row] = []
    sentence = -1
    for context in contexts(text, claims):
        field_name = next((guess.field for guess in guesses(context)), "value")
        fresh = context.sentence_number != sentence
        sentence = context.sentence_number
        joins = field_name in _DEPENDENT and rows and not fresh and not context.has_own_subject
        if not joins:
            previous = rows[-1].name if rows and not fresh else ""
            rows.append(_Row(_name(context, previous), heading))
        _fill(rows[-1], field_name, context.mention)
    return [
        {"指标名称": row.name, "所属板块": row.section, **row.cells} for row in rows if row.name
    ]


def _name(context: ClaimContext, previous: str) -> str:
    """The figure's own noun; where it has none, its clause's head or the figure before it."""
    before = _stripped(context.before)
    noun = _MEASURE_NOUN.match(context.after.strip())
    after = _stripped(noun.group()) if noun and context.mention.kind == "quantity" else ""
    own = before + after
    if not content_pairs(own):
        head = _stripped(_DIGIT.split(context.lead, maxsplit=1)[0])
        own = head if content_pairs(head) else previous
    for word in _KINDS:
        if word in context.before and word not in own:
            own += word
    return own.strip("“”。，、；： ")[:60]


def _stripped(text: str) -> str:
    return _TAIL.sub("", _LEAD.sub("", text.strip()))


def _fill(row: _Row, field_name: str, mention: Mention) -> None:
    column = _COLUMN.get(field_name, "本期")
    if column not in HEAD:
        return
    if mention.kind in ("percent", "rate_change") and column == "本期":
        row.cells.setdefault("单位", "%")
    if column == "本期" and mention.unit is not None:
        row.cells.setdefault("单位", mention.unit.written)
    row.cells.setdefault(column, _written(mention))
    if column == "本期" and mention.approx:
        row.cells.setdefault("约数", mention.approx.replace("…", ""))
    if mention.scope:
        row.cells.setdefault("排名范围", mention.scope)
    if mention.period is not None and mention.period.written:
        row.cells.setdefault("统计期", mention.period.written)


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
