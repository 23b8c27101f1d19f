"""Ranking by shared words without a dictionary: BM25 over pairs of neighbouring characters.

Finds what vectors blur: a rare term, a name. Imports bm25s: import this module where it is used.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import bm25s
import numpy as np
import numpy.typing as npt

from drafter.knowledge.embedding import grams

_EMPTY = "\0"  # stands for a text without a pair of characters: the index wants a token a text


@dataclass(frozen=True, slots=True)
class LexicalIndex:
    """BM25 over a fixed sequence of texts."""

    index: Any

    @classmethod
    def build(cls, texts: Sequence[str]) -> Self:
        """An index over at least one text."""
        index = bm25s.BM25()
        index.index([_pairs(text) or [_EMPTY] for text in texts], show_progress=False)
        return cls(index)

    def scores(self, query: str) -> npt.NDArray[np.float32]:
        """A score for each text, in their order; 0 where nothing is shared."""
        known = [pair for pair in _pairs(query) if pair in self.index.vocab_dict]
        if not known:
            return np.zeros(self.index.scores["num_docs"], dtype=np.float32)
        found: npt.NDArray[np.float32] = self.index.get_scores(known)
        return found

    def save(self, folder: Path) -> None:
        """Write the index into the folder: arrays and JSON, nothing executable."""
        self.index.save(str(folder), show_progress=False)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """The index that was saved there."""
        return cls(bm25s.BM25.load(str(folder), show_progress=False))


def _pairs(text: str) -> list[str]:
    return [gram for gram in grams(text) if len(gram) == 2]
