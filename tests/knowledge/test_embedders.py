"""Remote embeddings against a real server on the loopback: what is sent, and how it fails."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from drafter.errors import OperatorError
from drafter.knowledge.embedders import BATCH, remote_embedder

KEY = "sk-not-a-real-key"


class Endpoint(ThreadingHTTPServer):
    """Embeds a text as its length; `answer` replaces what is sent back."""

    answer: tuple[int, str] | None = None

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.requests: list[dict[str, object]] = []
        self.keys: list[str | None] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


class Handler(BaseHTTPRequestHandler):
    server: Endpoint

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append(request)
        self.server.keys.append(self.headers["Authorization"])
        vectors = [
            {"object": "embedding", "index": at, "embedding": [len(text), 1.0]}
            for at, text in enumerate(request["input"])
        ]
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        whole = {"object": "list", "data": vectors, "model": request["model"], "usage": usage}
        status, body = self.server.answer or (200, json.dumps(whole))
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Keep the tests' output clean."""


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with Endpoint() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_texts_are_sent_as_they_are_and_in_small_batches(endpoint: Endpoint):
    embeddings = remote_embedder("bge-m3", base_url=endpoint.url).build()
    texts = ["工业" * n for n in range(1, BATCH + 3)]
    assert embeddings.embed_documents(texts) == [[len(text), 1.0] for text in texts]
    assert [request["input"] for request in endpoint.requests] == [texts[:BATCH], texts[BATCH:]]
    assert {request["model"] for request in endpoint.requests} == {"bge-m3"}


def test_the_key_is_sent_and_none_is_needed(endpoint: Endpoint):
    remote_embedder("bge-m3", base_url=endpoint.url, key=KEY).build().embed_query("工业")
    remote_embedder("bge-m3", base_url=endpoint.url).build().embed_query("工业")
    assert endpoint.keys[0] == f"Bearer {KEY}"
    assert endpoint.keys[1] != endpoint.keys[0]


@pytest.mark.parametrize(
    ("status", "body"),
    [
        pytest.param(401, json.dumps({"error": {"message": f"bad key {KEY}"}}), id="refused"),
        pytest.param(404, "", id="no such model"),
        pytest.param(200, "<html>login</html>", id="a page instead of vectors"),
        pytest.param(200, "{", id="broken"),
        pytest.param(200, json.dumps({"object": "list", "data": [], "model": "m"}), id="nothing"),
        pytest.param(
            200,
            json.dumps({"data": [{"index": 0, "object": "embedding", "embedding": []}]}),
            id="an empty vector",
        ),
    ],
)
def test_a_bad_answer_is_one_clear_sentence_without_the_key(
    endpoint: Endpoint, status: int, body: str
):
    endpoint.answer = (status, body)
    embeddings = remote_embedder("bge-m3", base_url=endpoint.url, key=KEY).build()
    with pytest.raises(OperatorError, match="bge-m3") as caught:
        embeddings.embed_query("工业")
    assert KEY not in str(caught.value)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_an_endpoint_that_is_not_there_is_named():
    embeddings = remote_embedder("bge-m3", base_url="http://127.0.0.1:9/v1").build()
    with pytest.raises(OperatorError, match="调用失败"):
        embeddings.embed_documents(["工业"])


def test_the_label_tells_models_and_places_apart_but_not_keys():
    def label(name: str, base_url: str, key: str = "") -> str:
        return remote_embedder(name, base_url=base_url, key=key).label

    assert label("a", "http://x/v1") != label("b", "http://x/v1")
    assert label("a", "http://x/v1") != label("a", "http://y/v1")
    assert label("a", "http://x/v1", "k1") == label("a", "http://x/v1", "k2")
