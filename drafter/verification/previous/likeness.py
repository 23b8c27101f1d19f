"""How alike two stretches of text are, and which older one is nearest (Dice over shingles)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from drafter.verification.previous.pages import Sentence
from drafter.verification.previous.writings import Likelihood


def like_pairs(
    ours: Sequence[Sentence], theirs: Sequence[Sentence], chosen: Likelihood
) -> Iterator[tuple[Sentence, Sentence, float]]:
    """Each sentence with the older one most like it, where that is like enough."""
    index: dict[str, list[int]] = defaultdict(list)
    for at, sentence in enumerate(theirs):
        for shingle in sentence.shingles:
            index[shingle].append(at)
    for sentence in ours:
        if len(sentence.text) < chosen.shortest:
            continue
        best, likeness = nearest(
            sentence.shingles, index, [one.shingles for one in theirs], chosen.commonest
        )
        if best is not None and likeness >= chosen.like:
            yield sentence, theirs[best], likeness


def nearest(
    shingles: Iterable[str],
    index: dict[str, list[int]],
    candidates: Sequence[frozenset[str]],
    commonest: int,
) -> tuple[int | None, float]:
    """The candidate most like the shingles, and how alike they are; None where none shares any.

    Args:
        shingles: What is sought.
        index: Positions in `candidates` by shingle.
        candidates: Where it is sought.
        commonest: Shingles of more candidates than this find nothing.
    """
    own = frozenset(shingles)
    shared: Counter[int] = Counter()
    for shingle in own:
        holders = index.get(shingle, ())
        if len(holders) <= commonest:
            shared.update(holders)
    # Few are worth a full comparison; ties go to the earlier sentence, run after run.
    likely = sorted(shared, key=lambda at: (-_dice(shared[at], own, candidates[at]), at))[:4]
    best = max(likely, key=lambda at: (alike(own, candidates[at]), -at), default=None)
    return best, alike(own, candidates[best]) if best is not None else 0.0


def _dice(shared: int, one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * shared / (len(one) + len(other)) if one or other else 0.0


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """Dice's coefficient: twice what is shared, of all that both have; 0 to 1."""
    return _dice(len(one & other), one, other)
