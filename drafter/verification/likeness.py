"""How likely the words around a claim mean a row, by the row's name alone."""

from collections.abc import Iterable, Sequence

from drafter.verification.candidates import Thresholds
from drafter.verification.context import ClaimContext
from drafter.verification.entries import Entry, Index
from drafter.verification.nouns import just_names, narrows, qualifier

_UNSURE = 0.01
"""How far below the limit of trust a row stands that an unknown word may set apart."""


def likenesses(
    entries: Sequence[Entry],
    takers: Sequence[int],
    context: ClaimContext,
    index: Index,
    limits: Thresholds,
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
        _lift_short_form(found, takers, noun, index, limits)
    if noun := _own_noun(context):
        _prefer_exact(found, noun, index, limits)
        _set_apart(found, noun, index, limits)
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
        if narrows(qualifier(noun, index.names.names(entry.position)))
        or index.names.clashes(entry.position, context.own_groups)
    )


def _own_noun(context: ClaimContext) -> str:
    """The noun that names the figure in its own clause; '' where several names are listed."""
    if not context.has_own_subject or not context.nouns or "、" in context.before:
        return ""
    return context.nouns[0]


def _prefer_exact(found: dict[int, float], noun: str, index: Index, limits: Thresholds) -> None:
    """A noun that is just the name of a row means no row of another name."""
    exact = {at for at in found if any(just_names(noun, one) for one in index.names.names(at))}
    if exact:
        for at in found.keys() - exact:
            found[at] *= limits.named_exactly


def _set_apart(found: dict[int, float], noun: str, index: Index, limits: Thresholds) -> None:
    """工业固定资产投资 is not 全社会固定资产投资; what an unknown word means, is not sure."""
    for at, likeness in found.items():
        if likeness < limits.accept:
            continue
        before = qualifier(noun, index.names.names(at))
        if not before:
            continue
        if narrows(before):
            found[at] = likeness * limits.another
        else:
            found[at] = min(likeness, limits.faint - _UNSURE)


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
