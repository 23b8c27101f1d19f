"""Which embedder a knowledge base uses: the offline one, or an endpoint the operator named.

Light to import; the clients are built when first needed.
"""

import hashlib
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from drafter.errors import OperatorError

if TYPE_CHECKING:  # langchain takes 0.2 s to import, its clients two seconds
    from langchain_core.embeddings import Embeddings

OFFLINE = "ngram-svd-1"
"""Label of the offline embedder; changes whenever equal texts would get other vectors."""
BATCH = 10
"""Texts a request: some services refuse more."""
TIMEOUT = 60.0
"""Seconds that one request may take."""


@dataclass(frozen=True, slots=True)
class Embedder:
    """Embeddings with a name for what they are; another label makes the base embed anew."""

    label: str
    build: "Callable[[], Embeddings]"


def remote_embedder(name: str, *, base_url: str = "", key: str = "") -> Embedder:
    """An embedder behind any OpenAI-compatible endpoint; nothing is called yet.

    Args:
        name: The model's name at the endpoint.
        base_url: Address of the endpoint, up to and with /v1; '' for the client's own default.
        key: The key, where the endpoint wants one. It is kept in the client alone.
    """
    where = hashlib.sha256(f"{base_url}\n{name}".encode()).hexdigest()[:16]
    return Embedder(f"remote-{where}", lambda: _client(name, base_url, key))


def _client(name: str, base_url: str, key: str) -> "Embeddings":
    from langchain_core.embeddings import Embeddings  # noqa: PLC0415 - see the module's docstring
    from langchain_openai import OpenAIEmbeddings  # noqa: PLC0415 - likewise
    from pydantic import SecretStr  # noqa: PLC0415 - likewise

    client = OpenAIEmbeddings(
        model=name,
        base_url=base_url or None,
        # The client insists on a key even where the endpoint needs none.
        api_key=SecretStr(key or "none"),
        check_embedding_ctx_length=False,  # else it downloads a tokenizer
        chunk_size=BATCH,
        timeout=TIMEOUT,
        model_kwargs={"encoding_format": "float"},  # few endpoints know base64
    )

    class Endpoint(Embeddings):
        """Says in one sentence what went wrong, and lets no unusable vector through."""

        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return _checked(len(texts), lambda: client.embed_documents(texts), name)

        def embed_query(self, text: str) -> list[float]:
            return _checked(1, lambda: [client.embed_query(text)], name)[0]

    return Endpoint()


def _checked(count: int, ask: Callable[[], list[list[float]]], name: str) -> list[list[float]]:
    """The answer of an endpoint, or an error that speaks of the endpoint and tells no key."""
    try:
        vectors = ask()
    except Exception as error:  # noqa: BLE001 - answers that are no JSON raise any kind of error
        status = getattr(error, "status_code", None)
        what = type(error).__name__ if status is None else f"HTTP {status}"
        # Without the cause: endpoints repeat the key in their refusals.
        raise OperatorError(
            f"向量模型“{name}”调用失败（{what}）；请检查地址、密钥和网络，或改用离线向量。"
        ) from None
    lengths = {len(vector) for vector in vectors}
    usable = len(vectors) == count and len(lengths) <= 1 and 0 not in lengths
    if not usable or not all(math.isfinite(x) for vector in vectors for x in vector):
        raise OperatorError(f"向量模型“{name}”返回的向量不完整；请检查该服务，或改用离线向量。")
    return vectors
