"""Finds passages again: vectors, words and the very wording each rank them, the ranks are fused.

Reciprocal ranks need no common scale of the two scores. A bureau's own past texts, where
asked for, are ranked once more among themselves, so that they count double but do not shut
out a better passage of another bureau.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from drafter.knowledge.generation import Generation
from drafter.knowledge.manifest import clean_name
from drafter.numerals.masking import mask
from drafter.records.passage import Passage

DEPTH = 50
"""How far down each ranking is read."""
# Low, so that the top of one ranking outweighs the middle of both.
_DAMPING = 10
_HALF = 0.5  # words alone mislead a heading (取得新成绩 is everywhere); see `eval.retrieval`


def search(
    generation: Generation,
    text: str,
    *,
    organisation: str | None = None,
    before: int | None = None,
    k: int = 3,
) -> tuple[Passage, ...]:
    """The passages most like the text, best first, each with its fused `score`.

    Args:
        generation: The index.
        text: A heading or a few sentences; its numbers are masked before anything sees them.
        organisation: Whose passages are preferred.
        before: Only passages of earlier years; those of an unknown year are left out then.
        k: How many at most; of passages that read alike only the newest is given.
    """
    query = mask(text)
    owners = [None] if organisation is None else [None, clean_name(organisation)]
    texts = [passage.masked for passage in generation.passages]
    rankings: list[tuple[float, Sequence[int]]] = []
    for owner in owners:
        near = generation.nearest(query, organisation=owner, before=before, count=DEPTH)
        shared = _by_words(generation, query, owner, before)
        rankings += votes(near, shared, verbatim(query, shared, texts))
    return _best(generation.passages, fuse(rankings), k)


def _by_words(
    generation: Generation, query: str, organisation: str | None, before: int | None
) -> list[int]:
    """Places of the passages that share words with the query, most first."""
    scores = generation.lexical.scores(query)
    ranked = (int(at) for at in np.argsort(-scores, kind="stable") if scores[at] > 0)
    fitting = (at for at in ranked if _fits(generation.passages[at], organisation, before))
    return [at for at, _ in zip(fitting, range(DEPTH), strict=False)]


def _fits(passage: Passage, organisation: str | None, before: int | None) -> bool:
    if organisation is not None and passage.organisation != organisation:
        return False
    return before is None or (passage.year is not None and passage.year < before)


def verbatim(query: str, shared: Sequence[int], texts: Sequence[str]) -> list[int]:
    """Those of the places whose text holds the query as it is, in the same order.

    A third vote: the name of an indicator is looked up to find where it is spoken of, and a
    vector of four characters says little.
    """
    phrase = query.strip()
    return [place for place in shared if phrase in texts[place]]


def votes(
    near: Sequence[int], shared: Sequence[int], exact: Sequence[int]
) -> list[tuple[float, Sequence[int]]]:
    """The rankings by vectors, by words and by the very wording, with what each counts."""
    return [(1.0, near), (_HALF, shared), (1.0, exact)]


def fuse(rankings: Iterable[tuple[float, Sequence[int]]]) -> dict[int, float]:
    """Place -> weighed sum of its reciprocal ranks over all rankings."""
    scores: dict[int, float] = defaultdict(float)
    for weight, ranking in rankings:
        for rank, place in enumerate(ranking, start=1):
            scores[place] += weight / (_DAMPING + rank)
    return dict(scores)


def _best(passages: Sequence[Passage], scores: dict[int, float], k: int) -> tuple[Passage, ...]:
    """The k highest; what reads alike is given once, in its newest form."""
    ranked = sorted(scores, key=lambda at: (-scores[at], passages[at].id))
    newest: dict[str, Passage] = {}
    for at in ranked:
        passage = replace(passages[at], score=scores[at])
        held = newest.get(passage.masked)
        if held is None:
            newest[passage.masked] = passage
        elif (passage.year or 0) > (held.year or 0):
            newest[passage.masked] = replace(passage, score=held.score)
    return tuple(newest.values())[:k]
