"""Every fault of the scripted server, over real HTTP, has the outcome that it should have."""

import gc
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from time import monotonic, sleep

import pytest

from drafter.endpoint.asking import Answer, Endpoint, Limits, _drips, _said, openai_model
from drafter.endpoint.failures import Failure, seconds_to_wait
from eval.endpoint.faults import FAULTS
from eval.endpoint.scripts import good
from eval.endpoint.server import ScriptedServer

PROMPT = "- {{ 工业投资.值 }}：全县工业投资\n- {{ F07.全称 }}：活动\n"
SCALED = Limits(first_token=0.6, between_tokens=0.4, call=2, patience=1, backoff=0.01, pace=50)

OUTCOMES = {
    "unauthorized": "key",
    "forbidden": "key",
    "no-such-model": "model",
    "context-too-long": "context",
    "busy": "busy",
    "busy-short": "busy",
    "busy-long": "busy",
    "busy-garbage": "busy",
    "busy-date": "busy",
    "failing": "failing",
    "unavailable": "failing",
    "gateway-timeout": "failing",
    "bad-gateway-html": "failing",
    "redirected": "redirect",
    "html-page": "format",
    "broken-json": "format",
    "wrong-charset": "format",
    "reset-first": "unreachable",
    "reset-midway": "unreachable",
    "header-flood": "unreachable",
    "gzip-bomb": "unreachable",
    "silent": "silent",
    "silent-after-headers": "silent",
    "stalled": "stalled",
    "dripping": "stalled",
    "comments-only": "silent",
    "thinks-for-ever": "stalled",
    "error-in-stream": "format",
    "no-finish": "truncated",
    "no-choices": "truncated",
    "giant": "large",
    "empty": "empty",
    "blank": "empty",
    "null-content": "empty",
    "reasoning-only": "empty",
    "role-only": "empty",
    "tool-call": "empty",
    "refusal": "empty",
    "filtered": "filtered",
    "cut-by-length": "length",
}
TEXTS = {
    *("thinking", "thinking-unclosed", "fenced", "as-json", "preface", "closing", "english"),
    *("traditional", "markdown", "html", "repeating", "control-characters", "bidirectional"),
    *("injected-loop", "injected-class", "injected-comment", "unknown-reference"),
    *("literal-numbers", "chinese-numbers", "no-done", "unstreamed"),
    *("several-choices", "told-twice"),
    *("usage-missing", "usage-negative", "usage-huge"),
}
"""Whole answers with another text: to be judged by what reads the text, not by the client."""


@pytest.fixture
def endpoint(request: pytest.FixtureRequest) -> Iterator[tuple[Endpoint, ScriptedServer]]:
    name = getattr(request, "param", None)
    with (
        ScriptedServer(faulty=lambda _: name, drip=0.3) as server,
        Endpoint(lambda: openai_model("m", base_url=server.url, key="sk-secret"), SCALED) as one,
    ):
        yield one, server


def ask(endpoint: Endpoint) -> Answer | Failure:
    return endpoint.ask([("system", "写工作总结"), ("human", PROMPT)])


def test_every_fault_has_an_outcome():
    assert set(OUTCOMES) | TEXTS == set(FAULTS)


@pytest.mark.parametrize(
    ("endpoint", "code"), sorted(OUTCOMES.items()), indirect=["endpoint"], ids=sorted(OUTCOMES)
)
def test_a_fault_has_its_outcome(endpoint: tuple[Endpoint, ScriptedServer], code: str):
    told = ask(endpoint[0])
    assert isinstance(told, Failure)
    assert told.code == f"endpoint.{code}"
    assert "secret" not in repr(told)


@pytest.mark.parametrize("endpoint", sorted(TEXTS), indirect=True)
def test_a_whole_answer_comes_through(endpoint: tuple[Endpoint, ScriptedServer]):
    assert isinstance(ask(endpoint[0]), Answer)


def test_a_good_answer_with_its_tokens_and_progress(endpoint: tuple[Endpoint, ScriptedServer]):
    heard: list[int] = []
    told = endpoint[0].ask([("human", PROMPT)], progress=heard.append)
    assert isinstance(told, Answer)
    assert told.text == good(PROMPT)
    assert told.answer_tokens
    assert heard[-1] == len(told.text)


@pytest.mark.parametrize("endpoint", ["unauthorized"], indirect=True)
def test_what_an_operator_must_mend_is_not_tried_again(
    endpoint: tuple[Endpoint, ScriptedServer],
):
    ask(endpoint[0])
    assert len(endpoint[1].requests) == 1


def test_a_passing_fault_is_tried_again():
    with (
        ScriptedServer(faulty=lambda number: None if number else "failing") as server,
        Endpoint(lambda: openai_model("m", base_url=server.url), SCALED) as endpoint,
    ):
        told = ask(endpoint)
    assert isinstance(told, Answer)
    assert told.attempts == 2


@pytest.mark.parametrize("endpoint", ["silent"], indirect=True)
def test_a_dead_endpoint_costs_one_wave(endpoint: tuple[Endpoint, ScriptedServer]):
    began = monotonic()
    told = [ask(endpoint[0]) for _ in range(12)]
    assert [one.code for one in told if isinstance(one, Failure)][1:] == ["endpoint.down"] * 11
    assert len(endpoint[1].requests) == 1
    assert monotonic() - began < 12 * SCALED.first_token / 2


def test_what_is_in_flight_ends_when_the_endpoint_goes_down():
    faults = {0: "stalled"}
    with (
        ScriptedServer(faulty=lambda number: faults.get(number, "silent")) as server,
        Endpoint(
            lambda: openai_model("m", base_url=server.url), replace(SCALED, first_token=5)
        ) as endpoint,
    ):
        began, told = monotonic(), list[Answer | Failure]()
        threads = [threading.Thread(target=lambda: told.append(ask(endpoint))) for _ in range(4)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
    assert monotonic() - began < 4
    failed = [one for one in told if isinstance(one, Failure)]
    assert sorted(one.code for one in failed) == ["endpoint.down"] * 3 + ["endpoint.stalled"]
    assert all("停住" in one.message for one in failed)


def test_one_stalled_stream_among_answers_is_no_dead_endpoint():
    with (
        ScriptedServer(faulty=lambda number: None if number else "silent") as server,
        Endpoint(lambda: openai_model("m", base_url=server.url), SCALED) as endpoint,
    ):
        endpoint.prepare()
        slow = threading.Thread(target=lambda: ask(endpoint))
        slow.start()
        while not server.requests:
            sleep(0.01)
        assert isinstance(ask(endpoint), Answer)
        slow.join()
        assert not endpoint.down


def test_many_broken_answers_at_once_leave_no_error_behind(caplog: pytest.LogCaptureFixture):
    for _ in range(5):
        with (
            ScriptedServer(faulty=lambda _: "broken-json") as server,
            Endpoint(lambda: openai_model("m", base_url=server.url), SCALED) as endpoint,
            ThreadPoolExecutor(8) as pool,
        ):
            list(pool.map(lambda _, one=endpoint: ask(one), range(8)))
    gc.collect()
    assert "never retrieved" not in caplog.text


def test_closing_does_not_wait_for_an_answer():
    with ScriptedServer(faulty=lambda _: "silent") as server:
        endpoint = Endpoint(
            lambda: openai_model("m", base_url=server.url), replace(SCALED, first_token=30)
        )
        told: list[Answer | Failure] = []
        asking = threading.Thread(target=lambda: told.append(ask(endpoint)))
        with endpoint:
            asking.start()
            while not server.requests:
                sleep(0.01)
        asking.join(2)
        assert [one.code for one in told if isinstance(one, Failure)] == ["endpoint.down"]


def test_one_that_was_stopped_ends_what_is_in_flight_and_asks_no_more():
    with ScriptedServer(faulty=lambda _: "silent") as server:
        limits = replace(SCALED, first_token=30)
        with Endpoint(lambda: openai_model("m", base_url=server.url), limits) as endpoint:
            told: list[Answer | Failure] = []
            asking = threading.Thread(target=lambda: told.append(ask(endpoint)))
            asking.start()
            while not server.requests:
                sleep(0.01)
            endpoint.stop()
            asking.join(2)
            told.append(ask(endpoint))
        assert [one.code for one in told if isinstance(one, Failure)] == ["endpoint.down"] * 2
        assert len(server.requests) == 1


@pytest.mark.parametrize(
    "fault", ["unreachable", "silent", "silent-after-headers", "stalled", "dripping"]
)
def test_a_draft_of_many_calls_ends_within_the_time_of_two_waits(fault: str):
    """Scaled by a hundred: 150 seconds are 1.5, the start of the client not counted."""
    scaled = Limits(
        first_token=0.6, between_tokens=0.2, call=3, patience=0.45, backoff=0.01, pace=100
    )
    with ScriptedServer(faulty=lambda _: fault, drip=0.15) as server:
        url = "http://127.0.0.1:9/v1" if fault == "unreachable" else server.url
        with Endpoint(lambda: openai_model("m", base_url=url), scaled) as endpoint:
            endpoint._made()
            began = monotonic()
            with ThreadPoolExecutor(8) as pool:
                told = list(pool.map(lambda _: ask(endpoint), range(20)))
            taken = monotonic() - began
    assert all(isinstance(one, Failure) for one in told)
    assert taken < 1.5


def test_a_late_retry_a_late_first_token_and_a_drip_together_end_in_that_time_too():
    scaled = Limits(
        first_token=0.6, between_tokens=0.2, call=3, patience=0.45, backoff=0.3, pace=1000
    )
    faults = {0: "failing"}
    with (
        ScriptedServer(faulty=faults.get, before=0.5, latency=0.15) as server,
        Endpoint(lambda: openai_model("m", base_url=server.url), scaled) as endpoint,
    ):
        endpoint._made()
        began = monotonic()
        told = ask(endpoint)
        taken = monotonic() - began
    assert isinstance(told, Failure)
    assert told.code in ("endpoint.stalled", "endpoint.failing")
    assert len(server.requests) == 2
    assert taken < 1.5


@pytest.mark.parametrize(
    ("size", "streamed", "attempted", "drips"),
    [
        (600, 59, 59, False),  # nobody is judged before the time for a first token is over
        (59, 61, 61, True),
        (3, 5, 66, True),  # it began late, and brings next to nothing
        (60, 6, 66, False),  # it began late and is quick
        (700, 600, 601, False),
    ],
)
def test_a_stream_is_too_slow_by_what_it_brings_in_its_time(
    size: int, streamed: float, attempted: float, drips: bool
):
    assert _drips(size, streamed, attempted, Limits()) == drips


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("正文", "正文"),
        ([{"type": "text", "text": "正"}, "文"], "正文"),
        ([{"type": "image"}], ""),
        (None, ""),
    ],
)
def test_content_in_parts_is_its_text_and_never_its_printed_form(content: object, said: str):
    assert _said(content) == said


def test_neither_proxies_nor_tracing_of_the_surroundings_are_contacted(
    monkeypatch: pytest.MonkeyPatch,
):
    with socket.create_server(("127.0.0.1", 0)) as trap, ScriptedServer() as server:
        trap.settimeout(0.2)
        address = f"http://127.0.0.1:{trap.getsockname()[1]}"
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "LANGSMITH_ENDPOINT"):
            monkeypatch.setenv(name, address)
        monkeypatch.setenv("OPENAI_BASE_URL", address)
        monkeypatch.setenv("LANGSMITH_TRACING", "true")
        monkeypatch.setenv("LANGSMITH_API_KEY", "trap")
        with Endpoint(lambda: openai_model("m", base_url=server.url), SCALED) as endpoint:
            assert isinstance(ask(endpoint), Answer)
        with pytest.raises(TimeoutError):
            trap.accept()


def test_many_threads_may_ask_at_once(endpoint: tuple[Endpoint, ScriptedServer]):
    told: list[Answer | Failure] = []
    threads = [threading.Thread(target=lambda: told.append(ask(endpoint[0]))) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert [type(one) for one in told] == [Answer] * 8


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("2", 2.0),
        ("-3", 0.0),
        ("soon", None),
        ("nan", None),
        (None, None),
        ("Thu, 01 Jan 1970 00:01:00 GMT", 50.0),
    ],
)
def test_retry_after_in_all_its_forms(written: str | None, seconds: float | None):
    assert seconds_to_wait(written, now=10.0) == seconds
