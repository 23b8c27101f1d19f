"""A clause of the precedent as a clause of a template: claims become references.

Words that the references print themselves (增长, 约, 排全市's scope, the unit) are taken out when
the whole template is absorbed; here go what a row's new figure would make untrue: names listed
before a count, 再 before a growth, the old name of a renamed row, last year's period.
"""

import re
from dataclasses import dataclass, replace
from typing import Final

from drafter.records.indicator import Indicator
from drafter.records.mention import Mention
from drafter.records.quantity import unit
from drafter.verification.binding.nouns import says_only_the_measure
from drafter.verification.facts.judgements import holds, judging, places
from drafter.verification.facts.vocabulary import unknown_words
from drafter.verification.facts.wordlists import Words
from drafter.writing.clauses import Refusal, licence_of, objection
from drafter.writing.matching import mismatch
from drafter.writing.name_lists import NameList, fitting
from drafter.writing.phrases import ESTIMATE, is_grade, is_growth_rate, noun
from drafter.writing.precedent import BoundClaim, Clause, Origin
from drafter.writing.rendering import escape
from drafter.writing.routine import telltale

FIELDS: Final = {
    "value": "值",
    "yoy": "增长",
    "rank": "位次",
    "yoy_rank": "增速位次",
    "completion": "完成率",
    "share": "占比",
    "prior": "上年",
    "change": "增减",
    "target": "目标",
    "schedule": "序时",
}
LEADING_TIME: Final = re.compile(
    r"(?:今年以来|今年来|今年|本年度?|全年|一年来|一年以来|年内|截至目前|目前为止)"
)
_SUBJECT: Final = re.compile(
    r"^(?:我局|我区|我县|我市|全局|全县|全区|全市|局党组|党组|局领导|领导班子|机关|各股室|股室)?(?:上下)?"
)
_STATE: Final = re.compile(
    r"(?:持续|不断|进一步|显著|明显|稳步|日益|逐步|全面)"
    r"(?:提升|提高|增强|优化|改善|向好|加强|完善|巩固|拓展|深化|规范|扩大)$"
    r"|[^，]{2}(?:深入|扎实|有序|稳步|全面|顺利|持续|积极|有力|有效)(?:推进|开展|落实|实施|进行|展开)$"
    r"|(?<!特别)(?<!尤其)是(?!否)|了|有新"
)
"""依法行政水平持续提升, 项目是保障: says how things are, no measure."""
_HALF: Final = re.compile(r"为(?:重点|中心|导向|抓手|目标|主线|核心|引领|契机|载体)$")
"""Needs its 以."""
_NO_OBJECT: Final = re.compile(
    r"(?:全力|着力|切实|认真|扎实|努力|大力|全面)*(?:(?:、|抓|做|落)(?:实|好|细|紧|牢|优|到位)、?|抓|做|落)+"
    r"|(?:扎实|努力|认真|积极|勤奋)工作"
)
"""全力抓实、抓好: what it is done to stands in the clause before."""
_BATCH: Final = "一批"
"""实施一批专项: that there were some, this year too, nobody said."""
_BARE_AMOUNT: Final = re.compile(
    r"(?:完成|实现|累计|新增|达到?|总)*(?:投资|产值|增加值|收入|利润|税收|资金|面积)(?:总?额)?(?:完成|实现|达到?)*"
)
_TOWARDS: Final = ("向", "对", "把", "将", "用", "在", "从", "以", "为")
_SHORTEST: Final = 4
"""Characters of a measure: 对此 is none."""
_UNITED = ("值", "上年", "目标", "增减")
_RATE_NOUN = re.compile(r"(?:增速|增幅|降幅|增长率)(?:为|达到?|完成|实现|分别为)?$")
_EMPHASIS = re.compile(
    r"(?:再次|再|又|继续|持续|大幅度?|逆势|快速|稳步|明显|显著|仍|依然)"
    r"(?=(?:增长|下降|增加|减少|提高|上升|回落)了?$)"
)
_VERBS = (
    *("指导", "推荐", "组织", "支持", "帮助", "扶持", "培育", "引导", "推动", "安排", "协助"),
    *("新增", "引进", "走访", "联合", "会同", "其中", "对", "向", "在", "为", "由", "与", "和"),
)
_LIST = re.compile(r"(?:[^，、；：。“”《》\x00]{1,14}、){0,12}[^，、；：。“”《》\x00]{1,14}等$")
_DEPENDENT = re.compile(
    "同比|分别|增长|下降|增加|减少|提高|排名|排|位居|位列|居|列|全[省市县区国]|第|增速|总量|总额|占|比上年|较上年|"
    "名|位|并|且|均|达到|达|完成率|完成|约为|约|为|市定|省定|县定|任务|年度|目标|全年|其中|共计|共|近|已|的|数"
)


@dataclass(frozen=True, slots=True)
class Slot:
    """A reference that prints, and the numeral of the precedent that it replaces."""

    source: str
    row: Indicator | None = None
    field: str = ""
    origin: Origin | None = None


Piece = str | Slot


@dataclass(frozen=True, slots=True)
class Carried:
    """A clause that lives on; prose is not yet escaped."""

    pieces: tuple[Piece, ...]
    rows: tuple[Indicator, ...] = ()
    """Rows that it reports; () for a routine measure."""
    dependent: bool = False
    """Says nothing without the clause before it: 增长8%, 排全市第二."""
    timed: bool = False
    """Names its own period."""
    unconfirmed: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """D or R."""
        return "D" if self.rows else "R"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What carrying has to know beside the clause."""

    words: Words
    section: tuple[Indicator, ...]
    """This year's rows of the section, for judgements."""
    past_year: int | None = None
    common: str = ""
    """Further names that may stand anywhere: the organisation's."""
    lists: tuple[NameList, ...] = ()
    """This year's names for counts."""


def carry(clause: Clause, around: Circumstances) -> Carried | Refusal:
    """A clause with this year's references, or why it is not carried."""
    missing = _missing(clause) or mismatch(clause)
    rows = _rows(clause)
    if is_time(clause) and not _dated_event(clause):
        return Carried((clause.text,))
    own = licence_of(rows)
    licence = f"{own}\n{around.common}"
    refused = objection(clause, around.words, licence) or missing
    if refused:
        return refused
    against = None if rows else no_measure(clause.text, around.words)
    if against:
        return against
    pieces = _replaced(clause, around)
    if isinstance(pieces, Refusal):
        return pieces
    pieces = _renamed(_respective(pieces), clause.claims)
    judged = _judged(pieces, rows, around, licence)
    if isinstance(judged, Refusal):
        return judged
    wider = f"{licence}\n{licence_of(around.section)}"
    unknown = unknown_words(_prose(judged), around.words, wider)
    if unknown:
        return Refusal("E", f"含有不在常用措辞之内的词语（{unknown.strip()[:12]}）", vague=True)
    return Carried(
        judged,
        rows,
        dependent=bool(rows) and _is_dependent(judged, rows),
        timed=_is_timed(clause),
        unconfirmed=tuple(
            f"“{claim.mention.text}”（{claim.row.name}）"
            for claim in clause.claims
            if claim.row and not claim.confirmed
        ),
    )


def no_measure(text: str, words: Words) -> Refusal | None:
    """Why a clause without figures is no routine measure; None where it is one."""
    claimed = _result(text, words)
    if claimed:
        return Refusal("J", f"没有数的成效表述（{claimed}）")
    if _STATE.search(text) or not _is_measure(text, words):
        return Refusal("J", "不是工作举措，是情况或成效的表述", vague=True)
    return telltale(text, words)


def _result(text: str, words: Words) -> str:
    """A word that reports a result; a measure says what was done, not what came of it."""
    return next(
        (word for word in words.results if any(True for _ in places(text, word, words))), ""
    )


def _is_measure(text: str, words: Words) -> bool:
    """It says what was done: an action, perhaps after a subject or a connector."""
    if text in words.connectors:
        return True
    rest = LEADING_TIME.sub("", text, count=1)
    for connector in words.connectors:
        rest = rest.removeprefix(connector)
    rest = _SUBJECT.sub("", rest, count=1)
    if _HALF.search(rest) and "以" not in rest:
        return False
    if rest.startswith(_TOWARDS) and not any(
        word in rest[1:] for word in words.actions if len(word) > 1
    ):
        return False  # 向全市广大干部群众: towards whom, but not what
    if _NO_OBJECT.fullmatch(rest) or _BATCH in rest:
        return False
    return len(rest) >= _SHORTEST and rest.startswith(words.actions)


def is_time(clause: Clause) -> bool:
    """The clause is a period and nothing else: 今年以来, 截至11月底."""
    if LEADING_TIME.fullmatch(clause.text):
        return True
    return any(
        one.kind in ("period", "date") and (one.start, one.end) == (clause.start, clause.end)
        for one in clause.others
    )


def _dated_event(clause: Clause) -> bool:
    """10月 or 12月29日: a moment, no span that figures run up to."""
    return any(
        one.kind == "date" and not one.text.startswith("截") and one.span is not None
        for one in clause.others
    )


def _rows(clause: Clause) -> tuple[Indicator, ...]:
    return tuple({claim.row.id: claim.row for claim in clause.claims if claim.row}.values())


def _missing(clause: Clause) -> Refusal | None:
    """A claim without a figure this year, or with a zero."""
    for claim in clause.claims:
        if claim.row is None:
            named = (
                f"“{claim.past_name}”" if claim.past_name else f"“{claim.mention.text}”所指的指标"
            )
            return Refusal("D", f"今年的指标表中没有{named}")
        if claim.row.weight == "备查":
            return Refusal("D", f"“{claim.row.name}”标为备查，不写入")
        figure = claim.figure
        if claim.field not in FIELDS or figure is None:
            return Refusal("D", f"今年“{claim.row.name}”一行没有相应的数")
        nought = figure.number.value == 0 and figure.number.upto is None
        if nought and claim.field in ("value", "completion", "share"):
            return Refusal("D", f"“{claim.row.name}”今年为零")
    return None


def _replaced(clause: Clause, around: Circumstances) -> tuple[Piece, ...] | Refusal:
    """The clause with its claims and leading period replaced."""
    pieces: list[Piece] = []
    place = clause.start
    marks: list[BoundClaim | Mention] = [*clause.claims, *_periods(clause)]
    for mark in sorted(marks, key=lambda one: _mention(one).start):
        mention = _mention(mark)
        if mention.start < place:
            return Refusal("E", "数字重叠，无法替换")
        before = clause.block.text[place : mention.start]
        if isinstance(mark, BoundClaim):
            pieces.extend(_claim(mark, before, clause, around))
        else:
            pieces.extend((before, *_period(mark, clause, around)))
        place = mention.end
    pieces.append(clause.block.text[place : clause.end])
    if clause.claims:  # a row that is an estimate says so itself
        pieces = [
            piece.replace(ESTIMATE, "") if isinstance(piece, str) else piece for piece in pieces
        ]
    return tuple(piece for piece in _lead_time(pieces, clause) if piece != "")


def _mention(mark: BoundClaim | Mention) -> Mention:
    return mark.mention if isinstance(mark, BoundClaim) else mark


def _claim(claim: BoundClaim, before: str, clause: Clause, around: Circumstances) -> list[Piece]:
    row, mention = claim.row, claim.mention
    assert row is not None  # noqa: S101 - `_missing` has refused the others
    name = FIELDS[claim.field]
    named: list[Piece] = []
    rate = name == "值" and is_growth_rate(row)
    if rate and row.value and row.value.number.value < 0:
        name = "增长"  # 下降4.7%, never 增速-4.7%
    if name == "增长":
        before = _EMPHASIS.sub("", _RATE_NOUN.sub("", before))
    if name == "值" and unit(row.unit).kind in ("counter", "people"):
        short = _without_names(before)
        names = fitting(around.lists, row) if short != before else None
        if names is not None:
            named = [short, Slot(names.source), names.rest]
        before = "" if names is not None else short
    prefix = mention.text[: mention.core_start - mention.start]
    reach = re.search(r"达到?|突破|超过|超", prefix)
    if name == "值" and reach and not (row.value and row.value.approx):
        before += "达"
    origin = clause.block.origin(mention.start, mention.end)
    return [*named, before, Slot(_source(row, name, mention), row, claim.field, origin)]


def _source(row: Indicator, name: str, mention: Mention) -> str:
    written = mention.unit.written if mention.unit else ""
    other = name in _UNITED and written and written != row.unit and not is_grade(row)
    if other and unit(written).kind == unit(row.unit).kind == "money":
        return f'{{{{ {row.ref}.{name}("{written}") }}}}'
    return f"{{{{ {row.ref}.{name} }}}}"


def _respective(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """分别增长23.2%和33.5% where all rise; else each growth says its own direction."""
    said = any(isinstance(piece, str) and "分别" in piece for piece in pieces)
    grown = [
        at for at, piece in enumerate(pieces) if isinstance(piece, Slot) and piece.field == "yoy"
    ]
    rows = [piece.row for piece in pieces if isinstance(piece, Slot) and piece.field == "yoy"]
    rises = all(
        row is not None and row.yoy is not None and row.yoy.number.value > 0 for row in rows
    )
    if not said or len(grown) < 2 or not rises:
        return pieces
    return tuple(
        replace(piece, source=piece.source.replace(".增长 ", ".增速 "))
        if isinstance(piece, Slot) and at in grown[1:]
        else piece
        for at, piece in enumerate(pieces)
    )


def _without_names(before: str) -> str:
    """指导甲、乙等 becomes 指导: names go, the count stays."""
    found = _LIST.search(before)
    if found is None:
        return before
    listed = found[0]
    first = re.split("[、等]", listed, maxsplit=1)[0]
    cut = max((first.rfind(verb) + len(verb) for verb in _VERBS if verb in first), default=0)
    return before[: found.start()] + listed[:cut]


def _periods(clause: Clause) -> list[Mention]:
    """The period that opens the clause; one further in is part of a name."""
    return [
        one
        for one in clause.others
        if one.kind in ("period", "date") and one.start == clause.start and one.span is not None
    ]


def _period(mention: Mention, clause: Clause, around: Circumstances) -> tuple[Piece, ...]:
    rows = _rows(clause)
    origin = clause.block.origin(mention.start, mention.end)
    if rows and rows[0].period:
        return (Slot(f"{{{{ {rows[0].ref}.时期 }}}}", rows[0], "period", origin),)
    span = mention.span
    if span and span.whole_year and span.year in (around.past_year, None) and span.year:
        return (Slot("{{ 年份 }}", None, "document", origin), "年")
    return (mention.text,)


def _lead_time(pieces: list[Piece], clause: Clause) -> list[Piece]:
    """今年以来 and the like before a figure with a period of its own become that period."""
    rows = _rows(clause)
    head = pieces[0] if pieces else ""
    found = LEADING_TIME.match(head) if isinstance(head, str) else None
    if not found or not rows or not has_months(rows[0]) or not isinstance(head, str):
        return pieces
    rest = head[found.end() :]
    return [Slot(f"{{{{ {rows[0].ref}.时期 }}}}", rows[0], "period"), rest, *pieces[1:]]


def has_months(row: Indicator) -> bool:
    """The row's period is narrower than its year and not open-ended."""
    period = row.period
    return period is not None and not period.whole_year and not period.open_ended


def _renamed(pieces: tuple[Piece, ...], claims: tuple[BoundClaim, ...]) -> tuple[Piece, ...]:
    """This year's name in place of last year's where the row was renamed."""
    mended = list(pieces)
    for claim in claims:
        row = claim.row
        if row is None:
            continue
        new = noun(row)
        for old in (claim.past_name, *row.aliases):
            short = _short(old, row.unit)
            for index, piece in enumerate(mended):
                if (
                    isinstance(piece, str)
                    and len(short) > 2
                    and short in piece
                    and new not in piece
                ):
                    mended[index] = piece.replace(short, new)
    return tuple(mended)


def _short(name: str, written: str) -> str:
    for tail in (f"{written}数", "数量", "数"):
        if len(name) > len(tail) + 1 and name.endswith(tail):
            return name[: -len(tail)]
    return name


def _judged(
    pieces: tuple[Piece, ...], rows: tuple[Indicator, ...], around: Circumstances, licence: str
) -> tuple[Piece, ...] | Refusal:
    """Judging words that hold stay; adverbs that do not go; others refuse the clause."""
    kept: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Slot):
            kept.append(piece)
            continue
        text = piece
        for place, judgement in sorted(
            judging(piece, around.words, licence), reverse=True, key=_at
        ):
            if holds(judgement.needs, rows, around.section):
                continue
            alone = not rows or place + len(judgement.word) >= len(piece)
            if alone or not judgement.adverb:
                return Refusal("J", f"评价“{judgement.word}”没有今年的数据支持")
            text = text[:place] + text[place + len(judgement.word) :]
        kept.append(text)
    return tuple(kept)


def _at(found: tuple[int, object]) -> int:
    return found[0]


def _prose(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece if isinstance(piece, str) else "\x00" for piece in pieces)


def _is_dependent(pieces: tuple[Piece, ...], rows: tuple[Indicator, ...]) -> bool:
    """Without a noun of its own, or with so little of the row's name that nobody would know."""
    prose = _prose(pieces).replace("\x00", "")
    if prose.startswith("占") or not _DEPENDENT.sub("", prose):
        return True
    quoted = re.findall("“[^”]+”", rows[0].name)
    if any(term not in prose for term in quoted):
        return True  # 授信企业38家 of “泵阀贷”: without the clause before, of what?
    bare = _BARE_AMOUNT.fullmatch(prose) and len(prose) < len(rows[0].name)
    if bare or says_only_the_measure(rows[0].name):
        return True  # 增加值45.6亿元, 完成投资5亿元: of what?
    name = _short(rows[0].name, rows[0].unit)
    letters = [char for char in name if char not in "“”（）()：:、的"]
    said = sum(char in prose for char in letters)
    return said * 2 < len(letters)


def _is_timed(clause: Clause) -> bool:
    return bool(_periods(clause)) or LEADING_TIME.match(clause.text) is not None


def template_of(pieces: tuple[Piece, ...]) -> str:
    """The pieces as template text."""
    return "".join(escape(piece) if isinstance(piece, str) else piece.source for piece in pieces)
