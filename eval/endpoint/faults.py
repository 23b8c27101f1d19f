"""Named faults of endpoints and models, each a small function with a line that describes it.

`FAULTS` holds them by name; a fault answers one exchange in place of the good answer.
"""

import asyncio
import gzip
import json
from collections.abc import Awaitable, Callable
from email.utils import formatdate
from time import time
from typing import Any

from eval.endpoint.exchange import Exchange

Fault = Callable[[Exchange], Awaitable[None]]
FAULTS: dict[str, Fault] = {}


def fault(act: Fault) -> Fault:
    """Lists a fault under its function's name, with dashes."""
    FAULTS[act.__name__.replace("_", "-")] = act
    return act


def _status(name: str, status: int, message: str, **headers: str) -> None:
    """A fault that is nothing but a status."""

    async def act(one: Exchange) -> None:
        await one.refuse(status, message, **headers)

    act.__doc__ = f"{status} {headers or ''} {message}".strip()
    FAULTS[name] = act


def _text(name: str, what: str, change: Callable[[str], str], **said: Any) -> None:
    """A fault that is a whole answer with another text."""

    async def act(one: Exchange) -> None:
        await one.say(change(one.answer), **said)

    act.__doc__ = what
    FAULTS[name] = act


def _chunks(name: str, what: str, *deltas: dict[str, Any], finish: str | None = "stop") -> None:
    """A fault that is a stream of these deltas."""

    async def act(one: Exchange) -> None:
        await one.head(200, "text/event-stream")
        for delta in deltas:
            await one.event(one.delta(delta))
        await one.event(one.delta({}, finish))
        await one.send(b"data: [DONE]\n\n")

    act.__doc__ = what
    FAULTS[name] = act


_status("unauthorized", 401, "Incorrect API key provided: sk-***")
_status("forbidden", 403, "not allowed")
_status("no-such-model", 404, "The model does not exist")
_status("context-too-long", 400, "This model's maximum context length is 4096 tokens")
_status("busy", 429, "Rate limit reached")
_status("busy-short", 429, "Rate limit reached", Retry_After="0.05")
_status("busy-long", 429, "Rate limit reached", Retry_After="86400")
_status("busy-garbage", 429, "Rate limit reached", Retry_After="soon")
_status("failing", 500, "internal error")
_status("unavailable", 503, "overloaded")
_status("gateway-timeout", 504, "upstream timed out")
_status("redirected", 307, "moved", Location="http://192.0.2.1/v1/chat/completions")

_text("empty", "An answer without a character.", lambda _: "")
_text("blank", "White space alone.", lambda _: " \n\t　")
_text("cut-by-length", "finish_reason length in mid-sentence.", lambda t: t[:9], finish="length")
_text("filtered", "finish_reason content_filter.", lambda _: "", finish="content_filter")
_text("no-done", "The stream lacks [DONE] after a whole answer.", lambda t: t, done=False)
_text(
    "no-finish", "The stream ends without finish_reason.", lambda t: t[:9], finish=None, done=False
)
_text("thinking", "A <think> block first.", lambda t: f"<think>先想一想9999亿元</think>{t}")
_text("thinking-unclosed", "A <think> block without end.", lambda t: f"<think>想{t}")
_text("fenced", "A code fence around the answer.", lambda t: f"```markdown\n{t}\n```")
_text("as-json", "The answer wrapped in JSON.", lambda t: json.dumps({"content": t}))
_text("preface", "好的，以下是… first.", lambda t: f"好的，以下是根据要求撰写的内容：\n\n{t}")
_text(
    "closing", "A remark to the asker at the end.", lambda t: f"{t}\n\n希望以上内容对您有所帮助。"
)
_text("english", "An English answer.", lambda _: "Industrial investment grew steadily this year.")
_text(
    "traditional",
    "Traditional characters.",
    lambda _: "工業經濟運行總體平穩，產業發展質量穩步提升。",
)
_text("markdown", "Headings, lists and bold.", lambda t: f"## 标题\n\n- **重点**：{t}")
_text("html", "HTML tags.", lambda t: f"<p><b>{t}</b></p><script>alert(1)</script>")
_text("repeating", "One sentence without end.", lambda _: "各项工作有序推进。" * 400)
_text("control-characters", "Control characters.", lambda t: "\x00\x07\x1b" + t)
_text("bidirectional", "Bidirectional and zero-width.", lambda t: "\u202e" + t + "\u200b\ufeff")
_text("injected-loop", "Template code: a loop.", lambda t: "{% for x in range(9) %}" + t)
_text("injected-class", "Template code: a class.", lambda t: t + "{{ ''.__class__.__mro__ }}")
_text("injected-comment", "Template code: a comment.", lambda t: t + "{# 隐藏")
_text("unknown-reference", "A reference not offered.", lambda t: t + "{{ 无此指标.值 }}。")
_text("literal-numbers", "Numbers typed.", lambda t: t + "完成投资987.6亿元。")
_text("chinese-numbers", "Numbers in Chinese.", lambda t: t + "引进企业七十三家。")
_text("usage-missing", "A usage without counts.", lambda t: t, usage={})
_text(
    "usage-negative",
    "Negative counts.",
    lambda t: t,
    usage={"prompt_tokens": -5, "completion_tokens": -1, "total_tokens": -6},
)
_text(
    "usage-huge",
    "Counts beyond all measure.",
    lambda t: t,
    usage={"prompt_tokens": 10**15, "completion_tokens": 10**15, "total_tokens": 2 * 10**15},
)
_chunks("null-content", "Content null.", {"role": "assistant", "content": None})
_chunks("refusal", "A refusal field.", {"role": "assistant", "refusal": "I can't help with that."})
_chunks("reasoning-only", "Reasoning and no answer.", {"reasoning_content": "先想一想"})
_chunks("role-only", "Chunks with a role alone.", {"role": "assistant"}, {"role": "assistant"})
_chunks(
    "tool-call",
    "A tool call in place of content.",
    {"tool_calls": [{"index": 0, "id": "1", "function": {"name": "f", "arguments": "{}"}}]},
    finish="tool_calls",
)


@fault
async def unstreamed(one: Exchange) -> None:
    """A whole answer in one piece though a stream was asked for."""
    message = {"role": "assistant", "content": one.answer}
    choices = [{"index": 0, "message": message, "finish_reason": "stop"}]
    whole = one.delta({}) | {"object": "chat.completion", "choices": choices}
    await one.head(200, "application/json")
    await one.send(json.dumps(whole, ensure_ascii=False).encode())


@fault
async def error_in_stream(one: Exchange) -> None:
    """200, and an error object as the first event."""
    await one.head(200, "text/event-stream")
    await one.event({"error": {"message": "out of memory", "type": "server_error", "code": 500}})
    await one.send(b"data: [DONE]\n\n")


@fault
async def several_choices(one: Exchange) -> None:
    """Each chunk holds two choices, the second one another text."""
    await one.head(200, "text/event-stream")
    await one.event(one.delta({"role": "assistant", "content": ""}))
    for at in range(0, len(one.answer), 8):
        event = one.delta({"content": one.answer[at : at + 8]})
        event["choices"].append({"index": 1, "delta": {"content": "乱"}, "finish_reason": None})
        await one.event(event)
    await one.event(one.delta({}, "stop"))
    await one.send(b"data: [DONE]\n\n")


@fault
async def told_twice(one: Exchange) -> None:
    """Every chunk is sent twice."""
    await one.head(200, "text/event-stream")
    for at in range(0, len(one.answer), 8):
        for _ in range(2):
            await one.event(one.delta({"content": one.answer[at : at + 8]}))
    await one.event(one.delta({}, "stop"))
    await one.send(b"data: [DONE]\n\n")


@fault
async def comments_only(one: Exchange) -> None:
    """Comment lines (: keep-alive) and never an event."""
    await one.head(200, "text/event-stream")
    while not one.over.is_set():
        await one.send(b": keep-alive\n\n")
        await asyncio.sleep(one.drip)


@fault
async def thinks_for_ever(one: Exchange) -> None:
    """Chunks of reasoning without end, and no answer."""
    await one.head(200, "text/event-stream")
    while not one.over.is_set():
        await one.event(one.delta({"reasoning_content": "想"}))
        await asyncio.sleep(0.001)


@fault
async def bad_gateway_html(one: Exchange) -> None:
    """502 with a page of HTML."""
    await one.head(502, "text/html")
    await one.send(b"<html><h1>502 Bad Gateway</h1></html>")


@fault
async def busy_date(one: Exchange) -> None:
    """429 with Retry-After as a date an hour ahead."""
    await one.refuse(429, "Rate limit", Retry_After=formatdate(time() + 3600, usegmt=True))


@fault
async def html_page(one: Exchange) -> None:
    """200 with a page of HTML (a login page, say)."""
    await one.head(200, "text/html")
    await one.send(b"<html><body>login</body></html>")


@fault
async def reset_first(one: Exchange) -> None:
    """The connection breaks before any header."""
    one.reset()


@fault
async def reset_midway(one: Exchange) -> None:
    """The connection breaks in the middle of the answer."""
    await one.head(200, "text/event-stream")
    await one.event(one.delta({"content": one.answer[:4]}))
    one.reset()


@fault
async def silent(one: Exchange) -> None:
    """Takes the request and never answers."""
    await one.hang()


@fault
async def silent_after_headers(one: Exchange) -> None:
    """Headers, then nothing."""
    await one.head(200, "text/event-stream")
    await one.hang()


@fault
async def stalled(one: Exchange) -> None:
    """One token, then nothing."""
    await one.head(200, "text/event-stream")
    await one.event(one.delta({"content": one.answer[:4]}))
    await one.hang()


@fault
async def dripping(one: Exchange) -> None:
    """One token each `drip` seconds."""
    await one.say(one.answer, pause=one.drip)


@fault
async def broken_json(one: Exchange) -> None:
    """An event that is no JSON."""
    await one.head(200, "text/event-stream")
    await one.send(b'data: {"choices": [{"delta": \n\n')


@fault
async def no_choices(one: Exchange) -> None:
    """Chunks whose list of choices is empty."""
    await one.head(200, "text/event-stream")
    await one.event(one.delta({}) | {"choices": []})
    await one.send(b"data: [DONE]\n\n")


@fault
async def wrong_charset(one: Exchange) -> None:
    """Bytes of GBK where UTF-8 is promised."""
    await one.head(200, "text/event-stream")
    chunk = json.dumps(one.delta({"content": "工业投资"}), ensure_ascii=False)
    await one.send(b"data: " + chunk.encode("gbk") + b"\n\n")


@fault
async def giant(one: Exchange) -> None:
    """Four million characters."""
    await one.head(200, "text/event-stream")
    for at in range(400):
        await one.event(one.delta({"content": f"工作{at}" * 2000}))
        await asyncio.sleep(0)
    await one.event(one.delta({}, "stop"))


@fault
async def gzip_bomb(one: Exchange) -> None:
    """A small compressed body that inflates to 8 MB."""
    await one.head(200, "text/event-stream", Content_Encoding="gzip")
    await one.send(gzip.compress(b"data: " + bytes(8 * 1024 * 1024)))


@fault
async def header_flood(one: Exchange) -> None:
    """A megabyte of headers."""
    await one.head(200, "text/event-stream", **{f"X_{at}": "y" * 1000 for at in range(1000)})
