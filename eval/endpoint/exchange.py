"""One request and its answer on the wire: what a fault may do with them."""

import asyncio
import json
import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

PIECE = 4
"""Characters a token."""


@dataclass(slots=True)
class Exchange:
    """A request to `/v1/chat/completions` and the connection that waits for its answer."""

    body: dict[str, Any]
    answer: str
    """What the script says."""
    latency: float
    """Seconds a token."""
    drip: float
    """Seconds a token where a fault is slow on purpose."""
    writer: asyncio.StreamWriter
    over: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the server stops: nobody hangs longer."""

    @property
    def streamed(self) -> bool:
        """Whether the caller asked for server-sent events."""
        return bool(self.body.get("stream"))

    async def send(self, content: bytes) -> None:
        """Bytes as they are."""
        self.writer.write(content)
        await self.writer.drain()

    async def head(self, status: int, kind: str, **headers: str) -> None:
        """Status line and headers; the body ends with the connection."""
        lines = [f"HTTP/1.1 {status} X", f"Content-Type: {kind}", "Connection: close"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        await self.send(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"))

    async def refuse(self, status: int, message: str, **headers: str) -> None:
        """An error as OpenAI words it."""
        await self.head(status, "application/json", **headers)
        await self.send(json.dumps({"error": {"message": message, "type": "scripted"}}).encode())

    async def event(self, content: object) -> None:
        """One server-sent event."""
        await self.send(f"data: {json.dumps(content, ensure_ascii=False)}\n\n".encode())

    async def say(
        self,
        text: str,
        *,
        finish: str | None = "stop",
        done: bool = True,
        pause: float | None = None,
        usage: dict[str, Any] | None = None,
    ) -> None:
        """A whole answer with this text, streamed or in one piece, as it was asked for."""
        counted = usage if usage is not None else self._usage(text)
        if not self.streamed:
            await self.head(200, "application/json")
            message = {"role": "assistant", "content": text}
            whole = self._frame([{"index": 0, "message": message, "finish_reason": finish}])
            whole |= {"object": "chat.completion", "usage": counted}
            await self.send(json.dumps(whole, ensure_ascii=False).encode())
            return
        await self.head(200, "text/event-stream")
        await self.event(self.delta({"role": "assistant", "content": ""}))
        for piece in pieces(text):
            await asyncio.sleep(self.latency if pause is None else pause)
            await self.event(self.delta({"content": piece}))
        await self.event(self.delta({}, finish))
        if (self.body.get("stream_options") or {}).get("include_usage"):
            await self.event(self._frame([]) | {"usage": counted})
        if done:
            await self.send(b"data: [DONE]\n\n")

    def delta(self, delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
        """A chunk of a stream."""
        return self._frame([{"index": 0, "delta": delta, "finish_reason": finish}])

    async def hang(self) -> None:
        """Says nothing more until the server stops or the caller goes away."""
        await self.over.wait()

    def reset(self) -> None:
        """Breaks the connection without a farewell."""
        raw = self.writer.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()

    def _frame(self, choices: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "id": "scripted",
            "object": "chat.completion.chunk",
            "created": 0,
            "model": str(self.body.get("model", "")),
            "choices": choices,
        }

    def _usage(self, text: str) -> dict[str, Any]:
        asked = len(json.dumps(self.body.get("messages", []), ensure_ascii=False))
        told = len(list(pieces(text)))
        return {"prompt_tokens": asked, "completion_tokens": told, "total_tokens": asked + told}


def pieces(text: str) -> Iterator[str]:
    """A text in tokens."""
    return (text[at : at + PIECE] for at in range(0, len(text), PIECE))
