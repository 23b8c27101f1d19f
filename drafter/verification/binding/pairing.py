"""分别-lists: which head each number of a list belongs to.

`技术合同205件、19.3亿元，分别增长1266.7%和560%`: the first rate is said of the first figure.
Heads are the figures just before, or the names listed in front of 分别.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from drafter.verification.binding.context import ClaimContext
from drafter.verification.binding.names import group_words, normalise, pairs
from drafter.verification.binding.nouns import content_pairs

_RESPECTIVELY = re.compile("分别|各自|分[列居获](?=[第全省市世前])")
_BOTH = {"城乡": ("城镇", "农村"), "男女": ("男", "女"), "进出口": ("进口", "出口")}
"""Words that name two at once: 城乡居民人均可支配收入分别为x和y."""
_LEVEL_OR_GROWTH = re.compile("总量|总额|规模|绝对量|增速|增幅|增长")


def paired_rows(text: str, contexts: Sequence[ClaimContext]) -> dict[int, int]:
    """Number of a claim -> number of the earlier claim whose row it shares.

    Only lists of equal length pair; a list whose heads are names in its own clause is read
    by `under_their_heads`.
    """
    found: dict[int, int] = {}
    earlier: tuple[int, ...] = ()
    for first, group in _groups(text, contexts):
        size = len(group)
        if len(_listed_heads(contexts[first])) != size:
            heads = _heads_before(contexts, first, size)
            if heads is None and _same_sentence(contexts, earlier, group):
                heads = earlier
            if heads is not None:
                found.update(zip(group, heads, strict=True))
        earlier = group
    return found


def _same_sentence(
    contexts: Sequence[ClaimContext], earlier: Sequence[int], group: Sequence[int]
) -> bool:
    """甲、乙分别为x、y，分列全市第3、第5位: the second list goes by the heads of the first."""
    if len(earlier) != len(group):
        return False
    return contexts[earlier[0]].sentence_number == contexts[group[0]].sentence_number


def _groups(text: str, contexts: Sequence[ClaimContext]) -> list[tuple[int, tuple[int, ...]]]:
    """Runs of claims that follow a 分别 within its clause and its enumeration."""
    groups = []
    number = 0
    while number < len(contexts):
        context = contexts[number]
        if not _RESPECTIVELY.search(context.before) and not _two_of_two(text, contexts, number):
            number += 1
            continue
        group = [number]
        while group[-1] + 1 < len(contexts) and _listed(text, contexts, group[-1]):
            group.append(group[-1] + 1)
        if len(group) > 1:
            groups.append((group[0], tuple(group)))
        number = group[-1] + 1
    return groups


def _two_of_two(text: str, contexts: Sequence[ClaimContext], number: int) -> bool:
    """国家标准、行业标准17项和9项, 完成任务的124%和110%: two figures go in order without 分别."""
    if number + 1 >= len(contexts) or len(re.findall("[、和]", contexts[number].before)) > 1:
        return False
    here, following = contexts[number].mention, contexts[number + 1].mention
    return text[here.end : following.start] in ("和", "、") and here.unit == following.unit


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
    near = lead.clause_number - heads[-1].clause_number <= 2
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
    names = re.split(r"[、和及与]", context.clause[: match.start()] if match else context.lead)
    if len(names) == 1:
        for word, parts in _BOTH.items():
            if word in names[0]:
                return tuple(names[0].replace(word, part) for part in parts)
    return tuple(name.strip() for name in names if name.strip())


def _headed(context: ClaimContext, head: str, others: Sequence[str]) -> ClaimContext:
    if _LEVEL_OR_GROWTH.fullmatch(head):  # 总量、增速分别居全市第4位、第2位
        return replace(context, before=head, own=())
    nearness = dict(context.nearness)
    for pair in pairs(normalise(" ".join(others))):
        nearness[pair] = min(nearness.get(pair, 0.0), 0.7)
    for pair in pairs(normalise(_completed(head, others))):
        nearness[pair] = 1.0
    own_text = normalise(head)
    return replace(
        context,
        nearness=nearness,
        own=content_pairs(head),
        own_text=own_text,
        own_groups=group_words(own_text),
        nouns=(),
    )


def _completed(head: str, others: Sequence[str]) -> str:
    """城市、农村低保标准分别…: what the last name ends in belongs to the shorter ones too."""
    last = others[-1]
    return head + last[len(head) :] if len(head) < len(last) else head
