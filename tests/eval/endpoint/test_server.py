"""The scripted server over real HTTP."""

import json
import re
import urllib.error
import urllib.request
from http.client import HTTPException
from typing import Any

import pytest

from eval.endpoint.faults import FAULTS
from eval.endpoint.scripts import good, offers
from eval.endpoint.server import ScriptedServer

PROMPT = "可用的引用：\n- {{ 工业投资.值 }}：全县工业投资\n- {{ F07.全称 }}：活动\n- {{ 据.F07 }}\n"
HANGING = {"silent", "silent-after-headers", "stalled"}


def asked(server: ScriptedServer, *, stream: bool = True, timeout: float = 5) -> str:
    body: dict[str, Any] = {"model": "m", "messages": [{"role": "user", "content": PROMPT}]}
    if stream:
        body |= {"stream": True, "stream_options": {"include_usage": True}}
    request = urllib.request.Request(  # noqa: S310 - loopback
        f"{server.url}/chat/completions",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json", "Authorization": "Bearer secret-key"},
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=timeout) as answer:
        return str(answer.read().decode("utf-8", "replace"))


def told(stream: str) -> str:
    events = [json.loads(one[6:]) for one in stream.split("\n\n") if one.startswith("data: {")]
    return "".join(
        choice["delta"].get("content") or "" for event in events for choice in event["choices"]
    )


def test_offers_are_read_out_of_the_prompt():
    assert offers(PROMPT)[0] == ("{{ 工业投资.值 }}", "全县工业投资")
    assert [one for one, _ in offers(PROMPT)][1:] == ["{{ F07.全称 }}", "{{ 据.F07 }}"]


def test_a_good_answer_uses_what_is_offered_and_nothing_else():
    assert set(re.findall(r"\{\{.*?\}\}", good(PROMPT))) <= {one for one, _ in offers(PROMPT)}
    assert "{{ 据.F07 }}" in good(PROMPT)


def test_an_answer_streams_with_usage_and_done():
    with ScriptedServer() as server:
        stream = asked(server)
    assert told(stream) == good(PROMPT)
    assert '"completion_tokens"' in stream
    assert stream.endswith("data: [DONE]\n\n")


def test_an_answer_comes_in_one_piece_where_that_was_asked_for():
    with ScriptedServer() as server:
        whole = json.loads(asked(server, stream=False))
    assert whole["choices"][0]["message"]["content"] == good(PROMPT)
    assert whole["usage"]["total_tokens"] > 0


def test_the_copier_returns_its_prompt():
    with ScriptedServer("copier") as server:
        assert told(asked(server)) == PROMPT


def test_requests_are_kept_without_keys():
    with ScriptedServer() as server:
        asked(server)
    assert server.requests[0]["messages"][0]["content"] == PROMPT
    assert "secret-key" not in repr(server.requests)


def test_a_fault_may_befall_the_first_call_alone():
    with ScriptedServer(faulty=lambda number: None if number else "failing") as server:
        with pytest.raises(urllib.error.HTTPError) as raised:
            asked(server)
        assert raised.value.code == 500
        raised.value.close()
        assert told(asked(server)) == good(PROMPT)


def test_there_are_forty_faults_and_each_says_what_it_does():
    assert len(FAULTS) >= 40
    assert all((act.__doc__ or "").strip() for act in FAULTS.values())


ENDLESS = {"comments-only", "thinks-for-ever"}


@pytest.mark.parametrize("name", sorted(set(FAULTS) - ENDLESS))
def test_a_fault_is_no_good_answer(name: str):
    with ScriptedServer(faulty=lambda _: name, drip=0.001) as server:
        try:
            stream = asked(server, timeout=0.3 if name in HANGING else 5)
        except urllib.error.HTTPError as error:
            error.close()
            return
        except (OSError, HTTPException):
            return
        alike = name in {"dripping", "usage-missing", "usage-negative", "usage-huge", "no-done"}
        assert alike or told_or_raw(stream) != good(PROMPT)


@pytest.mark.parametrize("name", sorted(ENDLESS))
def test_an_endless_answer_goes_on_without_a_word_of_it(name: str):
    with ScriptedServer(faulty=lambda _: name, drip=0.001) as server:
        url = f"{server.url}/chat/completions"
        request = urllib.request.Request(url, data=b'{"stream": true}')  # noqa: S310 - our own server
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310 - likewise
            said = answer.read(20_000).decode("utf-8", "replace")
    assert len(said) > 5_000
    assert '"content"' not in said


def told_or_raw(stream: str) -> str:
    try:
        return told(stream)
    except (ValueError, KeyError):
        return stream
