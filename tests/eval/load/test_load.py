"""The load generator beside a small server that answers as told."""

import asyncio
import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import sleep
from typing import Any

import pytest

from eval.load.generator import Order, Result, generated, order_from, result_from, written
from eval.load.measuring import lines_of, quantile
from eval.load.mix import SHARES, Target, group_of, mixed

TARGET = Target("d1", ("s1", "s2"), "t1", "f1", ("全年完成工业投资100亿元。",))


def test_of_ten_thousand_requests_the_shares_are_those_of_the_mix() -> None:
    counted = Counter(group_of(one.kind) for one in mixed(10_000, TARGET, 1))
    for name, share in SHARES.items():
        assert counted[name] == pytest.approx(share * 100, abs=200)


def test_the_same_seed_asks_the_same_and_no_text_is_checked_twice() -> None:
    asked = mixed(500, TARGET, 3)
    assert asked == mixed(500, TARGET, 3)
    texts = [one.text for one in asked if one.text]
    assert len(set(texts)) == len(texts)


def test_an_order_and_a_result_read_as_they_were_written() -> None:
    order = Order("http://h", "t", TARGET, 2.0, 60)
    assert order_from(written(order)) == order
    told = json.dumps({"times": [["draft", 1.5]], "errors": {"edit 503": 1}, "seconds": 2.0})
    assert result_from(told) == Result([("draft", 1.5)], {"edit 503": 1}, seconds=2.0)


def test_the_quantile_is_the_value_that_so_many_do_not_exceed() -> None:
    times = [float(number) for number in range(1, 101)]
    assert [quantile(times, one) for one in (0.5, 0.95, 0.99, 1)] == [50, 95, 99, 100]
    assert quantile([7.0], 0.95) == 7.0


@pytest.mark.heavy
def test_a_server_that_falls_behind_is_seen_in_the_latencies() -> None:
    with _server(seconds=0.1) as url:
        result = asyncio.run(generated(Order(url, "t", TARGET, 1.0, 40)))
    assert sum(result.errors.values()) == 0
    assert len(result.times) == 40
    # One at a time and 0.1 s each: the last of forty is answered three seconds after its moment.
    assert max(time for _, time in result.times) > 2000


def test_an_edit_that_came_late_is_sent_again_and_an_error_is_counted() -> None:
    with _server(first_edit=412, checks=503) as url:
        result = asyncio.run(generated(Order(url, "t", TARGET, 1.0, 100)))
    kinds = Counter(kind for kind, _ in result.times)
    assert result.outrun == 1
    assert kinds["edit"] == sum(one.kind == "edit" for one in mixed(100, TARGET, 1))
    assert list(result.errors) == ["check 503"]
    lines = list(lines_of(result, Order(url, "t", TARGET, 1.0, 100)))
    assert lines[-1].startswith(f"errors {result.errors['check 503']} (aim 0): check 503")


@contextmanager
def _server(seconds: float = 0, first_edit: int = 200, checks: int = 200) -> Iterator[str]:
    """Answers every request after so long, one after the other."""
    turn, left = threading.Lock(), [first_edit]

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer(200)

        def do_POST(self) -> None:
            self._answer(checks)

        def do_PUT(self) -> None:
            self._answer(left.pop() if left else 200)

        def _answer(self, status: int) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            with turn:
                sleep(seconds)
            section: dict[str, Any] = {"version": 1, "text": "全年平稳。"}
            body = json.dumps({**section, "current": section}).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
