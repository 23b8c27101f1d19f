"""分别-lists: which head each number of a list belongs to.

`技术合同205件、19.3亿元，分别增长1266.7%和560%`: the first rate is said of the first figure.
Heads are the figures just before, or the names listed in front of 分别.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from drafter.verification.context import ClaimContext, content_pairs
from drafter.verification.names import normalise, pairs

_RESPECTIVELY = re.compile("分别|各自")


def paired_rows(text: str, contexts: Sequence[ClaimContext]) -> dict[int, int]:
    """Number of a claim -> number of the earlier claim whose row it shares.

    Only lists of equal length pair; a list whose heads are names in its own clause is read
    by `under_their_heads`.
    """
    found: dict[int, int] = {}
    for first, group in _groups(text, contexts):
        size = len(group)
        heads = _heads_before(contexts, first, size)
        if heads is not None:
            found.update(zip(group, heads, strict=True))
    return found


def _groups(text: str, contexts: Sequence[ClaimContext]) -> list[tuple[int, tuple[int, ...]]]:
    """Runs of claims that follow a 分别 within its clause and its enumeration."""
    groups = []
    number = 0
    while number < len(contexts):
        context = contexts[number]
        if not _RESPECTIVELY.search(context.before):
            number += 1
            continue
        group = [number]
        while group[-1] + 1 < len(contexts) and _listed(text, contexts, group[-1]):
            group.append(group[-1] + 1)
        if len(group) > 1:
            groups.append((group[0], tuple(group)))
        number = group[-1] + 1
    return groups


def _listed(text: str, contexts: Sequence[ClaimContext], number: int) -> bool:
    """The next claim stands right behind this one, joined by 、和及 or a comma."""
    here, following = contexts[number].mention, contexts[number + 1].mention
    between = text[here.end : following.start]
    joined = re.fullmatch(r"[、，,和及与\s]*(?:[^，。；、]{0,3})?", between) is not None
    return joined and here.kind == following.kind


def _heads_before(
    contexts: Sequence[ClaimContext], first: int, size: int
) -> tuple[int, ...] | None:
    start = first - size
    if start < 0:
        return None
    heads = contexts[start:first]
    lead = contexts[first]
    same_sentence = all(head.sentence_number == lead.sentence_number for head in heads)
    near = lead.clause_number - heads[-1].clause_number <= 1
    # Heads are figures of one kind standing together, not any numbers before.
    kinds = {head.mention.kind for head in heads}
    together = heads[-1].clause_number - heads[0].clause_number <= size
    if same_sentence and near and together and kinds <= {"quantity", "range"}:
        return tuple(range(start, first))
    return None


def under_their_heads(text: str, contexts: Sequence[ClaimContext]) -> tuple[ClaimContext, ...]:
    """Contexts in which each number of a 分别-list sees its own listed name first.

    `甲、乙分别增长x和y`: at x the pairs of 乙 count less, at y those of 甲.
    """
    changed = list(contexts)
    for _, group in _groups(text, contexts):
        heads = _listed_heads(contexts[group[0]])
        if len(heads) != len(group):
            continue
        for number, head in zip(group, heads, strict=True):
            others = [other for other in heads if other != head]
            changed[number] = _headed(contexts[number], head, others)
    return tuple(changed)


def _listed_heads(context: ClaimContext) -> tuple[str, ...]:
    """Names listed before 分别 in the claim's clause: `甲、乙和丙分别` -> (甲, 乙, 丙)."""
    match = _RESPECTIVELY.search(context.clause)
    if match is None:
        return ()
    names = re.split(r"[、和及与]", context.clause[: match.start()])
    return tuple(name.strip() for name in names if name.strip())


def _headed(context: ClaimContext, head: str, others: Sequence[str]) -> ClaimContext:
    own = set(pairs(normalise(head)))
    nearness = dict(context.nearness)
    for pair in pairs(normalise(" ".join(others))):
        nearness[pair] = min(nearness.get(pair, 0.0), 0.7)
    nearness.update(dict.fromkeys(own, 1.0))
    return replace(context, nearness=nearness, own=content_pairs(head), own_text=normalise(head))
