"""The offline embedder: character n-grams, TF-IDF, reduced by a singular value decomposition.

Fitted on the knowledge base itself, so nothing is ever downloaded. The same passages give the
same vectors: the decomposition starts from a fixed vector and the signs of its axes are fixed.
Imports numpy and scipy: import this module where it is used.
"""

import hashlib
import json
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt
from langchain_core.embeddings import Embeddings
from scipy.sparse import csr_array
from scipy.sparse.linalg import svds

from drafter.knowledge.embedders import OFFLINE
from drafter.numerals.masking import PLACEHOLDER

DIMENSIONS = 128
# Directions weaker than this share of the strongest are rounding noise (equal passages).
_NOISE = 1e-6
_WORDS = re.compile(r"\w+")


def grams(text: str) -> list[str]:
    """Characters and pairs of neighbouring characters; placeholders and punctuation part them."""
    folded = unicodedata.normalize("NFKC", PLACEHOLDER.sub(" ", text)).lower()
    found: list[str] = []
    for run in _WORDS.findall(folded):
        found += run
        found += (run[i : i + 2] for i in range(len(run) - 1))
    return found


@dataclass(frozen=True, slots=True)
class NgramEmbeddings(Embeddings):
    """A fitted embedder: `components` has a row for each dimension, a column for each n-gram.

    Vectors have length 1; a text of which no n-gram is known has the vector zero.
    """

    vocabulary: dict[str, int]
    weights: npt.NDArray[np.float64]
    components: npt.NDArray[np.float32]
    version: str

    @classmethod
    def fit(cls, texts: Sequence[str]) -> Self:
        """An embedder fitted on at least one text with at least one character."""
        counted = [Counter(grams(text)) for text in texts]
        vocabulary = {gram: at for at, gram in enumerate(sorted(set().union(*counted)))}
        frequency = np.zeros(len(vocabulary))
        for counts in counted:
            frequency[[vocabulary[gram] for gram in counts]] += 1
        weights = np.log((1 + len(texts)) / (1 + frequency)) + 1
        matrix = _matrix(counted, vocabulary, weights)
        return cls(vocabulary, weights, _axes(matrix), _version(vocabulary, texts))

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector for each text, in their order."""
        if not texts:
            return []
        counted = [Counter(grams(text)) for text in texts]
        vectors = _matrix(counted, self.vocabulary, self.weights) @ self.components.T
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        scaled: list[list[float]] = (vectors / np.where(lengths > 0, lengths, 1)).tolist()
        return scaled

    def embed_query(self, text: str) -> list[float]:
        """The vector of one text."""
        return self.embed_documents([text])[0]

    def save(self, folder: Path) -> None:
        """Write `embedder.npz` and `embedder.json`: numbers and words, nothing executable."""
        np.savez(folder / "embedder.npz", weights=self.weights, components=self.components)
        words = {"version": self.version, "vocabulary": list(self.vocabulary)}
        text = json.dumps(words, ensure_ascii=False)
        (folder / "embedder.json").write_text(text, encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Self:
        """The embedder that was saved there."""
        words = json.loads((folder / "embedder.json").read_text(encoding="utf-8"))
        vocabulary = {gram: at for at, gram in enumerate(words["vocabulary"])}
        with (
            (folder / "embedder.npz").open("rb") as stream,
            np.load(stream, allow_pickle=False) as arrays,
        ):
            return cls(vocabulary, arrays["weights"], arrays["components"], words["version"])


def _matrix(
    counted: Sequence[Counter[str]], vocabulary: dict[str, int], weights: npt.NDArray[np.float64]
) -> csr_array:
    """A row of length 1 for each text: dampened counts, rare n-grams weighing more."""
    columns: list[int] = []
    values: list[float] = []
    ends = [0]
    for counts in counted:
        known = [(vocabulary[g], 1 + math.log(n)) for g, n in counts.items() if g in vocabulary]
        weighed = [(column, value * float(weights[column])) for column, value in sorted(known)]
        length = math.sqrt(sum(value * value for _, value in weighed)) or 1.0
        columns += [column for column, _ in weighed]
        values += [value / length for _, value in weighed]
        ends.append(len(columns))
    return csr_array((values, columns, ends), shape=(len(counted), len(vocabulary)))


def _axes(matrix: csr_array) -> npt.NDArray[np.float32]:
    """The strongest directions of the rows, at most `DIMENSIONS`, strongest first."""
    count = min(DIMENSIONS, min(matrix.shape) - 1)
    if count < 1:  # one text has one direction, and the solver wants two rows at least
        return _signed(matrix.toarray()[:1]).astype(np.float32)
    start = np.ones(min(matrix.shape))
    _, strengths, axes = svds(matrix, k=count, v0=start)
    order = np.argsort(-strengths)
    kept = order[strengths[order] > _NOISE * strengths.max()]
    return _signed(axes[kept]).astype(np.float32)


def _signed(axes: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Axes turned so that each one's largest entry is positive: the solver leaves that open."""
    largest = axes[np.arange(len(axes)), np.abs(axes).argmax(axis=1)]
    turned: npt.NDArray[np.float64] = axes * np.where(largest < 0, -1.0, 1.0)[:, None]
    return turned


def _version(vocabulary: dict[str, int], texts: Sequence[str]) -> str:
    digest = hashlib.sha256(OFFLINE.encode())
    for part in (*vocabulary, "", *texts):
        digest.update(part.encode())
        digest.update(b"\0")
    return f"{OFFLINE}-{digest.hexdigest()[:16]}"
