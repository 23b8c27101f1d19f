"""Rules over figures of several indicators: N05, N06, N11-N15, N17-N19, N21, N22.

Operands are named in the claim's clause or stated in its sentence, or the table itself ties them
together (a part and its whole, one indicator at several times).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import islice

from drafter.records.indicator import Figure, Indicator
from drafter.verification.bases import is_flow, may_recompute_growth
from drafter.verification.derivations.one_row import falls, is_rate, points_gained
from drafter.verification.derivations.operands import (
    Derivation,
    Operand,
    difference,
    operand,
    quotient,
    rate,
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
from drafter.verification.fields import row_unit
from drafter.verification.names import normalise, normalise_name, pairs

_MOST_PARTS = 8
_AMOUNT_WORDS = r"(?:[为达约近超]|达到|超过|仅|不足|只有|了)*"


def _value(row: Indicator) -> Operand | None:
    """A row's own amount, None where it is missing, approximate or a range."""
    if row.value is None or not usable(row.value):
        return None
    return operand(row, row.value)


# ---- rates beside rates ------------------------------------------------------------------------

_COMPARED = re.compile(
    r"(?P<word>高于|高出|快于|领先于?|超过|多于|低于|慢于|落后于?|少于|超)(?P<what>[^，,；;。]*)$"
)
_COMPARED_WITH = re.compile(
    r"[比较与和同](?P<what>[^，,；;。]*?)(?P<word>高|快|多|低|慢|少|相差|差距?)[出了为达到]*$"
)
_LOWER = re.compile("低|慢|落后|少")
_APART = re.compile("差")
_LEVEL = re.compile("全[国省市州区县盟旗]|[国省市州区县]里?平均|平均")
_SCOPE = re.compile(
    r"^(?:全[国省市州区县盟旗]|[国省市州区县]里?)(?:平均)?|平均(?:水平|增速|数|值)?$"
)


def points(around: Surroundings) -> Iterator[Derivation]:
    """N05 one rate beside another of the same kind, in points: 高于社零增速3.6个百分点."""
    yield from points_gained(around)
    before = around.context.before
    match = _COMPARED.search(before) or _COMPARED_WITH.search(before)
    if match is None:
        return
    others = around.named(match["what"])
    lead = before[: match.start()]
    for row in _compared(around, lead, others):
        for other in others or _of_level(row, match["what"], around):
            yield from _gaps(row, other, match["word"])


def _compared(around: Surroundings, lead: str, others: Sequence[Indicator]) -> Sequence[Indicator]:
    """What is held against the other: named in front of 高于, else what was told last."""
    taken = {row.id for row in others}
    named = [row for row in around.named(lead) if row.id not in taken]
    if named:
        return named
    start = around.context.mention.start
    told = [one.row for one in around.told if one.start < start and one.row.id not in taken]
    nearest = [row for row in around.rows if row.id not in taken]
    return told[-1:] or nearest[:1]


def _of_level(row: Indicator, what: str, around: Surroundings) -> Iterator[Indicator]:
    """全市平均: the row of the same indicator for the wider area."""
    level = _LEVEL.search(what)
    if level is None:
        return
    area = level[0].removesuffix("平均").removesuffix("里")[-1:]
    own = _SCOPE.sub("", row.name)
    for name in (f"全{area}{own}", f"{area}{own}", f"全{area}平均{own}", f"{own}全{area}平均", own):
        for other in around.by_name.get(name, ()):
            wider = name != own or (area and area in other.scope and other.scope != row.scope)
            if other.id != row.id and wider:
                yield other


def _gaps(row: Indicator, other: Indicator, word: str) -> Iterator[Derivation]:
    for mine, my_label, kind in _rates(row):
        for theirs, label, their_kind in _rates(other):
            if kind != their_kind or not same_time(row, other):
                continue
            a, b = rate(row, mine, my_label), rate(other, theirs, label)
            first_is_less = a.low < b.low if _APART.search(word) else bool(_LOWER.search(word))
            if first_is_less:
                a, b = b, a
            yield difference("N05", a, b, percent=True)


def _rates(row: Indicator) -> Iterator[tuple[Figure, str, str]]:
    """The rates of a row that compare with another's: its growth, or itself."""
    if row.yoy is not None and not row.yoy.points and usable(row.yoy):
        yield row.yoy, "增速", "growth"
    if row.value is not None and is_rate(row) and usable(row.value):
        grows = re.search("增速|增长率|增幅|增长", row.name)
        yield row.value, "", "growth" if grows else "level"


# ---- parts and wholes --------------------------------------------------------------------------

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
    for part in _parts_spoken_of(around, lead, what):
        for whole in _wholes_spoken_of(around, part, what):
            if whole.id == part.id or not comparable(part, whole) or is_rate(part):
                continue
            found = _ratio("N06", part, whole)
            if found is not None:
                yield found


def _parts_spoken_of(around: Surroundings, lead: str, what: str) -> Sequence[Indicator]:
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
    a, b = _value(part), _value(whole)
    if a is None or b is None or a.low > b.high:
        return None
    return quotient(rule, a, b, "{a} ÷ {b} × 100%")


_STRUCTURE = re.compile(r"[0-9.:：∶ ]*$")


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
    all_of_it, taken = _value(whole), [_value(part) for part in parts]
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
    parts = [one for one in map(_value, rows) if one is not None]
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
                a, b = _value(more), _value(gone)
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
            a, b = _value(whole), _value(heads)
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


# ---- growth of a part and of its whole ---------------------------------------------------------

_CONTRIBUTES = re.compile(r"对(?P<whole>[^，,；;。]*?)(?:增长|增量|增加)?的?贡献率")
_PULLS = re.compile(r"(?:拉动|带动|推动)(?P<whole>[^，,；;。]*?)(?:增长|增速|上升|提高)")


def contribution(around: Surroundings) -> Iterator[Derivation]:
    """N17 Δpart ÷ Δwhole · 100, of nominal figures only."""
    for part, whole in _part_and_whole(around, _CONTRIBUTES):
        found = _quotient_of_changes("N17", part, whole, over_base=False)
        if found is not None:
            yield found


def pull(around: Surroundings) -> Iterator[Derivation]:
    """N18 Δpart ÷ whole a year ago, in points, of nominal figures only."""
    for part, whole in _part_and_whole(around, _PULLS):
        found = _quotient_of_changes("N18", part, whole, over_base=True)
        if found is not None:
            yield found


def _part_and_whole(
    around: Surroundings, pattern: re.Pattern[str]
) -> Iterator[tuple[Indicator, Indicator]]:
    match = pattern.search(around.context.clause)
    if match is None:
        return
    for part in _parts_spoken_of(around, around.context.clause[: match.start()], match["whole"]):
        own = around.whole_of(part)
        for whole in own or around.named(match["whole"]):
            nominal = may_recompute_growth(part) and may_recompute_growth(whole)
            restated = {part.id, whole.id} & around.restated
            if whole.id != part.id and nominal and not restated and comparable(part, whole):
                yield part, whole


def _quotient_of_changes(
    rule: str, part: Indicator, whole: Indicator, *, over_base: bool
) -> Derivation | None:
    figures = (part.value, part.prior, whole.value, whole.prior)
    if any(one is None or not usable(one) for one in figures):
        return None
    a, a0 = _two(part)
    b, b0 = _two(whole)
    grown = difference(rule, a, a0)
    gained = Operand(f"({grown.formula})", grown.low, grown.high, grown.evidence, "")
    if over_base:
        return quotient(rule, gained, b0, "{a} ÷ {b} × 100%")
    more = difference(rule, b, b0)
    base = Operand(f"({more.formula})", more.low, more.high, more.evidence, "")
    return quotient(rule, gained, base, "{a} ÷ {b} × 100%")


def _two(row: Indicator) -> tuple[Operand, Operand]:
    if row.value is None or row.prior is None:
        message = f"row {row.id} has no two years"
        raise ValueError(message)
    return operand(row, row.value), operand(row, row.prior, "上年同期")


# ---- sums over time ----------------------------------------------------------------------------


def cumulation(around: Surroundings) -> Iterator[Derivation]:
    """N21, N22: 上半年 = 一季度 + 二季度; 全年 = 1—11月 + 12月. Flows only, every piece in the table."""
    said = around.context.mention.period
    if said is None:
        return
    wanted = (said.first or 1, said.last or 12) if not said.whole_year else (1, 12)
    for row in around.subjects:
        if not is_flow(row):
            continue
        same = [row, *around.other_times(row)]
        pieces = _pieces(same, said.year, wanted)
        parts = [one for one in map(_value, pieces) if one is not None]
        if len(parts) > 1 and len(parts) == len(pieces):
            labelled = [
                Operand(f"{piece.name}（{piece.period_written}）", one.low, one.high, one.cells,
                        one.written, one.dimension)
                for piece, one in zip(pieces, parts, strict=True)
            ]  # fmt: skip
            yield total("N22" if wanted == (1, 12) else "N21", labelled)


def _pieces(
    rows: Sequence[Indicator], year: int | None, wanted: tuple[int, int]
) -> Sequence[Indicator]:
    """Rows whose months follow one another and fill the span exactly; () if some are missing."""
    starts: dict[int, Indicator] = {}
    for row in rows:
        period = row.period
        if period is None or period.first is None or period.last is None or period.day is not None:
            continue
        if year is not None and period.year is not None and period.year != year:
            continue
        if (period.first, period.last) != wanted:
            held = starts.get(period.first)
            if held is None or (held.period and (held.period.last or 0) < period.last):
                starts[period.first] = row
    month, found = wanted[0], []
    while month <= wanted[1]:
        piece = starts.get(month)
        if piece is None or piece.period is None or piece.period.last is None:
            return ()
        found.append(piece)
        month = piece.period.last + 1
    return found if month == wanted[1] + 1 else ()
