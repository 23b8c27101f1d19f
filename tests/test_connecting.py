"""The operator's model as one callable: every request gets a reply, never an exception."""

import logging
from decimal import Decimal
from pathlib import Path

import pytest

from drafter.connecting import OPENAI, connected, prices
from drafter.errors import OperatorError, RequestError
from drafter.settings import Settings, load_settings
from eval.endpoint.scripts import good
from eval.endpoint.server import ScriptedServer

PROMPT = "- {{ 工业投资.值 }}：全县工业投资\n"
MESSAGES = [("system", "写工作总结"), ("user", PROMPT)]
SAID = good("\n".join(text for _, text in MESSAGES))
SECRET = "sk-none-of-your-business"  # noqa: S105 - an invented one


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("DRAFTER_API_KEY", "OPENAI_API_KEY", "DRAFTER_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


def settings(**given: object) -> Settings:
    quick = {"model_first_token": 1.0, "model_between_tokens": 1.0, "model_backoff": 0.01}
    return Settings(**(quick | given))  # type: ignore[arg-type]


def test_an_answer_with_its_counts_and_its_price(tmp_path: Path):
    table = tmp_path / "价格.yaml"
    table.write_text("models:\n  some: {prompt: 2, answer: 8.5}\n", encoding="utf-8")
    with (
        ScriptedServer() as server,
        connected("openai:some", server.url, settings(model_prices=table)) as one,
    ):
        told = one.ask(MESSAGES)
    assert (told.text, told.failure, one.name) == (SAID, "", "some")
    assert told.prompt_tokens
    assert told.answer_tokens
    wanted = (2 * told.prompt_tokens + Decimal("8.5") * told.answer_tokens) / 1_000_000
    assert told.cost == wanted


def test_without_a_price_nothing_is_said_of_cost():
    with ScriptedServer() as server, connected("openai:m", server.url, settings()) as one:
        assert one.ask(MESSAGES).cost is None


@pytest.mark.parametrize(
    "text",
    [
        "models: 5",
        "- a",
        "models:\n  m: {prompt: viel}",
        "models:\n  m: {prompt: -1, answer: 2}",
        "models:\n  m: {prompt: NaN, answer: 2}",
        ": :",
    ],
)
def test_a_price_table_of_another_form_is_refused(tmp_path: Path, text: str):
    table = tmp_path / "价格.yaml"
    table.write_text(text, encoding="utf-8")
    with pytest.raises(OperatorError, match="DRAFTER_MODEL_PRICES"):
        prices(table)
    with pytest.raises(OperatorError, match="无法读取"):
        prices(tmp_path / "没有.yaml")


def test_a_failing_endpoint_is_a_reply():
    with (
        ScriptedServer(faulty=lambda _: "unauthorized") as server,
        connected("openai:m", server.url, settings()) as one,
    ):
        told, again = one.ask(MESSAGES), one.ask(MESSAGES)
    assert (told.failure, told.text) == ("endpoint.key", "")
    assert "DRAFTER_API_KEY" in told.message
    assert again.failure == "endpoint.down"
    assert "DRAFTER_API_KEY" in again.message


def test_without_key_and_address_nothing_is_called():
    with connected("openai:m", "", settings()) as one:
        told = one.ask(MESSAGES)
    assert (told.failure, told.attempts) == ("endpoint.key", 0)
    assert "DRAFTER_API_KEY" in told.message


def test_the_address_of_the_settings_is_taken_where_none_is_given(monkeypatch: pytest.MonkeyPatch):
    with ScriptedServer() as server:
        monkeypatch.setenv("DRAFTER_BASE_URL", server.url)
        with connected("openai:m", "", load_settings()) as one:
            assert one.ask(MESSAGES).text
    assert OPENAI.endswith("/v1")


@pytest.mark.parametrize(
    "url",
    ["ftp://h/v1", "h/v1", "http://", "http://[::1", "http://h:99999/v1", "javascript:alert(1)"],
)
def test_an_address_that_is_none_is_refused(url: str):
    with (
        pytest.raises(RequestError, match="http://主机:端口/v1"),
        connected("openai:m", url, settings()),
    ):
        pass


class TestReplaying:
    def test_a_second_run_calls_nobody(self, tmp_path: Path):
        kept = settings(model_cache=tmp_path / "kept")
        with ScriptedServer() as server:
            with connected("openai:m", server.url, kept) as one:
                first = [one.ask(MESSAGES), one.ask(MESSAGES)]
            assert len(server.requests) == 2  # the same again is asked again
            with connected("openai:m", server.url, kept) as one:
                second = [one.ask(MESSAGES), one.ask(MESSAGES)]
            assert len(server.requests) == 2
        assert [one.text for one in second] == [one.text for one in first]
        assert all(one.replayed and one.cost is None for one in second)
        assert all(path.stat().st_mode & 0o077 == 0 for path in (tmp_path / "kept").iterdir())

    def test_a_folder_that_cannot_be_written_costs_no_answer(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ):
        (tmp_path / "kept").write_text("a file, no folder", encoding="utf-8")
        kept = settings(model_cache=tmp_path / "kept")
        with ScriptedServer() as server, connected("openai:m", server.url, kept) as one:
            told = [one.ask(MESSAGES), one.ask(MESSAGES)]
        assert all(reply.text and not reply.failure for reply in told)
        assert [record.getMessage().split("：")[0] for record in caplog.records] == [
            "模型的回答存不进 DRAFTER_MODEL_CACHE"
        ]

    def test_another_question_model_or_temperature_is_another_request(self, tmp_path: Path):
        with ScriptedServer() as server:
            for model, warmth, prompt in (
                ("m", 0.3, PROMPT),
                ("n", 0.3, PROMPT),
                ("m", 0.5, PROMPT),
                ("m", 0.3, PROMPT + "。"),
            ):
                chosen = settings(model_cache=tmp_path, model_temperature=warmth)
                with connected(f"openai:{model}", server.url, chosen) as one:
                    one.ask([("user", prompt)])
            assert len(server.requests) == 4
            assert {given["temperature"] for given in server.requests} == {0.3, 0.5}

    def test_failures_are_not_kept_and_damaged_files_are_asked_for_again(self, tmp_path: Path):
        kept = settings(model_cache=tmp_path)
        faults = {0: "unauthorized"}
        with ScriptedServer(faulty=faults.get) as server:
            for _ in range(2):
                with connected("openai:m", server.url, kept) as one:
                    one.ask(MESSAGES)
            (file,) = tmp_path.iterdir()
            for damage in ("", "{", "[]", '{"text": 5}', "[" * 100_000):
                file.write_text(damage, encoding="utf-8")
                with connected("openai:m", server.url, kept) as one:
                    assert one.ask(MESSAGES).text == SAID
        assert len(server.requests) == 7


def test_neither_key_nor_texts_reach_a_log(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("DRAFTER_API_KEY", SECRET)
    caplog.set_level(logging.INFO)
    for fault in ("no-done", "unauthorized", "broken-json", "html-page", "reset-midway"):
        with (
            ScriptedServer(faulty={0: fault, 1: fault, 2: fault}.get) as server,
            connected("openai:m", server.url, settings()) as one,
        ):
            told = one.ask(MESSAGES)
            assert SECRET not in repr(told)
            assert SECRET not in repr(one)
    for said in (SECRET, "工业投资", "写工作总结"):
        assert said not in caplog.text


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("MODEL_ROUNDS", "9", "5"),
        ("MODEL_ROUNDS", "两轮", "整数"),
        ("MODEL_FIRST_TOKEN", "0", "大于0"),
        ("MODEL_TEMPERATURE", "warm", "数"),
        ("FACT_POINTS", "some", "auto"),
    ],
)
def test_a_wrong_setting_is_answered_with_what_is_allowed(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, allowed: str
):
    monkeypatch.setenv(f"DRAFTER_{name}", value)
    with pytest.raises(OperatorError) as told:
        load_settings()
    assert f"DRAFTER_{name}" in str(told.value)
    assert allowed in str(told.value)
    assert "Input should" not in str(told.value)
