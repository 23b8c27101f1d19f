"""Parts and wholes, sums and rests, rates of what is done, averages: N06, N11-N15, N19.

Operands are named in the claim's clause or stated in its sentence, or the table itself ties them
together (a part and its whole).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import islice

from drafter.records.indicator import Indicator
from drafter.verification.binding.fields import row_unit
from drafter.verification.binding.names import normalise, normalise_name, pairs
from drafter.verification.derivations.one_row import falls, is_rate
from drafter.verification.derivations.operands import (
    Derivation,
    amount,
    difference,
    operand,
    quotient,
    remainder,
    total,
    usable,
)
from drafter.verification.derivations.surroundings import (
    Surroundings,
    Told,
    comparable,
    names,
    same_time,
)

_MOST_PARTS = 8
_AMOUNT_WORDS = r"(?:[为达约近超]|达到|超过|仅|不足|只有|了)*"


_SHARE_OF = re.compile(
    r"占(?P<whole>(?!比)[^，,；;。占]*?)(?:的(?:比[重例率])?|比[重例])?" + _AMOUNT_WORDS + "$"
)
_OWN_SHARE = re.compile(r"(?:占比|比[重例]|份额)" + _AMOUNT_WORDS + "$")


def share(around: Surroundings) -> Iterator[Derivation]:
    """N06 part ÷ whole · 100: the whole is named behind 占, or is the part's own in the table."""
    before = around.context.lead
    own = _OWN_SHARE.search(before)
    match = None if own and "占比" in own[0] else _SHARE_OF.search(before)
    lead = before[: match.start()] if match else before[: own.start()] if own else before
    what = match["whole"] if match else ""
    for part in parts_spoken_of(around, lead, what):
        for whole in _wholes_spoken_of(around, part, what):
            if whole.id == part.id or not comparable(part, whole) or is_rate(part):
                continue
            found = _ratio("N06", part, whole)
            if found is not None:
                yield found


def parts_spoken_of(around: Surroundings, lead: str, what: str) -> Sequence[Indicator]:
    """What is named in front of 占 or 对, else told last: never what is named behind it.

    Args:
        around: the claim with what stands near it.
        lead: the clause up to the asking word.
        what: what the word is said of.
    """
    wholes = {row.id for row in around.named(what)} if what else set()
    named = [row for row in around.named(lead) if row.id not in wholes]
    if named:
        return named
    start = around.context.mention.start
    told = [one.row for one in around.told if one.start < start and one.row.id not in wholes]
    return told[-1:] or [row for row in around.rows[:1] if row.id not in wholes]


def _wholes_spoken_of(around: Surroundings, part: Indicator, what: str) -> Sequence[Indicator]:
    """Named behind 占; the table's own whole; without either the total told before the part."""
    own = around.whole_of(part)
    named = around.named(what) if what else []
    if named:
        return named
    if own and (not what or _GENERIC.search(what)):
        return own
    if what and not _GENERIC.search(what):
        return [row for row in own if names(what, row)]
    told = around.values_before(row_unit(part).dimension)
    ahead = [row for row in told if row.id != part.id]
    return ahead[-1:] or [row for row in around.rows if _is_total_of(row, part)]


_TOTAL = re.compile("总[额量数值]$|合计$")


def _is_total_of(whole: Indicator, part: Indicator) -> bool:
    """外贸进出口总额 and 跨境电商进出口: a total by its name, of what the part's name ends in."""
    noun = normalise_name(_TOTAL.sub("", whole.name))[-2:]
    named_total = _TOTAL.search(whole.name) is not None
    return named_total and bool(noun) and normalise_name(part.name).endswith(noun)


_GENERIC = re.compile("^(?:总[数量额体]?|全部|全[国省市县区州]?|其|同期)?(?:总[数量额])?$")


def _ratio(rule: str, part: Indicator, whole: Indicator) -> Derivation | None:
    a, b = amount(part), amount(whole)
    if a is None or b is None or a.low > b.high:
        return None
    return quotient(rule, a, b, "{a} ÷ {b} × 100%")


_STRUCTURE = re.compile(r"[\d.．:：∶ ]*$")


def structure(around: Surroundings) -> Iterator[Derivation]:
    """N19 三次产业结构6.5∶45.0∶48.5: the k-th part is the k-th industry's share of its whole."""
    tail = _STRUCTURE.search(around.context.lead)
    place = len(re.findall("[:：∶]", tail[0])) if tail else 0
    if not around.context.mention.implied_unit or place > 2:
        return
    for part in _industry(around, f"{'一二三'[place]}产"):
        for whole in around.whole_of(part) or around.by_name.get("地区生产总值", ()):
            found = _ratio("N19", part, whole) if comparable(part, whole) else None
            if found is not None:
                yield found


def _industry(around: Surroundings, industry: str) -> Sequence[Indicator]:
    """The rows of an industry: 三次产业 names all three without their names."""
    every = {row.id: row for row in around.rows}
    if _INDUSTRIES.search(around.context.clause):
        every |= {row.id: row for rows in around.by_name.values() for row in rows}
    return [row for row in every.values() if industry in row.name.replace("产业", "产")]


_INDUSTRIES = re.compile("三次产业|三产|产业结构|一二三产")


_RATE_NOUN = re.compile(r"(?P<done>[\u4e00-\u9fff]{2,4})(?:完成)?率" + _AMOUNT_WORDS + "$")
_NO_RATE_OF_DONE = re.compile("增长|同比|环比|占比|效|增|降")


def rate_of_done(around: Surroundings) -> Iterator[Derivation]:
    """N13 k ÷ n · 100: 整改138处 of 142处, 整改率97.2%; k is what the rate is named after."""
    match = _RATE_NOUN.search(around.context.before)
    if match is None or _NO_RATE_OF_DONE.search(match["done"]):
        return
    verbs = {match["done"][at:] for at in range(len(match["done"]) - 1)}
    start = around.context.mention.start
    told = [one for one in around.told if one.start < start and one.field == "value"]
    for at, done in enumerate(told):
        if not _is_done(done, verbs):
            continue
        earlier = [one.row for one in reversed(told[:at]) if one.row.id != done.row.id]
        for wholes in (earlier, around.whole_of(done.row)):
            found = (_ratio("N13", done.row, one) for one in wholes if comparable(done.row, one))
            yield from islice((one for one in found if one is not None), 1)


def _is_done(one: Told, verbs: set[str]) -> bool:
    """The figure is of what the rate is named after: 整改率, 整改到位138处."""
    return any(verb in one.row.name or verb in one.beside for verb in verbs)


def rest(around: Surroundings) -> Iterator[Derivation]:
    """N12 whole − parts, as the sentence states them, or what a target still lacks."""
    unit = around.context.mention.unit
    if unit is None:
        return
    stated = around.values_before(unit.dimension)
    for at, whole in enumerate(stated[:-1]):
        parts = stated[at + 1 :]
        if all(comparable(part, whole) and part.id != whole.id for part in parts):
            yield from _remainder(whole, parts)
    for part in stated[-1:]:
        for whole in around.whole_of(part):
            if comparable(part, whole):
                yield from _remainder(whole, [part])
    for row in around.subjects:
        if row.value and row.target and usable(row.value) and usable(row.target):
            goal, done = operand(row, row.target, "任务"), operand(row, row.value)
            if goal.low >= done.low:
                yield difference("N12", goal, done)


def _remainder(whole: Indicator, parts: Sequence[Indicator]) -> Iterator[Derivation]:
    all_of_it, taken = amount(whole), [amount(part) for part in parts]
    known = [one for one in taken if one is not None]
    if all_of_it is None or len(known) < len(taken):
        return
    if sum((one.low for one in known), Fraction(0)) <= all_of_it.high:
        yield remainder("N12", all_of_it, known)


_JOINED = re.compile(
    r"([两二三四五六七八]|[2-8])[项者类个笔处]?[\u4e00-\u9fff]{0,4}(?:合计|共计|总计|累计|共)"
)
_HOW_MANY = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8}


def sum_of_parts(around: Surroundings) -> Iterator[Derivation]:
    """N11 合计: the amounts stated right before it, or all that 其中 lists behind it."""
    unit = around.context.mention.unit
    if unit is None:
        return
    told = [row for row in around.values_before(unit.dimension) if row.id not in around.own]
    said = _JOINED.search(around.context.before)
    wanted = (_HOW_MANY.get(said[1]) or int(said[1])) if said else None
    for size in range(min(_MOST_PARTS, len(told)), 1, -1):
        if wanted is None or wanted == size:
            yield from _sum(told[-size:])
    behind = [row for row in around.values_behind(unit.dimension) if row.id not in around.own]
    if 1 < len(behind) <= _MOST_PARTS:
        yield from _sum(behind)


def _sum(rows: Sequence[Indicator]) -> Iterator[Derivation]:
    """A whole and its part, or one figure twice, make no sum; nor do times or counters mixed."""
    whole_names = {name for row in rows for name in row.names}
    tied = any(row.parent in whole_names or row.share_of in whole_names for row in rows)
    parts = [one for one in map(amount, rows) if one is not None]
    if tied or len({row.id for row in rows}) < len(rows) or len(parts) < len(rows):
        return
    if same_time(*rows) and len({row_unit(row).base for row in rows}) == 1:
        yield total("N11", parts)


_NEW = re.compile("新增|新入|新纳|增加|新登记|新培育|新认定")
_GONE = re.compile("退出|退库|注销|减少|淘汰|撤销|关闭|转出|吊销|取消")


def net_gain(around: Surroundings) -> Iterator[Derivation]:
    """N14 新增 − 退出, both stated in the sentence."""
    told = [one.row for one in around.told if one.field == "value"]
    for more in told:
        if not _NEW.search(more.name) or "净" in more.name:
            continue
        for gone in told:
            if _GONE.search(gone.name) and _same_noun(more, gone) and comparable(more, gone):
                a, b = amount(more), amount(gone)
                if a is not None and b is not None:
                    found = difference("N14", a, b)
                    yield found.turned() if falls(around) else found


def _same_noun(one: Indicator, other: Indicator) -> bool:
    """新增规上企业 and 退库规上企业: what comes and goes is the same thing."""
    nouns = [
        set(pairs(normalise(_GONE.sub(" ", _NEW.sub(" ", normalise_name(row.name))))))
        for row in (one, other)
    ]
    return bool(nouns[0] & nouns[1]) or not all(nouns)


# ---- averages ----------------------------------------------------------------------------------

_AVERAGE = re.compile(
    r"(?P<per>[户人亩家村企])均|平均每(?P<each>[\u4e00-\u9fff])(?P<noun>[\u4e00-\u9fff]{0,6})"
)
_PEOPLE = ("人", "村民", "群众")
_COUNTERS_OF = {"户": "户", "家": "家户企", "企": "家户企", "村": "个村", "亩": "亩"}
_SOURCE_ONLY = re.compile("生产总值|GDP|可支配收入|增加值")


def average(around: Surroundings) -> Iterator[Derivation]:
    """N15 total ÷ n, where n counts what the words divide by and the sentence states it."""
    match = _AVERAGE.search(around.context.clause)
    if match is None:
        return
    start = around.context.mention.start
    told = [one.row for one in around.told if one.start < start]
    near = {row.id: row for row in [*reversed(told), *around.named(around.context.clause)]}
    for heads in near.values():
        if not _is_divisor(heads, match):
            continue
        for whole in near.values():
            if whole.id == heads.id or _SOURCE_ONLY.search(whole.name):
                continue
            a, b = amount(whole), amount(heads)
            if a is None or b is None or is_rate(whole) or not same_time(whole, heads):
                continue
            found = quotient("N15", a, b, "{a} ÷ {b}", times=1)
            if found is not None:
                yield replace(found, dimension=a.dimension)


def _is_divisor(row: Indicator, match: re.Match[str]) -> bool:
    """户均 divides by households, 人均 by people, 亩均 by land, 平均每家企业 by firms."""
    kept = row_unit(row)
    word = match["per"] or match["each"]
    if word == "人":
        return kept.kind == "people"
    if word == "亩":
        return kept.dimension == "平方米"
    if kept.kind != "counter":
        return False
    if match["noun"] and not set(pairs(normalise(match["noun"]))) & set(pairs(normalise(row.name))):
        return False
    return kept.base in _COUNTERS_OF.get(word, word) or word in row.name
