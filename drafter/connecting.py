"""The operator's model as one callable: address, key, limits, prices and answers of earlier runs.

Gives every request a reply, never an exception: what fails is told in Chinese and sorted by who
can mend it, and the section in question is written offline.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from drafter.endpoint.asking import Answer, Endpoint, Limits, openai_model
from drafter.endpoint.failures import Failure
from drafter.endpoint.replaying import Folder, Replay, Shelf
from drafter.errors import OperatorError, RequestError
from drafter.records.call import Reply
from drafter.settings import Settings, api_key

OPENAI = "https://api.openai.com/v1"
_MILLION = Decimal(1_000_000)
_NO_KEY = "没有密钥：请设环境变量 DRAFTER_API_KEY，或用 --base-url 给出不需要密钥的地址"

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Price:
    """Of a million tokens, in the operator's currency."""

    prompt: Decimal
    answer: Decimal


@dataclass(frozen=True, slots=True)
class Connection:
    """A model that can be asked, for the length of one errand; safe to ask from many threads."""

    name: str
    """Without `openai:`."""
    endpoint: Endpoint
    price: Price | None = None
    replay: Replay | None = None
    closed: str = ""
    """Why it cannot be asked at all, in Chinese; '' where it can."""

    def ask(self, messages: Sequence[tuple[str, str]], progress: Progress | None = None) -> Reply:
        """The reply to messages (role, text); waits for it, within the limits."""
        if self.closed:
            return Reply(failure="endpoint.key", message=self.closed, attempts=0)
        key = self.replay.key(messages) if self.replay else ""
        kept = self.replay.read(key) if self.replay else None
        if kept is not None:
            return self._reply(kept, replayed=True)
        told = self.endpoint.ask(messages, progress=progress)
        if isinstance(told, Failure):
            return Reply(
                failure=told.code,
                message=told.message,
                seconds=told.seconds,
                attempts=told.attempts,
            )
        if self.replay:
            self.replay.keep(key, told)
        return self._reply(told, replayed=False)

    def _reply(self, answer: Answer, *, replayed: bool) -> Reply:
        return Reply(
            text=answer.text,
            prompt_tokens=answer.prompt_tokens,
            answer_tokens=answer.answer_tokens,
            seconds=answer.seconds,
            attempts=0 if replayed else answer.attempts,
            replayed=replayed,
            cost=None if replayed else cost_of(answer, self.price),
        )


def cost_of(answer: Answer, price: Price | None) -> Decimal | None:
    """What an answer cost; None without a price or without counts."""
    if price is None or answer.prompt_tokens is None or answer.answer_tokens is None:
        return None
    return (price.prompt * answer.prompt_tokens + price.answer * answer.answer_tokens) / _MILLION


@contextmanager
def connected(
    model: str, base_url: str, settings: Settings, shelf: Shelf | None = None
) -> Iterator[Connection]:
    """The model of `--model` and `--base-url`, made ready in the background while files are read.

    Args:
        model: `openai:NAME`.
        base_url: With /v1; '' takes the settings', else OpenAI's own.
        settings: Limits, prices, folder of kept answers.
        shelf: Where answers are kept instead.

    Raises:
        RequestError: the address is none.
        OperatorError: the price table cannot be read.
    """
    name = model.partition(":")[2]
    url = _address(base_url or settings.base_url or OPENAI)
    key = api_key()
    secret = key.get_secret_value() if key else ""
    price = prices(settings.model_prices).get(name) if settings.model_prices else None
    temperature = settings.model_temperature
    known = {"model": name, "address": url, "temperature": temperature}
    if shelf is None and settings.model_cache:
        shelf = Folder(settings.model_cache)
    replay = Replay(shelf, known) if shelf else None
    closed = _NO_KEY if url == OPENAI and not secret else ""
    with Endpoint(
        lambda: openai_model(name, base_url=url, key=secret, temperature=temperature),
        limits_of(settings),
    ) as endpoint:
        if not closed:
            endpoint.prepare()
        yield Connection(name, endpoint, price, replay, closed)


def _address(written: str) -> str:
    """The address as it is called.

    Raises:
        RequestError: it is no http address.
    """
    try:
        parts = urlsplit(written)
        whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        whole = False
    if not whole:
        raise RequestError(f"模型接口地址“{written}”不对：应如 http://主机:端口/v1")
    return written.rstrip("/")


def limits_of(settings: Settings) -> Limits:
    """Deadlines and sizes of one call."""
    return Limits(
        first_token=settings.model_first_token,
        between_tokens=settings.model_between_tokens,
        call=settings.model_call,
        pace=settings.model_pace,
        patience=settings.model_patience,
        attempts=settings.model_attempts,
        backoff=settings.model_backoff,
        characters=settings.model_characters,
    )


def prices(path: Path) -> Mapping[str, Price]:
    """The price table: model -> price of a million tokens of prompt and answer.

    Raises:
        OperatorError: missing, or not of the form that docs/operating.md shows.
    """
    try:
        # Everything as it is written: a price is a decimal, never a float.
        held = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - makes nothing but texts
        return {str(name): _price(entry) for name, entry in held["models"].items()}
    except (OSError, UnicodeDecodeError) as error:
        raise OperatorError(f"DRAFTER_MODEL_PRICES：价格表“{path}”无法读取") from error
    except (yaml.YAMLError, InvalidOperation, KeyError, TypeError, AttributeError) as error:
        raise OperatorError(
            f"DRAFTER_MODEL_PRICES：价格表“{path}”的写法不对，应为 models: 下一个模型一行，"
            "如 deepseek-chat: {prompt: 2, answer: 8}"
        ) from error


def _price(entry: Any) -> Price:
    found = Price(Decimal(entry["prompt"]), Decimal(entry["answer"]))
    if not (
        found.prompt.is_finite()
        and found.answer.is_finite()
        and min(found.prompt, found.answer) >= 0
    ):
        raise InvalidOperation
    return found
