"""How likely the words around a claim mean a row, by the row's name alone."""

import re
from collections.abc import Iterable, Sequence

from drafter.verification.binding.candidates import Thresholds
from drafter.verification.binding.context import ClaimContext
from drafter.verification.binding.entries import Entry, Index
from drafter.verification.binding.names import group_words, pairs
from drafter.verification.binding.nouns import (
    goes_on,
    inserted,
    just_names,
    narrows_beyond,
    only_a_verb,
    qualifier,
    says_only_the_measure,
    topic,
    unsaid_before,
)

# 新增企业1家（全市共4家）: of a wider area, it may be.
_ELSEWHERE = re.compile(r"[（(，,\s]*全[国省市州](?:一?共|总数|合计|累计)?[有计达到为]{0,2}\s*")
_LEAST_TOPIC = 2
"""Characters that a topic has at least."""
_UNSURE = 0.01
"""How far below the limit of trust a row stands that an unknown word may set apart."""


def likenesses(
    entries: Sequence[Entry],
    takers: Sequence[int],
    context: ClaimContext,
    index: Index,
    limits: Thresholds,
    told: frozenset[str] = frozenset(),
) -> dict[int, float]:
    """Position of an entry -> how likely the words around the claim mean it, 0 to 1.

    Args:
        entries: the entries to weigh.
        takers: positions of those that can take such a claim at all: they compete.
        context: the claim and its words.
        index: the names.
        limits: limits of likeness.
        told: ids of rows whose figure the sentence told already.
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
        _lift_short_form(found, takers, noun, index, limits)
    if noun := _own_noun(context):
        _prefer_exact(found, context.nouns, index, limits)
        _set_apart(found, context, index, limits)
    # A listed head before 分别 has no nouns beside it, but is all of its own text.
    said = context.nouns or tuple(filter(None, (context.own_text,)))
    for at, likeness in found.items():
        if index.entries[at].id in told and not _is_named(at, said, index):
            found[at] = min(likeness, limits.faint - _UNSURE)  # its figure was told already
    if max((found[at] for at in takers), default=0.0) < limits.accept:
        apart = told | others((index.entries[at] for at in takers), context, index)
        _lift_topic(
            found,
            [at for at in takers if index.entries[at].id not in apart],
            context,
            index,
            limits,
        )
    if _ELSEWHERE.fullmatch(context.before):
        found = {at: min(likeness, limits.faint - _UNSURE) for at, likeness in found.items()}
    return found


def others(entries: Iterable[Entry], context: ClaimContext, index: Index) -> frozenset[str]:
    """Ids of rows that the clause's own words say it does not speak of.

    What follows without a subject of its own does not speak of them either.
    """
    noun = _own_noun(context)
    if not noun:
        return frozenset()
    return frozenset(
        entry.id
        for entry in entries
        if _narrowed(noun, index.names.names(entry.position))
        or index.names.clashes(entry.position, context.own_groups)
    )


def _own_noun(context: ClaimContext) -> str:
    """The noun that names the figure in its own clause; '' where several names are listed."""
    if not context.has_own_subject or not context.nouns or "、" in context.before:
        return ""
    return "" if only_a_verb(context.nouns[0]) else context.nouns[0]


def _prefer_exact(
    found: dict[int, float], nouns: Sequence[str], index: Index, limits: Thresholds
) -> None:
    """A noun that is just the name of a row means no row of another name."""
    exact = {at for at in found if _is_named(at, nouns, index)}
    if exact:
        for at in found.keys() - exact:
            found[at] *= limits.named_exactly


def _is_named(at: int, nouns: Sequence[str], index: Index) -> bool:
    return any(just_names(noun, name) for noun in nouns for name in index.names.names(at))


def _set_apart(
    found: dict[int, float], context: ClaimContext, index: Index, limits: Thresholds
) -> None:
    """工业固定资产投资 is not 全社会固定资产投资; what an unknown word means, is not sure."""
    noun = _own_noun(context)
    for at, likeness in found.items():
        if likeness < limits.accept:
            continue
        names = index.names.names(at)
        if _narrowed(noun, names) or index.names.clashes(at, group_words(noun)):
            found[at] = likeness * limits.another
        elif (
            qualifier(noun, names)
            or all(goes_on(noun, name) for name in names)
            or unsaid_before(noun, names, context.near_letters)
        ):
            found[at] = min(likeness, limits.faint - _UNSURE)


def _narrowed(noun: str, names: Sequence[str]) -> bool:
    before = qualifier(noun, names)
    return narrows_beyond(before, names) and not inserted(before, names)


def _lift_short_form(
    found: dict[int, float], takers: Sequence[int], noun: str, index: Index, limits: Thresholds
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
        found[only] = max(found[only], limits.short_form + 0.3 * shortened[only])
        return
    if meant and shortened[meant[0]] >= shortened[meant[1]] + 0.1:
        found[meant[0]] = max(found[meant[0]], limits.resembles)
        return
    alike = [at for at in takers if index.names.resembles(at, noun)]
    if len(alike) == 1:
        (only,) = alike
        found[only] = max(found[only], limits.resembles)


def _lift_topic(
    found: dict[int, float],
    takers: Sequence[int],
    context: ClaimContext,
    index: Index,
    limits: Thresholds,
) -> None:
    """储备林总投资8.6亿元，已获银行授信6.8亿元: 储备林授信额度 is told in two places.

    The clause says one part of the name, what stands before it the rest. Enough to support a
    claim, never to accuse one.
    """
    noun = context.nouns[0] if context.has_own_subject and context.nouns else ""
    bare = all(says_only_the_measure(word) for word in context.own_words)
    if any(just_names(noun, name) for at in found for name in index.names.names(at) if noun):
        return
    shares = {at: _told_in_parts(at, bare, context, index) for at in takers}
    likely = sorted((at for at, share in shares.items() if share), key=lambda at: -shares[at])
    if not likely or shares[likely[0]] < (limits.topic_alone if bare else limits.topic):
        return
    rival = shares[likely[1]] if len(likely) > 1 else 0.0
    if shares[likely[0]] >= rival + limits.topic_margin:
        found[likely[0]] = max(found[likely[0]], limits.resembles)


def _told_in_parts(at: int, bare: bool, context: ClaimContext, index: Index) -> float:
    """How much of the topic of an entry's name the clause and what stands before it say."""
    best = 0.0
    own = set(context.own)
    for name in index.names.names(at):
        words = topic(name)
        anchored = bare or any(pair in own for pair in pairs(words))
        about = frozenset(words) - {" "}
        if len(about) >= _LEAST_TOPIC and anchored:
            best = max(best, len(about & context.near_letters) / len(about))
    return best


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
