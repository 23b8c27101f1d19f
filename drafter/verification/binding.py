"""Binding: which row and field each claim of a text speaks of, by its words alone.

A claim's candidates are scored by how much of a row's name the reader has in mind there
(nearest clause most), by unit and field, period, level words, and by what the text spoke of
just before. The value takes no part: a number must not prove itself.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from drafter.records.fact import FactList
from drafter.records.indicator import FieldName, Indicator, IndicatorTable
from drafter.records.mention import Mention
from drafter.verification.context import ClaimContext, contexts
from drafter.verification.entries import NO_FACTS, Entry, Index, index_of
from drafter.verification.fields import FieldGuess, admits, guesses, speaks_of_goal
from drafter.verification.pairing import paired_rows, under_their_heads
from drafter.verification.periods import OTHER_YEAR, agreement

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
_SHORT_FORM = 0.6
"""Likeness of a row whose name the noun of the claim shortens."""
_REST_OF_YEAR = re.compile("下半年|[二三四]季度|下阶段|后[一二三四五六]个月|全年")
_REACHES = re.compile(
    r"^[，,\s]*(?:提[高升]|增[加长至到]|上升|扩大|发展|下降|减少|压[缩减]|缩[短小]|降[低至到为]?|升[至到]|调整)"
)
_RESEMBLES = 0.5
"""Likeness where the noun only begins as a name does: below what contradicts."""
_FAINT = 0.55
"""A row bound more weakly than this hands no more than that on to what follows."""
_ITSELF = FieldGuess("value", 1.0)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which likeness on a binding counts; settings, found on real texts."""

    accept: float = 0.42
    tie: float = 0.03
    keep: int = 5
    other_year: float = OTHER_YEAR
    """Factor for another year's figures; near 1 to read last year's text by this year's rows."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row (or fact) and field that a claim may speak of."""

    indicator: str
    field: str
    score: float
    is_fact: bool = False


@dataclass(frozen=True, slots=True)
class Binding:
    """A claim and what it may speak of, the likeliest first; () if nothing is near."""

    mention: Mention
    candidates: tuple[Candidate, ...]
    context: ClaimContext
    subjects: tuple[str, ...] = ()
    """Rows that the reader has in mind here, whatever fields they hold."""
    tie: float = 0.03

    @property
    def best(self) -> Candidate | None:
        """The likeliest candidate, None if there is none."""
        return self.candidates[0] if self.candidates else None

    @property
    def tied_candidates(self) -> tuple[Candidate, ...]:
        """The best and all that are as likely."""
        if not self.candidates:
            return ()
        limit = self.candidates[0].score - self.tie
        return tuple(one for one in self.candidates if one.score >= limit)

    @property
    def tied(self) -> bool:
        """Several candidates are equally likely."""
        return len(self.tied_candidates) > 1


@dataclass(slots=True)
class _Progress:
    """What the reader has in mind while reading on."""

    sentence: int = -1
    paragraph: int = -1
    rows: tuple[str, ...] = ()
    """Rows that the last claims of this sentence spoke of, the latest first."""
    faint: dict[str, float] = field(default_factory=dict)
    """Rows that were bound weakly in this sentence, with how weakly."""
    last_field: str = ""
    """Field of the last claim that was bound."""
    used: dict[tuple[str, str], int] | None = None
    """(row, field) -> number of the sentence that spoke of it last."""
    last_position: int = -1


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
    all_contexts = under_their_heads(text, contexts(text, claims))
    pairs = paired_rows(text, all_contexts)
    progress = _Progress(used={})
    bound: list[Binding] = []
    for number, context in enumerate(all_contexts):
        leader = pairs.get(number)
        lead = bound[leader].best if leader is not None else None
        binding = _bind_one(context, index, progress, limits, lead)
        bound.append(binding)
        _remember(progress, binding, index)
    return _in_table_order(_without_neighbours(bound), index)


def _without_neighbours(bound: Sequence[Binding]) -> list[Binding]:
    """A tie is settled where the next claim of the sentence surely takes one of its rows."""
    settled = list(bound)
    for at, (binding, following) in enumerate(itertools.pairwise(bound)):
        rows = _tied_rows(binding)
        taken = following.best
        if len(rows) != 2 or taken is None or following.tied or taken.indicator not in rows:
            continue
        same = following.context.sentence_number == binding.context.sentence_number
        if same and taken.field == binding.tied_candidates[0].field:
            (other,) = rows - {taken.indicator}
            settled[at] = _only(binding, other)
    return settled


def _in_table_order(bound: Sequence[Binding], index: Index) -> tuple[Binding, ...]:
    """Settles ties that only order can settle: k claims in a row tied over the same k rows.

    `四个党支部合并为一个` over 合并前 and 合并后: the first claim speaks of the first row.
    """
    settled = list(bound)
    start = 0
    while start < len(settled):
        rows = _tied_rows(settled[start])
        size = len(rows)
        group = settled[start : start + size]
        if size < 2 or not _tie_together(group, rows):
            start += 1
            continue
        for at, row in enumerate(sorted(rows, key=lambda one: index.position[one])):
            settled[start + at] = _only(settled[start + at], row)
        start += size
    return tuple(settled)


def _tie_together(group: Sequence[Binding], rows: frozenset[str]) -> bool:
    """As many neighbouring claims as rows, of one sentence, all tied over the same rows."""
    alike = len(group) == len(rows) and all(_tied_rows(one) == rows for one in group)
    return alike and len({one.context.sentence_number for one in group}) == 1


def _tied_rows(binding: Binding) -> frozenset[str]:
    """Rows that tie for a claim, where they tie over one and the same field."""
    tied = binding.tied_candidates
    if len({one.field for one in tied}) != 1 or any(one.is_fact for one in tied):
        return frozenset()
    return frozenset(one.indicator for one in tied)


def _only(binding: Binding, row: str) -> Binding:
    first = [one for one in binding.candidates if one.indicator == row]
    others = [one for one in binding.candidates if one.indicator != row]
    lifted = replace(first[0], score=max(one.score for one in binding.candidates) + binding.tie * 2)
    return replace(binding, candidates=(lifted, *first[1:], *others))


def is_figure(mention: Mention) -> bool:
    """Dates and periods scope figures or events; they are judged by what they scope."""
    return mention.kind not in ("date", "period")


def _bind_one(
    context: ClaimContext,
    index: Index,
    progress: _Progress,
    limits: Thresholds,
    lead: Candidate | None,
) -> Binding:
    if context.sentence_number != progress.sentence:
        progress.sentence, progress.rows = context.sentence_number, ()
        progress.faint.clear()
    fields = guesses(context)
    nearby = _nearby(context, index, progress, lead)
    fitting = {entry.position: _fitting(entry, fields, context.mention) for entry in nearby}
    # Rows that cannot take such a claim are only asked for as operands, the nearest of them.
    weighed = [
        entry for rank, entry in enumerate(nearby) if fitting[entry.position] or rank < _OPERANDS
    ]
    takers = [entry.position for entry in weighed if fitting[entry.position]]
    likeness = _likenesses(weighed, takers, context, index)
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


def _fitting(
    entry: Entry, fields: Sequence[FieldGuess], mention: Mention
) -> tuple[tuple[FieldGuess, float], ...]:
    """Fields of a row that take the claim, with how well; a fact's numeral has but itself."""
    if entry.row is None:
        return ((_ITSELF, 1.0),) if entry.takes(mention) else ()
    row = entry.row
    return tuple((guess, fit) for guess in fields if (fit := admits(row, guess, mention)))


def _nearby(
    context: ClaimContext, index: Index, progress: _Progress, lead: Candidate | None
) -> list[Entry]:
    found = dict.fromkeys(index.names.near(context.nearness))
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
            score = 0.95 if lead.indicator == row.id else likeness * 0.8
        elif _inherits(row, guess, context, progress):
            handed = 0.9 - 0.1 * progress.rows.index(row.id)
            faint = progress.faint.get(row.id)
            score = max(likeness, handed if faint is None else min(handed, faint))
        elif _goes_on(row, guess, context, progress):
            score = 0.9
        score *= fit * guess.weight * _circumstance(row, guess.field, context, limits)
        score += _continuity(entry, guess.field, context, progress)
        found.append(Candidate(row.id, guess.field, score))
    return found


def _likenesses(
    entries: Sequence[Entry], takers: Sequence[int], context: ClaimContext, index: Index
) -> dict[int, float]:
    """Position of an entry -> how likely the words around the claim mean it, 0 to 1.

    `takers` are the positions of those that can take such a claim at all: they compete.
    """
    explained = index.names.explained((entry.position for entry in entries), context.own)
    most = max((explained[position] for position in takers), default=0.0)
    found = {}
    for entry in entries:
        at = entry.position
        likeness = _likeness(entry, context, index, explained[at])
        if most and explained[at] < most:
            # Another row explains more of the noun that stands here.
            likeness *= 0.75 + 0.25 * explained[at] / most
        if likeness and index.names.swallowed(at, context.own_text, takers):
            likeness *= 0.55
        found[at] = likeness
    for noun in context.nouns:
        _lift_short_form(found, takers, noun, index)
    return found


def _lift_short_form(
    found: dict[int, float], takers: Sequence[int], noun: str, index: Index
) -> None:
    """A noun that shortens the name of one row only means that row.

    One that merely begins like it (油菜扩种到 … 万亩, 油菜播种面积) may mean it: enough to support a
    claim, never to accuse one.
    """
    if len(noun) < 2 or any(index.names.has_name(at, noun) for at in found):
        return
    shortened = {at: index.names.abbreviated(at, noun) for at in takers}
    meant = sorted((at for at, share in shortened.items() if share), key=lambda at: -shortened[at])
    if len(meant) == 1:
        (only,) = meant
        found[only] = max(found[only], _SHORT_FORM + 0.3 * shortened[only])
        return
    if meant and shortened[meant[0]] >= shortened[meant[1]] + 0.1:
        found[meant[0]] = max(found[meant[0]], _RESEMBLES)
        return
    alike = [at for at in takers if index.names.resembles(at, noun)]
    if len(alike) == 1:
        (only,) = alike
        found[only] = max(found[only], _RESEMBLES)


def _likeness(entry: Entry, context: ClaimContext, index: Index, explained: float) -> float:
    covered = index.names.coverage(entry.position, context.nearness)
    if not covered:
        return 0.0
    clash = index.names.clash(entry.position, context.own_groups, context.near_groups)
    # Names and texts put words in other orders (选派帮扶干部 / 选派干部…帮扶): characters of the
    # clause count a little, pairs most.
    letters = index.names.letters(entry.position, context.letters)
    likeness = max(covered, 0.7 * covered + 0.3 * letters)
    return likeness * (0.7 + 0.3 * explained) * clash


def _inherits(
    row: Indicator, guess: FieldGuess, context: ClaimContext, progress: _Progress
) -> bool:
    return guess.field in DEPENDENT and row.id in progress.rows and not context.has_own_subject


def _goes_on(row: Indicator, guess: FieldGuess, context: ClaimContext, progress: _Progress) -> bool:
    """由84.9%提高到87.6%: the second figure is the present one of the row just spoken of."""
    latest = progress.rows[:1] == (row.id,) and progress.last_field == "prior"
    return guess.field == "value" and latest and bool(_REACHES.match(context.before))


def _circumstance(
    row: Indicator, name: FieldName, context: ClaimContext, limits: Thresholds
) -> float:
    """Factor for period and goal: the same name may stand in several rows."""
    factor = agreement(context.mention.period, row.period, other_year=limits.other_year)
    is_goal = row.status == "目标"
    if name == "target" and not is_goal:
        # Goals of next year are others than this year's; only a plan for the rest of it has these.
        factor = max(factor, 0.85) if factor > limits.other_year else factor
        later = context.in_plan and not _REST_OF_YEAR.search(context.heading)
        return factor * 0.5 if later else factor
    if is_goal != speaks_of_goal(context):
        # What is to be reached is no result, and what was reached no goal.
        factor *= 0.6 if is_goal else 0.5
    return factor


_MOST_CONTINUITY = 0.07
"""The most that `_continuity` adds."""


def _continuity(
    entry: Entry, field: FieldName, context: ClaimContext, progress: _Progress
) -> float:
    """Texts follow their tables and name a figure once: small steps that settle ties."""
    bonus = 0.0
    if 0 < entry.position - progress.last_position <= 3:
        bonus += 0.035 - 0.005 * (entry.position - progress.last_position)
    spoken = (progress.used or {}).get((entry.id, field))
    if spoken is not None:
        bonus -= 0.06 if spoken == context.sentence_number else 0.04
    if entry.in_section(context.heading):
        bonus += 0.04
    return bonus


def _remember(progress: _Progress, binding: Binding, index: Index) -> None:
    best = binding.best
    if best is None or best.is_fact:
        if best is None and _names_another(binding):
            progress.rows, progress.last_field = (), ""
        return
    if binding.mention.kind == "points" and progress.rows:
        return  # 高于社零增速3.6个百分点 goes on about what came before
    progress.last_field = best.field
    if best.score >= _FAINT:
        progress.faint.pop(best.indicator, None)
    elif best.indicator not in progress.rows:
        progress.faint[best.indicator] = max(best.score, _RESEMBLES)
        if best.field == "value":
            progress.rows = ()  # whatever it is, it is no longer what came before
    others = tuple(one for one in progress.rows if one != best.indicator)
    progress.rows = (best.indicator, *others)[:4]
    progress.last_position = index.position[best.indicator]
    if progress.used is not None:
        progress.used[(best.indicator, best.field)] = binding.context.sentence_number


def _names_another(binding: Binding) -> bool:
    """The claim states an amount of something that no row is about: what follows is said of that."""
    context = binding.context
    stated = context.mention.kind == "quantity" and context.has_own_subject
    return stated and all(guess.field == "value" for guess in guesses(context))
