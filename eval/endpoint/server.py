"""The scripted server: real HTTP on loopback, one thread, requests kept for assertions."""

import asyncio
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self

from eval.endpoint.exchange import Exchange
from eval.endpoint.faults import FAULTS
from eval.endpoint.scripts import SCRIPTS

LARGEST_REQUEST = 16 * 1024 * 1024


@dataclass(slots=True)
class ScriptedServer:
    """An endpoint that does as told; a context manager. No key is ever kept."""

    script: str = "good"
    """One of `SCRIPTS`."""
    faulty: Callable[[int], str | None] = lambda _: None
    """Number of the call (from 0) -> name of its fault, None for the script's answer."""
    latency: float = 0.0
    drip: float = 1.0
    before: float = 0.0
    """Seconds before the first token of an answer that is not faulty."""
    port: int = 0
    """0: any free one; the real one once started."""
    requests: list[dict[str, Any]] = field(default_factory=list)
    """Bodies of the calls to `/v1/chat/completions`, in order; headers are not kept."""
    _loop: asyncio.AbstractEventLoop | None = None
    _over: asyncio.Event | None = None
    _thread: threading.Thread | None = None
    _ready: threading.Event = field(default_factory=threading.Event)
    _failed: list[OSError] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The base URL, with /v1."""
        return f"http://127.0.0.1:{self.port}/v1"

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._thread.start()
        self._ready.wait()
        if self._failed:
            raise self._failed[0]
        return self

    def __exit__(self, *_: object) -> None:
        if self._loop and self._over and self._thread:
            self._loop.call_soon_threadsafe(self._over.set)
            self._thread.join(5)

    async def _serve(self) -> None:
        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        try:
            server = await asyncio.start_server(self._connected, "127.0.0.1", self.port)
        except OSError as error:
            self._failed.append(error)
            self._ready.set()
            return
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._over.wait()
        server.close()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            path, body = await _request(reader)
            await self._answer(path, body, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            return  # the caller went away, or the server stops: either's right
        finally:
            writer.close()

    async def _answer(self, path: str, body: bytes, writer: asyncio.StreamWriter) -> None:
        given = json.loads(body) if body else {}
        prompt = "\n".join(str(one.get("content", "")) for one in given.get("messages", ()))
        exchange = Exchange(given, SCRIPTS[self.script](prompt), self.latency, self.drip, writer)
        if self._over:
            exchange.over = self._over
        if path == "/v1/models":
            await exchange.head(200, "application/json")
            models = {"object": "list", "data": [{"id": self.script, "object": "model"}]}
            await exchange.send(json.dumps(models).encode())
        elif path == "/v1/chat/completions":
            number = len(self.requests)
            self.requests.append(given)
            name = self.faulty(number)
            if name is None:
                await asyncio.sleep(self.before)
            await (FAULTS[name](exchange) if name else exchange.say(exchange.answer))
        else:
            await exchange.refuse(404, "no such path")


async def _request(reader: asyncio.StreamReader) -> tuple[str, bytes]:
    """Path and body of one request."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    lengths = [one.split(":", 1)[1] for one in head if one.lower().startswith("content-length:")]
    length = int(lengths[0]) if lengths else 0
    if length > LARGEST_REQUEST:
        raise ConnectionError("a request beyond all measure")
    return head[0].split(" ")[1], await reader.readexactly(length)
