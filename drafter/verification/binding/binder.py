"""Binding: which row and field each claim of a text speaks of, by its words alone.

A claim's candidates are scored by how much of a row's name the reader has in mind there
(nearest clause most), by unit and field, period, level words, and by what the text spoke of
just before. The value takes no part: a number must not prove itself.

A sentence is bound by itself and by what was spoken of before it. That is kept: of a draft that is
judged anew most sentences are as they were.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from drafter.keeping import WhileItLives, kept
from drafter.records.fact import FactList
from drafter.records.indicator import FieldName, Indicator, IndicatorTable
from drafter.records.mention import Mention
from drafter.verification.binding.candidates import Binding, Candidate, Thresholds
from drafter.verification.binding.context import (
    LONGEST_KEPT,
    ClaimContext,
    Sentence,
    contexts_in,
    in_sentences,
)
from drafter.verification.binding.entries import NO_FACTS, Entry, Index, index_of
from drafter.verification.binding.fields import FieldGuess, admits, goal_strength, guesses
from drafter.verification.binding.likeness import likenesses, others
from drafter.verification.binding.pairing import paired_rows, under_their_heads
from drafter.verification.binding.periods import agreement, over_years
from drafter.verification.binding.ties import faint_doubles, in_table_order, without_neighbours
from drafter.verification.comparing import same_scope

DEPENDENT: frozenset[FieldName] = frozenset(
    {
        "yoy",
        "rank",
        "yoy_rank",
        "rank_of",
        "target",
        "completion",
        "schedule",
        "share",
        "change",
        "prior",
    }
)
"""Fields that speak of a figure named before them: without a noun of their own they inherit."""

_OPERANDS = 8
_REST_OF_YEAR = re.compile("下半年|[二三四]季度|下阶段|后[一二三四五六]个月|全年")
# 新建食堂26处，累计达到71处: what follows goes on to the whole of it.
_WHOLE = re.compile("累计|总数|总量|总共|共有|共计|合计|全部")
_REACHES = re.compile(
    r"^[，,\s]*(?:提[高升]|增[加长至到]|上升|扩大|发展|下降|减少|压[缩减]|缩[短小]|降[低至到为]?|升[至到]|调整)"
)
_ITSELF = FieldGuess("value", 1.0)
_FAR = -10
"""A position that no row stands close behind."""
_CLOSE = 3
"""Rows of the table that one goes on to."""


@dataclass(frozen=True, slots=True)
class _Spoken:
    """What was spoken of before a sentence, as far as it can matter there."""

    figures: frozenset[tuple[str, str]] = frozenset()
    """(row, field)"""
    last_position: int = _FAR


@dataclass(frozen=True, slots=True, eq=False)
class _Read:
    """A sentence's claims, and what stands near them whatever was spoken of before.

    Kept as one value, which is itself and no other.
    """

    length: int
    """Characters."""
    contexts: tuple[ClaimContext, ...]
    leaders: dict[int, int]
    near: tuple[tuple[int, ...], ...]
    """Of each claim the positions of the entries whose names share words with it."""
    ids: frozenset[str]
    """Of those entries."""
    positions: frozenset[int]
    """Likewise."""

    def __len__(self) -> int:
        return self.length


@dataclass(frozen=True, slots=True)
class _Bound:
    """A sentence's claims with what they speak of; places and numbers count from its beginning."""

    bindings: tuple[Binding, ...]
    figures: tuple[tuple[str, str], ...]
    """(row, field) that it speaks of."""
    last_position: int | None


@dataclass(slots=True)
class _Progress:
    """What the reader has in mind while reading on in a sentence."""

    sentence: int = -1
    paragraph: int = -1
    rows: tuple[str, ...] = ()
    """Rows that the last claims of this sentence spoke of, the latest first."""
    faint: dict[str, float] = field(default_factory=dict)
    """Rows that were bound weakly in this sentence, with how weakly."""
    barred: frozenset[str] = frozenset()
    """Rows that the last subject of this sentence says it is not."""
    part: int = -1
    """The part of a sentence whose own subject was named last."""
    closed: frozenset[str] = frozenset()
    """Rows of parts before that one: 甲5亿元，增长8%；乙3亿元，增长9% says nothing more of 甲."""
    last_field: str = ""
    """Field of the last claim that was bound."""
    used: dict[tuple[str, str], int] = field(default_factory=dict)
    """(row, field) -> number of the sentence that spoke of it last, -1 before it."""
    last_position: int = _FAR


def bind(
    text: str,
    mentions: Sequence[Mention],
    table: IndicatorTable,
    facts: FactList | None = None,
    *,
    thresholds: Thresholds | None = None,
) -> tuple[Binding, ...]:
    """One binding for each mention that is a claim on a figure, in the order of the text.

    Args:
        text: what the mentions were read from.
        mentions: all of them, from `numerals.read_mentions`.
        table: the rows that claims may speak of.
        facts: facts whose numerals prove claims about that fact.
        thresholds: limits of likeness.
    """
    limits = thresholds or Thresholds()
    index = index_of(table, facts or NO_FACTS)
    claims = [mention for mention in mentions if mention.claim and is_figure(mention)]
    bound: list[Binding] = []
    figures: set[tuple[str, str]] = set()
    position = _BEFORE_ALL
    for sentence, start in in_sentences(text, claims):
        if not sentence.claims:
            continue
        found = _bound(sentence, index, limits, figures, position)
        bound += (
            replace(one, mention=start.of_text(one.mention), context=start.moved(one.context))
            for one in found.bindings
        )
        figures.update(found.figures)
        position = position if found.last_position is None else found.last_position
    return tuple(bound)


_BEFORE_ALL = -1
"""Position of the row spoken of last where none was: texts begin with a table's first rows."""


def forget() -> None:
    """Drops what is kept of sentences: for whoever changes how they are bound."""
    _read.forget()
    _bound_in.forget()


def _bound(
    sentence: Sentence,
    index: Index,
    limits: Thresholds,
    figures: set[tuple[str, str]],
    position: int,
) -> _Bound:
    held = WhileItLives(index)
    read = _read(sentence, held)
    return _bound_in(read, held, limits, _mattering(read, figures, position))


def _mattering(read: _Read, figures: set[tuple[str, str]], position: int) -> _Spoken:
    """What was spoken of before as far as it can matter: changes elsewhere leave the sentence alone."""
    mattering = frozenset(key for key in figures if key[0] in read.ids)
    is_near = any(position + step in read.positions for step in range(1, _CLOSE + 1))
    return _Spoken(mattering, position if is_near else _FAR)


@kept(512, longest=LONGEST_KEPT)
def _read(sentence: Sentence, held: "WhileItLives[Index]") -> _Read:
    index = held.value
    found = under_their_heads(sentence.text, contexts_in(sentence))
    near = tuple(tuple(index.names.near(one.nearness)) for one in found)
    positions = frozenset(at for one in near for at in one)
    ids = frozenset(index.entries[at].id for at in positions)
    return _Read(len(sentence), found, paired_rows(sentence.text, found), near, ids, positions)


@kept(512, longest=LONGEST_KEPT)
def _bound_in(
    read: _Read, held: "WhileItLives[Index]", limits: Thresholds, spoken: _Spoken
) -> _Bound:
    index = held.value
    before = dict.fromkeys(spoken.figures, -1)
    progress = _Progress(used=before, last_position=spoken.last_position)
    bound: list[Binding] = []
    for number, context in enumerate(read.contexts):
        leader = read.leaders.get(number)
        lead = bound[leader].best if leader is not None else None
        if leader is not None and lead is None:
            bound.append(Binding(context.mention, (), context))  # whatever its head is, so is it
            continue
        if lead is not None and lead.is_fact:
            lead = None  # a fact's figure hands nothing on: each stands for itself
        nearby = _nearby(read.near[number], index, progress, lead)
        binding = _bind_one(context, nearby, index, progress, limits, lead)
        bound.append(binding)
        _remember(progress, binding, index, limits)
    alone = faint_doubles(without_neighbours(bound), lambda one: _named(one, index))
    figures = tuple(key for key, sentence in progress.used.items() if sentence >= 0)
    last = progress.last_position
    return _Bound(
        in_table_order(alone, index), figures, None if last == spoken.last_position else last
    )


def _named(binding: Binding, index: Index) -> int:
    """How many characters of its row's name the claim's own noun says."""
    best, nouns = binding.best, binding.context.nouns
    if best is None or best.is_fact or not binding.context.has_own_subject:
        return 0
    names = index.names.names(index.position[best.indicator])
    return max((len(noun) for noun in nouns for name in names if noun in name), default=0)


def is_figure(mention: Mention) -> bool:
    """Dates and periods scope figures or events; they are judged by what they scope."""
    return mention.kind not in ("date", "period")


def _bind_one(
    context: ClaimContext,
    nearby: Sequence[Entry],
    index: Index,
    progress: _Progress,
    limits: Thresholds,
    lead: Candidate | None,
) -> Binding:
    if context.sentence_number != progress.sentence:
        progress.sentence, progress.rows = context.sentence_number, ()
        progress.faint.clear()
        progress.barred = progress.closed = frozenset()
        progress.part = context.part_number
    fields = guesses(context)
    fitting = {entry.position: _fitting(entry, fields, context.mention) for entry in nearby}
    # Rows that cannot take such a claim are only asked for as operands, the nearest of them.
    weighed = [
        entry for rank, entry in enumerate(nearby) if fitting[entry.position] or rank < _OPERANDS
    ]
    takers = [entry.position for entry in weighed if fitting[entry.position]]
    told = _told(progress, context) if fields and fields[0].field == "value" else frozenset()
    likeness = likenesses(weighed, takers, context, index, limits, told)
    if context.has_own_subject:
        progress.barred = others(weighed, context, index)
    elif not _WHOLE.search(context.before):
        for entry in weighed:
            if entry.id in progress.barred or entry.id in progress.closed:
                likeness[entry.position] *= limits.another
    handed = {*progress.rows, lead.indicator} if lead else set(progress.rows)
    scored = [
        one
        for entry in nearby
        if likeness.get(entry.position, 0.0) + _MOST_CONTINUITY >= limits.accept
        or entry.id in handed
        for one in _score(
            entry, fitting[entry.position], likeness.get(entry.position, 0.0), context, progress,
            lead, limits,
        )
    ]  # fmt: skip
    scored.sort(key=lambda one: -one.score)
    kept = [one for one in scored if one.score >= limits.accept][: limits.keep]
    named = sorted(
        (
            entry
            for entry in nearby
            if entry.row and likeness.get(entry.position, 0.0) >= limits.accept
        ),
        key=lambda entry: -likeness[entry.position],
    )
    subjects = dict.fromkeys((*progress.rows, *(entry.id for entry in named[:4])))
    return Binding(context.mention, tuple(kept), context, tuple(subjects), limits.tie)


def _told(progress: _Progress, context: ClaimContext) -> frozenset[str]:
    """Rows whose value the sentence has told."""
    return frozenset(
        row
        for (row, name), sentence in progress.used.items()
        if name == "value" and sentence == context.sentence_number
    )


def _fitting(
    entry: Entry, fields: Sequence[FieldGuess], mention: Mention
) -> tuple[tuple[FieldGuess, float], ...]:
    """Fields of a row that take the claim, with how well; a fact's numeral has but itself."""
    if entry.row is None:
        return ((_ITSELF, 1.0),) if entry.takes(mention) else ()
    row = entry.row
    return tuple((guess, fit) for guess in fields if (fit := admits(row, guess, mention)))


def _nearby(
    near: Sequence[int], index: Index, progress: _Progress, lead: Candidate | None
) -> list[Entry]:
    found = dict.fromkeys(near)
    for identifier in (*progress.rows, *((lead.indicator,) if lead else ())):
        found[index.position[identifier]] = None
    return [index.entries[at] for at in found]


def _score(
    entry: Entry,
    fitting: Sequence[tuple[FieldGuess, float]],
    likeness: float,
    context: ClaimContext,
    progress: _Progress,
    lead: Candidate | None,
    limits: Thresholds,
) -> list[Candidate]:
    row = entry.row
    if row is None:
        if entry.figure is None or not fitting:
            return []
        return [Candidate(entry.id, entry.figure.name, likeness, is_fact=True)]
    found = []
    for guess, fit in fitting:
        score = likeness
        if lead is not None:
            score = min(0.95, lead.score) if lead.indicator == row.id else likeness * 0.8
        elif _inherits(row, guess, context, progress):
            handed = 0.9 - 0.1 * progress.rows.index(row.id)
            faint = progress.faint.get(row.id)
            score = max(likeness, handed if faint is None else min(handed, faint))
        elif _goes_on(row, guess, context, progress):
            score = 0.9
        score *= fit * guess.weight * _circumstance(row, guess.field, context, limits)
        score += _continuity(entry, guess.field, context, progress)
        handed_on = lead is not None or _handed_on(row, guess, context, progress)
        faintly = likeness < limits.faint and not handed_on
        found.append(Candidate(row.id, guess.field, score, is_faint=faintly))
    return found


def _handed_on(
    row: Indicator, guess: FieldGuess, context: ClaimContext, progress: _Progress
) -> bool:
    return _inherits(row, guess, context, progress) or _goes_on(row, guess, context, progress)


def _inherits(
    row: Indicator, guess: FieldGuess, context: ClaimContext, progress: _Progress
) -> bool:
    if row.id in progress.closed:
        return False
    return guess.field in DEPENDENT and row.id in progress.rows and not context.has_own_subject


def _goes_on(row: Indicator, guess: FieldGuess, context: ClaimContext, progress: _Progress) -> bool:
    """由84.9%提高到87.6%: the second figure is the present one of the row just spoken of."""
    latest = progress.rows[:1] == (row.id,) and progress.last_field == "prior"
    return guess.field == "value" and latest and bool(_REACHES.match(context.before))


def _circumstance(
    row: Indicator, name: FieldName, context: ClaimContext, limits: Thresholds
) -> float:
    """Factor for period and goal: the same name may stand in several rows."""
    factor = _of_its_time(row, name, context, limits)
    if name in ("rank", "yoy_rank") and not same_scope(context.mention.scope, row.rank_scope):
        factor *= limits.other_scope  # 全市第1、全省第9 may stand in two rows of one name
    is_goal = _holds_goal(row)
    if name == "target" and not is_goal:
        # Goals of next year are others than this year's; only a plan for the rest of it has these.
        factor = max(factor, 0.85) if factor > limits.other_year else factor
        later = context.in_plan and not _REST_OF_YEAR.search(context.heading)
        return factor * limits.result_as_goal if later else factor
    strength = goal_strength(context)
    if is_goal and not strength:
        factor *= limits.goal_as_result
    elif not is_goal and strength:
        factor *= limits.result_as_goal if strength == 1 else limits.result_as_maybe_goal
    if context.over_years and not over_years(row.name):
        factor *= limits.other_year
    return factor


def _of_its_time(
    row: Indicator, name: FieldName, context: ClaimContext, limits: Thresholds
) -> float:
    """Factor for the period: a row's 上年同期 is of the year before its own."""
    said, kept = context.mention.period, row.period
    if name != "prior" or said is None or said.year is None:
        return agreement(said, kept, other_year=limits.other_year)
    if kept is None or kept.year is None:
        return limits.resembles  # 由2010年的: whether that is the year before, nobody says
    if kept.year == said.year:
        return 1.0  # the period of the sentence, which 上年 counts from
    return 1.0 if said.year == kept.year - 1 else limits.other_year


def _holds_goal(row: Indicator) -> bool:
    """The row is of what is to be reached: by its status, its name, or as a target without result."""
    if row.status == "目标" or _GOAL_NAME.search(row.name) is not None:
        return True
    return [name for name, _ in row.figures()] == ["target"]


_GOAL_NAME = re.compile("(?:目标|预期)(?:值|数)?$")
_MOST_CONTINUITY = 0.07
"""The most that `_continuity` adds."""


def _continuity(
    entry: Entry, field: FieldName, context: ClaimContext, progress: _Progress
) -> float:
    """Texts follow their tables and name a figure once: small steps that settle ties."""
    bonus = 0.0
    if 0 < entry.position - progress.last_position <= _CLOSE:
        bonus += 0.035 - 0.005 * (entry.position - progress.last_position)
    spoken = progress.used.get((entry.id, field))
    if spoken is not None:
        bonus -= 0.06 if spoken == context.sentence_number else 0.04
    if entry.in_section(context.heading):
        bonus += 0.04
    return bonus


def _remember(progress: _Progress, binding: Binding, index: Index, limits: Thresholds) -> None:
    best = binding.best
    if best is None or best.is_fact:
        if best is None and _names_another(binding):
            progress.rows, progress.last_field = (), ""
        return
    if binding.mention.kind == "points" and progress.rows:
        return  # 高于社零增速3.6个百分点 goes on about what came before
    progress.last_field = best.field
    if best.score >= limits.faint:
        progress.faint.pop(best.indicator, None)
    elif best.indicator not in progress.rows:
        progress.faint[best.indicator] = max(best.score, limits.resembles)
        if best.field == "value":
            progress.rows = ()  # whatever it is, it is no longer what came before
    _close_parts(progress, binding, best, limits)
    others = tuple(one for one in progress.rows if one != best.indicator)
    progress.rows = (best.indicator, *others)[:4]
    progress.last_position = index.position[best.indicator]
    progress.used[(best.indicator, best.field)] = binding.context.sentence_number


def _close_parts(
    progress: _Progress, binding: Binding, best: Candidate, limits: Thresholds
) -> None:
    """Behind a semicolon a surely named amount is what the figures after it belong to."""
    context = binding.context
    named = best.field == "value" and context.has_own_subject and best.score >= limits.faint
    if named and context.part_number != progress.part:
        progress.closed = frozenset(progress.rows) - {best.indicator}
        progress.part = context.part_number


def _names_another(binding: Binding) -> bool:
    """The claim states an amount of something that no row is about: what follows is said of that."""
    context = binding.context
    stated = context.mention.kind == "quantity" and context.has_own_subject
    return stated and all(guess.field == "value" for guess in guesses(context))
