"""One built index over all passages: passages, vectors and words, in a folder of its own.

A generation is built whole and then only read; a change of the base builds another one.
Chroma holds masked text alone, the unmasked one stands beside it in `passages.jsonl`.
Imports chromadb and scipy: import this module where it is used.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import chromadb
from chromadb.config import Settings
from chromadb.errors import ChromaError
from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings
from langchain_core.vectorstores import VectorStore

from drafter.errors import OperatorError
from drafter.knowledge.embedders import Embedder
from drafter.knowledge.embedding import NgramEmbeddings
from drafter.knowledge.lexical import LexicalIndex
from drafter.knowledge.passages import content_hash, embedded_text
from drafter.records.passage import Passage

_COLLECTION = "passages"
_CHROMA, _WORDS = "chroma", "words"  # folders within a generation
# Chroma has no null, and what was written in an unknown year must never count as older.
_UNKNOWN_YEAR = 9999
_BATCH = 1000  # Chroma takes 5,461 at most


@dataclass(frozen=True, slots=True)
class Generation:
    """An index opened for searching; `close` it before its folder is removed."""

    passages: tuple[Passage, ...]
    lexical: LexicalIndex
    embeddings: Embeddings
    store: VectorStore
    client: Any
    places: Mapping[str, int]
    """Id of a passage -> its place in `passages`."""

    def nearest(
        self, text: str, *, organisation: str | None, before: int | None, count: int
    ) -> list[int]:
        """Places of the passages whose vectors are nearest to the text's, nearest first."""
        vector = self.embeddings.embed_query(text)
        if not any(vector):  # nothing of it is known: every passage is equally far
            return []
        found = self.store.similarity_search_by_vector(
            vector, k=min(count, len(self.passages)), filter=_where(organisation, before)
        )
        return [self.places[document.id] for document in found if document.id is not None]

    def vectors(self) -> dict[str, list[float]]:
        """The stored vector of each embedded text, so that it need not be asked for again."""
        held = self.client.get_collection(_COLLECTION, embedding_function=None).get(
            include=["documents", "embeddings"]
        )
        pairs = zip(held["documents"], held["embeddings"], strict=True)
        return {text: [float(x) for x in vector] for text, vector in pairs}

    def close(self) -> None:
        """Let go of Chroma's files."""
        self.client.close()


def _where(organisation: str | None, before: int | None) -> dict[str, Any] | None:
    """The filter in Chroma's own language."""
    terms: list[dict[str, Any]] = []
    if organisation is not None:
        terms.append({"organisation": organisation})
    if before is not None:
        terms.append({"year": {"$lt": before}})
    if len(terms) > 1:
        return {"$and": terms}
    return terms[0] if terms else None


@dataclass(slots=True)
class _Sparing(Embeddings):
    """Asks the embedder only for texts whose vectors are not known yet, and counts them."""

    embeddings: Embeddings
    known: dict[str, list[float]]
    asked: int = field(default=0)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        lacking = [text for text in dict.fromkeys(texts) if text not in self.known]
        vectors = self.embeddings.embed_documents(lacking) if lacking else []
        self.known.update(zip(lacking, vectors, strict=True))
        self.asked += len(lacking)
        return [self.known[text] for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return self.embeddings.embed_query(text)


def build(
    folder: Path,
    passages: Sequence[Passage],
    embedder: Embedder | None,
    known: Mapping[str, list[float]],
) -> int:
    """Write a generation into an empty folder.

    Args:
        folder: Where to; exists and is empty.
        passages: At least one.
        embedder: None for the offline one, which is fitted on these passages.
        known: Vectors of this embedder that need not be asked for again.

    Returns:
        How many texts were embedded.
    """
    texts = [embedded_text(passage) for passage in passages]
    if embedder is None:
        fitted = NgramEmbeddings.fit(texts)
        fitted.save(folder)
        sparing = _Sparing(fitted, {})
    else:
        sparing = _Sparing(embedder.build(), dict(known))
    _write_passages(folder, passages)
    _write_words(folder, texts)
    _write_vectors(folder, passages, texts, sparing)
    return sparing.asked


def _write_words(folder: Path, texts: Sequence[str]) -> None:
    (folder / _WORDS).mkdir()
    LexicalIndex.build(texts).save(folder / _WORDS)


def _write_passages(folder: Path, passages: Sequence[Passage]) -> None:
    with (folder / "passages.jsonl").open("w", encoding="utf-8", newline="\n") as stream:
        for passage in passages:
            stream.write(json.dumps(asdict(passage), ensure_ascii=False) + "\n")


def read_passages(folder: Path) -> Iterator[Passage]:
    """The passages of a generation, unmasked text included.

    Raises:
        OperatorError: They are gone or damaged.
    """
    try:
        with (folder / "passages.jsonl").open(encoding="utf-8") as stream:
            for line in stream:
                entry = json.loads(line)
                yield Passage(**{**entry, "path": tuple(entry["path"])})
    except (OSError, ValueError, TypeError) as error:
        raise _damaged(folder) from error


def _write_vectors(
    folder: Path, passages: Sequence[Passage], texts: Sequence[str], embeddings: Embeddings
) -> None:
    client = _client(folder)
    try:
        store = Chroma(
            client=client,
            collection_name=_COLLECTION,
            embedding_function=embeddings,
            collection_configuration={"hnsw": {"space": "cosine"}},
        )
        for at in range(0, len(passages), _BATCH):
            batch = passages[at : at + _BATCH]
            store.add_texts(
                texts[at : at + _BATCH],
                metadatas=[_metadata(passage) for passage in batch],
                ids=[passage.id for passage in batch],
            )
    finally:
        client.close()


def _metadata(passage: Passage) -> dict[str, Any]:
    return {
        "organisation": passage.organisation,
        "year": _UNKNOWN_YEAR if passage.year is None else passage.year,
        "section": passage.section,
        "path": " > ".join(passage.path),
        "hash": content_hash(passage),
    }


def _client(folder: Path) -> Any:
    """Chroma on the generation's own folder: no telemetry, nothing from the surroundings."""
    settings = Settings(
        anonymized_telemetry=False,
        chroma_otel_collection_endpoint="",
        _env_file=None,  # type: ignore[call-arg] # the .env of the place where we run is ours, not Chroma's
    )
    return chromadb.PersistentClient(path=str(folder / _CHROMA), settings=settings)


def open_generation(folder: Path, embedder: Embedder | None) -> Generation:
    """A generation that was built there, with the embedder it was built with.

    Raises:
        OperatorError: Part of it is gone or damaged.
    """
    passages = tuple(read_passages(folder))
    places = {passage.id: at for at, passage in enumerate(passages)}
    embeddings = embedder.build() if embedder else None
    if not (folder / _CHROMA).is_dir():  # Chroma would make an empty one
        raise _damaged(folder)
    try:
        embeddings = embeddings or NgramEmbeddings.load(folder)
        words = LexicalIndex.load(folder / _WORDS)
        with ExitStack() as undo:
            client = _client(folder)
            undo.callback(client.close)
            store = Chroma(
                client=client,
                collection_name=_COLLECTION,
                embedding_function=embeddings,
                create_collection_if_not_exists=False,
            )
            undo.pop_all()
    except (ChromaError, BadZipFile, OSError, ValueError, KeyError, EOFError) as error:
        raise _damaged(folder) from error
    return Generation(passages, words, embeddings, store, client, places)


def _damaged(folder: Path) -> OperatorError:
    return OperatorError(f"知识库的索引“{folder}”不完整；请删除知识库目录后重新入库。")
