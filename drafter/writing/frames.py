"""Sentences for rows that no precedent covers: one frame for each kind of row (DOMAIN §4.5).

`sentence` makes a template of the rows of one group (`grouping.groups`), `paragraph` of a whole
run of rows. All of it is deterministic; a zero is never printed, the caller lists it (see
`is_printable`). Names become prose, every figure a reference.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from drafter.records.indicator import Indicator
from drafter.records.quantity import unit
from drafter.writing.grouping import (
    COLON,
    EVENT_VERB,
    TASK_SHARE,
    groups,
    is_event,
    is_goal,
    is_growth_of,
    is_part,
    is_printable,
    is_turn,
    period_key,
)
from drafter.writing.phrases import bare, is_estimate, is_grade, is_growth_rate, noun, phrase
from drafter.writing.references import Materials
from drafter.writing.rendering import escape
from drafter.writing.subjects import (
    Subject,
    elided,
    outcome_of,
    shares_verb,
    subject_of,
    verb_for,
)
from drafter.writing.wording import AFTER, INSIDE

__all__ = ["groups", "is_printable", "paragraph", "sentence"]

_RANK_VERBS = ("居", "排", "列")
_GRADE_NAME = re.compile(r"(?:获奖|评定|考核)?(?:等次|等级|奖项|奖次|结果)$")
_CONTEST = re.compile(r"(?:大赛|竞赛|比赛|评比|决赛)$")
_RANK_NAME = re.compile(r"(?:综合|总量|增速)?(?:排名|位次|名次|排位)$")
_RATE_NAMES = ("率", "比重", "占比", "比例", "强度", "增速")


@dataclass(frozen=True, slots=True)
class _Clause:
    """A row as a clause: its figures are references, `lead` is what may be elided."""

    row: Indicator
    lead: str
    """Words before the figure, not escaped; may be shared with the clause before."""
    verb: str
    body: str
    """Template from the first figure on."""
    extras: tuple[str, ...] = ()
    """Further figures of the row, set off by commas."""

    @property
    def whole(self) -> str:
        """The clause by itself."""
        return f"{escape(self.lead)}{self.verb}{self.figures}"

    @property
    def figures(self) -> str:
        """The clause without its lead."""
        return self.body + "".join(f"，{extra}" for extra in self.extras)


def paragraph(rows: Iterable[Indicator], materials: Materials, *, fresh: bool = True) -> str:
    """A template that reports all printable rows, a sentence for up to four of them.

    Args:
        rows: In the table's order.
        materials: This year's rows.
        fresh: Nothing with a period of its own stands before in the paragraph, so that figures
            of the whole year need not say 全年.

    Returns:
        The template; the period is named where it changes. "" when nothing can be said.
    """
    template = ""
    spoken: object = ()
    for group in groups(rows):
        key = period_key(group[0])
        silent = fresh and not template and _is_whole_year(group[0], materials)
        template += sentence(group, materials, dated=key != spoken and not silent)
        spoken = key
    return template


def _is_whole_year(row: Indicator, materials: Materials) -> bool:
    period = row.period
    if period is None or is_estimate(row) or is_event(row):
        return False
    return period.whole_year and not period.open_ended and period.year in (None, materials.year)


def sentence(rows: Sequence[Indicator], materials: Materials, *, dated: bool = True) -> str:
    """A template for up to four rows of one theme and period.

    Args:
        rows: In the order to be told; rows that cannot be printed are passed over.
        materials: This year's rows: decides which fields have a phrase.
        dated: The sentence names its period.

    Returns:
        A sentence with its full stop; "" when nothing can be said.
    """
    told = [row for row in rows if is_printable(row)]
    segments = _segments(told, materials)
    if not segments:
        return ""
    if is_goal(told[0]):
        # Said for each: a goal must not be read as a result.
        start = _opening(told[0]).rstrip("，") if dated else ""
        return f"{start}力争{'，力争'.join(segments)}。"
    mark = "；" if any("，" in segment for segment in segments) else "，"
    return f"{_opening(told[0]) if dated else ''}{mark.join(segments)}。"


def _opening(row: Indicator) -> str:
    """The period, unless the name begins with it."""
    if row.period is None or row.name.startswith("全年"):
        return ""
    return f"{{{{ {row.ref}.时期 }}}}，"


def _segments(rows: Sequence[Indicator], materials: Materials) -> list[str]:
    """The rows' clauses; what only continues the one before is joined to it."""
    segments: list[str] = []
    previous: _Clause | None = None
    told: list[Indicator] = []
    turns: set[int] = set()
    for index, row in enumerate(rows):
        if index in turns:
            continue
        later = range(index + 1, len(rows))
        turn = next((at for at in later if at not in turns and is_turn(row, rows[at])), None)
        turned = None if turn is None else rows[turn]
        if turn is not None:
            turns.add(turn)
        clause = _clause(row, materials, index, paired=_paired(rows, index))
        joined = _continued(row, told, previous, clause) if turned is None else None
        if turned is not None:
            segments.append(_from_to(row, turned))
        elif joined is not None:
            segments[-1] += joined
        else:
            segments.append(clause.whole)
        previous = None if turned is not None else clause
        told.append(row)
    return segments


def _paired(rows: Sequence[Indicator], index: int) -> bool:
    """The next row tells this row's growth."""
    return any(is_growth_of(other, rows[index]) for other in rows[index + 1 :])


def _continued(
    row: Indicator, told: Sequence[Indicator], previous: _Clause | None, clause: _Clause
) -> str | None:
    """The row as a continuation of what was just said; None where it starts anew."""
    if previous is None:
        return None
    if row.value is None:  # 其中 and a colon lead up to an amount
        return _elided(previous, clause)
    if any(is_part(row, head) for head in told):
        sister = _is_any_part(told[-1]) and not is_part(row, told[-1])
        return ("，" if sister else "，其中") + _part(row)
    if COLON.search(row.name) and told:
        before = told[-1]
        sister = COLON.split(row.name)[0] == COLON.split(before.name)[0]
        detail = before.name.startswith(COLON.split(row.name)[0])
        if sister or detail:
            return "，" + _part(row)
    task = TASK_SHARE.fullmatch(row.name)
    if task and unit(row.unit).kind == "percent":
        return f"，{escape(task['task'])}的{_value(row)}"
    return _elided(previous, clause)


def _is_any_part(row: Indicator) -> bool:
    return bool(row.parent) or bool(COLON.search(row.name))


def _elided(previous: _Clause, clause: _Clause) -> str | None:
    """A clause without the words it shares with the one before."""
    if not clause.lead:
        return None
    bare_pair = not previous.extras and not clause.extras
    if clause.lead == previous.lead:
        return ("、" if bare_pair else "，") + clause.figures
    rest = _rest(previous, clause)
    if rest is None:
        return None
    if not bare_pair and shares_verb(clause.lead[: -len(rest)]):
        return None
    verb = "" if rest.endswith(("金额", "资金")) else clause.verb
    return f"，{escape(rest)}{verb}{clause.figures}"


def _rest(previous: _Clause, clause: _Clause) -> str | None:
    """What of the lead is left to say."""
    outcome = outcome_of(clause.lead, noun(previous.row))
    if outcome is not None:
        return outcome
    for said in (previous.row.name, noun(previous.row)):
        if clause.lead.startswith(said) and len(said) >= 4:
            return _told_apart(clause.lead[len(said) :], clause.lead)
    rest = elided(previous.lead, clause.lead) if previous.lead else None
    return _told_apart(rest, clause.lead)


def _told_apart(rest: str | None, lead: str) -> str | None:
    """金额, 资金 and 率 alone say too little: 退税金额, 项目资金, 整改率."""
    if rest is not None and len(rest) == 1:
        return lead[-3:]
    return lead[-4:] if rest in ("金额", "资金", "总额") else rest


def _from_to(before: Indicator, after: Indicator) -> str:
    """机关党支部由合并前的4个变为合并后的1个."""
    turn = before.name.index("前")
    act = escape(before.name[:turn])
    what = escape(bare(before.name[turn + 1 :], before.unit))
    return f"{what}由{act}前的{_value(before)}变为{act}后的{_value(after)}"


def _part(row: Indicator) -> str:
    """党建相关11件 behind 其中."""
    name = noun(row)
    if COLON.search(row.name):
        name = bare(COLON.split(row.name)[-1].removeprefix("其中").lstrip("，, "), row.unit)
    rate = unit(row.unit).kind in ("percent", "points")
    verb = verb_for(name, row.unit, 0) if rate else ""
    growth = f"、{_ref(row, '增长')}" if row.yoy is not None else ""
    return escape(name) + verb + _value(row) + growth


def _value(row: Indicator) -> str:
    return _ref(row, "值")


def _ref(row: Indicator, field: str) -> str:
    return f"{{{{ {row.ref}.{field} }}}}"


def _size(row: Indicator) -> float:
    return float(row.value.number.value) if row.value else 0.0


def _clause(row: Indicator, materials: Materials, index: int, *, paired: bool) -> _Clause:
    if is_event(row):
        honour = "" if EVENT_VERB.search(row.name) else "获评"
        return _Clause(row, "", "", honour + escape(row.name))
    if is_grade(row):
        return _grade(row)
    if row.value is None or (row.rank is not None and _RANK_NAME.search(row.name)):
        return _without_value(row, materials, index)
    clause = _value_clause(row)
    return replace(clause, extras=_extras(row, materials, index, growth=not paired))


def _grade(row: Indicator) -> _Clause:
    """…工作荣获市一等奖, …项目获市科学技术进步奖二等奖, 在…大赛中荣获二等奖."""
    lead = _GRADE_NAME.sub("", row.name)
    if _CONTEST.search(lead) and not lead.startswith("在"):
        lead = f"在{lead}中"
    verb = "" if "获" in lead else "荣获"
    return _Clause(row, lead, verb, _ref(row, "位次" if row.rank is not None else "值"))


def _without_value(row: Indicator, materials: Materials, index: int) -> _Clause:
    """Rows of a growth, a rank, a completion or a share alone."""
    name = noun(row)
    if row.rank_scope and name.startswith(row.rank_scope) and row.rank is not None:
        name = name[len(row.rank_scope) :]
    extras = _extras(row, materials, index, growth=False)
    if row.yoy is not None and row.value is None:
        flat = row.yoy.number.value == 0
        return _Clause(row, name, "同比" if flat else "", _ref(row, "增长"), extras)
    if row.rank is not None:
        named = _RANK_NAME.search(name)
        return _Clause(row, name, "" if named else _RANK_VERBS[index % 3], _ref(row, "位次"))
    return _Clause(row, name, "", extras[0], extras[1:])


def _value_clause(row: Indicator) -> _Clause:
    if is_growth_rate(row):
        return _Clause(row, row.name, "", _value(row))
    percent = unit(row.unit).kind == "percent"
    if is_goal(row) and percent and not row.name.endswith(_RATE_NAMES):
        return _Clause(row, noun(row), "增长", _value(row))
    task = TASK_SHARE.fullmatch(row.name)
    if task and percent:
        return _Clause(row, task["what"] + task["task"], "的", _value(row))
    if row.value is not None and row.value.number.over is not None:
        return _Clause(row, re.sub(r"的?(?:比重|比例)$", "", row.name), "", _value(row))
    subject = _subject(row)
    verb = "" if subject.tail or _leaning(row) else _verb(row, subject)
    return _Clause(row, subject.lead, verb, _value(row) + escape(subject.tail))


def _subject(row: Indicator) -> Subject:
    """A part told without its whole names the whole first."""
    pieces = COLON.split(row.name)
    if len(pieces) == 1:
        return subject_of(noun(row), row.unit)
    whole, part = bare(pieces[0], row.unit), bare(pieces[-1].removeprefix("其中"), row.unit)
    link = "，" if EVENT_VERB.search(whole) else "中，"
    return Subject(f"{whole}{link}{part}")


def _verb(row: Indicator, subject: Subject) -> str:
    if COLON.search(row.name):
        return ""
    spoken = verb_for(subject.lead, row.unit, _size(row))
    return "达到" if spoken and is_goal(row) else spoken


def _leaning(row: Indicator) -> bool:
    """The figure begins with a word of its own: 突破36家, 约3.4%."""
    word = row.value.approx if row.value else None
    return bool(word) and word not in AFTER and word not in INSIDE


def _extras(row: Indicator, materials: Materials, index: int, *, growth: bool) -> tuple[str, ...]:
    """What follows the value: growth, ranks, completion, share."""
    if is_goal(row):
        return ()
    verb = _RANK_VERBS[index % 3]
    found = [_growth(row, materials, index)] if growth else []
    if row.rank is not None:
        both = row.yoy_rank is not None and row.value is not None
        found.append(("总量" if both else "") + verb + _ref(row, "位次"))
    if row.yoy_rank is not None:
        found.append(f"增速{verb}{_ref(row, '增速位次')}")
    if row.completion is not None:
        found.append(f"完成{escape(row.target_of or '年度任务')}的{_ref(row, '完成率')}")
    if row.share is not None:
        of = f"占{escape(row.share_of)}的" if row.share_of else "占比"
        found.append(of + _ref(row, "占比"))
    return tuple(one for one in found if one)


def _growth(row: Indicator, materials: Materials, index: int) -> str:
    if row.yoy is not None:
        flat = row.yoy.number.value == 0
        return ("同比" if index == 0 or flat else "") + _ref(row, "增长")
    if row.prior is not None or row.change is not None:
        change = phrase(row, "增减", materials, estimate=False)
        if change:
            return f"{'与' if change == '持平' else '比'}上年{_ref(row, '增减')}"
    return ""
