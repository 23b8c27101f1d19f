"""Asking a model behind an OpenAI-compatible endpoint, within deadlines and without surprises.

Knows langchain's `BaseChatModel` and nothing of prompts, sections or drafts. Only the configured
address is contacted: no proxy of the surroundings, no redirect, no tracing, no retry but ours.
"""

import asyncio
import random
import sys
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from time import monotonic
from typing import TYPE_CHECKING, Any, Self

from drafter.endpoint.failures import Failure, failure, of_error

if TYPE_CHECKING:  # its import takes two seconds
    from langchain_core.language_models import BaseChatModel

Progress = Callable[[int], None]
_ENOUGH = 2
"""Strikes in a row after which an endpoint that has answered is down."""
MOST_TOKENS = 100_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Seconds and sizes of one call."""

    first_token: float = 60
    between_tokens: float = 20
    call: float = 300
    """All attempts together."""
    pace: float = 1
    """Characters a second that a stream brings on average once it has run for `first_token`
    seconds, and that it brings beyond them where it began late: one that drips counts as stalled."""
    patience: float = 45
    """Seconds after which no further attempt begins; a longer Retry-After is not waited for."""
    attempts: int = 3
    backoff: float = 1
    """Seconds before the second attempt; doubled each time, with jitter."""
    characters: int = 40_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the model said, as it came: cleaning is another's."""

    text: str
    finish: str
    prompt_tokens: int | None
    """None where the endpoint does not count, or counts beyond belief."""
    answer_tokens: int | None
    seconds: float
    attempts: int


class Endpoint:
    """A model for the length of one run; a context manager, safe to ask from many threads.

    After the first failure that speaks against the endpoint (the second in a row once it has
    answered, a lapse of time at once unless another call was answered meanwhile) it counts as
    down: calls fail at once, and those in flight end.
    """

    def __init__(self, build: "Callable[[], BaseChatModel]", limits: Limits | None = None) -> None:
        """`build` makes the model; it is called once, when first asked."""
        self._build, self._limits = build, limits or Limits()
        self._model: BaseChatModel | None = None
        self._lock = threading.Lock()
        self._answered, self._strikes = False, 0
        self._last_answer = 0.0
        self._stopped = False
        self._reason = ""
        self._running: set[asyncio.Task[Any]] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    @property
    def down(self) -> bool:
        """No call is made any more."""
        return self._stopped or self._strikes >= (_ENOUGH if self._answered else 1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        # Whoever still waits for an answer is told that there is none.
        asyncio.run_coroutine_threadsafe(self._end_all(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def prepare(self) -> None:
        """Makes the model ready in the background: its libraries take two seconds to load."""
        threading.Thread(target=self._made, daemon=True).start()

    def stop(self) -> None:
        """Ends the calls in flight, and none is made any more; from any thread, while it is open."""
        self._stopped = True
        self._loop.call_soon_threadsafe(self._cancel)

    def _made(self) -> "BaseChatModel":
        with self._lock:
            self._model = self._model or self._build()
            return self._model

    def ask(
        self, messages: Sequence[tuple[str, str]], *, progress: Progress | None = None
    ) -> Answer | Failure:
        """One answer to messages (role, text); `progress` hears the characters so far."""
        if self.down:
            return self._down(0.0)
        model = self._made()
        asked = self._counted(model, list(messages), progress or (lambda _: None))
        return asyncio.run_coroutine_threadsafe(asked, self._loop).result()

    async def _counted(
        self, model: "BaseChatModel", messages: list[tuple[str, str]], progress: Progress
    ) -> Answer | Failure:
        """One answer, and what it says of the endpoint."""
        began, task = monotonic(), asyncio.current_task()
        assert task is not None  # noqa: S101 - it runs as one
        if self.down:  # since it was asked
            return self._down(0.0)
        self._running.add(task)
        try:
            told = await self._ask(model, messages, progress)
        except asyncio.CancelledError:
            return self._down(monotonic() - began)
        finally:
            self._running.discard(task)
        if isinstance(told, Answer):
            self._answered, self._strikes, self._last_answer = True, 0, monotonic()
        elif told.against:
            late = told.lapsed and self._last_answer < began
            self._strikes += _ENOUGH if late else 1
            self._reason = self._reason or told.message
            if self.down:
                self._cancel()
        return told

    def _cancel(self) -> None:
        """Ends what is in flight; to be called on the loop."""
        for task in tuple(self._running):
            task.cancel()

    async def _end_all(self) -> None:
        waiting = tuple(self._running)
        self._cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        client = getattr(self._model, "http_async_client", None)
        if client is not None:
            await client.aclose()

    def _down(self, seconds: float) -> Failure:
        told = failure("down", attempts=0, seconds=seconds)
        return replace(told, message=f"{told.message}（{self._reason}）") if self._reason else told

    async def _ask(
        self, model: "BaseChatModel", messages: list[tuple[str, str]], progress: Progress
    ) -> Answer | Failure:
        """Attempts until one succeeds, is final, or patience ends."""
        began, attempt = monotonic(), 0
        while True:
            attempt += 1
            told = await self._attempt(model, messages, progress, began)
            passed = monotonic() - began
            told = replace(told, attempts=attempt, seconds=passed)
            if isinstance(told, Answer) or not told.again or attempt >= self._limits.attempts:
                return told
            pause = _pause(told, attempt, self._limits)
            if passed + pause > self._limits.patience:
                return told
            await asyncio.sleep(pause)
            if self.down:
                return told

    async def _attempt(
        self,
        model: "BaseChatModel",
        messages: list[tuple[str, str]],
        progress: Progress,
        began: float,
    ) -> Answer | Failure:
        from langsmith import tracing_context  # noqa: PLC0415 - see the module's docstring

        with tracing_context(enabled=False):
            told = await self._streamed(model.astream(messages), progress, began)
            if isinstance(told, Failure) and told.code == "endpoint.format":
                # Some endpoints answer in one piece whatever they are asked for.
                told = await self._at_once(model, messages, began)
        return told

    async def _streamed(
        self, stream: AsyncIterator[Any], progress: Progress, began: float
    ) -> Answer | Failure:
        limits, whole, size, chunks, first = self._limits, None, 0, 0, 0.0
        attempted = monotonic()
        while True:
            left = limits.call - (monotonic() - began)
            gap = limits.between_tokens if whole is not None else limits.first_token
            try:
                # Not wait_for: its inner task would be left with its error when cancelled.
                async with asyncio.timeout(min(gap, left)):
                    chunk = await anext(stream)
            except StopAsyncIteration:
                return _judged(whole)
            except TimeoutError:
                late = "stalled" if whole is not None else "silent"
                return failure("slow" if left <= gap else late)
            except Exception as error:  # noqa: BLE001 - see of_error
                return of_error(error)
            size, chunks = size + len(_said(chunk.content)), chunks + 1
            first = first or monotonic()
            if _drips(size, monotonic() - first, monotonic() - attempted, limits):
                return failure("stalled")
            if max(size, chunks) > limits.characters:
                await stream.aclose()  # type: ignore[attr-defined]  # a generator in truth
                return failure("large")
            whole = chunk if whole is None else whole + chunk
            progress(size)

    async def _at_once(
        self, model: "BaseChatModel", messages: list[tuple[str, str]], began: float
    ) -> Answer | Failure:
        """The answer of an endpoint that does not stream, within the time for a first token.

        What an attempt that came late has used up of that time is not given twice.
        """
        limits, passed = self._limits, monotonic() - began
        left = min(limits.call, limits.first_token + limits.patience) - passed
        try:
            async with asyncio.timeout(min(limits.first_token, max(left, 0.0))):
                whole = await model.ainvoke(messages)
        except TimeoutError:
            return failure("silent")
        except Exception as error:  # noqa: BLE001 - see of_error
            return of_error(error)
        too_long = len(_said(whole.content)) > limits.characters
        return failure("large") if too_long else _judged(whole)


def _pause(told: Failure, attempt: int, limits: Limits) -> float:
    """Seconds before the next attempt: what the endpoint asks for, else doubling with jitter."""
    if told.wait is not None:
        return told.wait
    return limits.backoff * float(2 ** (attempt - 1)) * random.uniform(0.5, 1.5)  # noqa: S311 - no secret


def _drips(size: int, streamed: float, attempted: float, limits: Limits) -> bool:
    """A stream too slow to wait for: from its first chunk on, or once that came late.

    Args:
        size: Characters so far.
        streamed: Seconds since the first chunk.
        attempted: Seconds since the attempt began.
        limits: The pace, and the seconds before it counts.
    """
    late = attempted - limits.first_token
    return (streamed > limits.first_token and size < streamed * limits.pace) or (
        late > 0 and size < late * limits.pace
    )


def _said(content: object) -> str:
    """The text of a message, also where an endpoint hands it over in parts."""
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else []
    found = (one.get("text", "") if isinstance(one, dict) else one for one in parts)
    return "".join(one for one in found if isinstance(one, str))


def _judged(whole: Any) -> Answer | Failure:
    """The chunks of a stream that came to its end."""
    if whole is None:
        return failure("format")
    finish = whole.response_metadata.get("finish_reason")
    if finish is None:
        return failure("truncated")
    if finish in {"content_filter", "length"}:
        return failure("filtered" if finish == "content_filter" else "length")
    text = _said(whole.content)
    if not text.strip():
        return failure("empty")
    usage = whole.usage_metadata or {}
    return Answer(
        text=text,
        finish=finish,
        prompt_tokens=_believable(usage.get("input_tokens")),
        answer_tokens=_believable(usage.get("output_tokens")),
        seconds=0,
        attempts=1,
    )


def _believable(count: object) -> int | None:
    return count if isinstance(count, int) and 0 < count <= MOST_TOKENS else None


def openai_model(
    name: str, *, base_url: str, key: str = "", temperature: float | None = None
) -> "BaseChatModel":
    """The model of this name at this address (with /v1); nothing is called yet."""
    import httpx2  # noqa: PLC0415 - two seconds to import, with what follows
    from langchain_openai import ChatOpenAI  # noqa: PLC0415 - likewise
    from pydantic import SecretStr  # noqa: PLC0415 - likewise

    async def uncompressed(response: httpx2.Response) -> None:
        if response.headers.get("content-encoding", "identity") != "identity":
            raise httpx2.DecodingError("compressed though not asked for", request=response.request)

    _wait_for_import("httpx")
    client = httpx2.AsyncClient(
        trust_env=False,
        follow_redirects=False,
        headers={"Accept-Encoding": "identity"},  # a compressed answer may inflate without end
        event_hooks={"response": [uncompressed]},
    )
    return ChatOpenAI(
        model=name,
        base_url=base_url,
        api_key=SecretStr(key or "none"),  # the client insists on one
        temperature=temperature,
        max_retries=0,
        stream_usage=True,
        use_responses_api=False,
        http_async_client=client,
        timeout=None,  # deadlines are ours
        stream_chunk_timeout=None,
    )


def _wait_for_import(name: str) -> None:
    """Waits until another thread has finished importing a module; nothing where none does.

    openai looks at httpx in `sys.modules` while Chroma may be importing it.
    """
    if name in sys.modules:
        import_module(name)
