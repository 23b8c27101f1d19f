"""Why an endpoint gave no usable answer, sorted by who can mend it.

Values, no exceptions: a failing endpoint is expected, and its section is written offline.
"""

import math
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from time import time
from typing import Any, Literal

Mender = Literal["operator", "caller", "endpoint", "model"]


@dataclass(frozen=True, slots=True)
class Failure:
    """One call that failed. Never holds what the endpoint said: endpoints repeat keys."""

    code: str
    mender: Mender
    message: str
    """For the officer, in Chinese."""
    again: bool = False
    """Worth another attempt."""
    against: bool = False
    """Speaks against the endpoint as a whole, not against this one prompt."""
    wait: float | None = None
    """Seconds that the endpoint asks for (Retry-After)."""
    attempts: int = 1
    seconds: float = 0.0

    @property
    def lapsed(self) -> bool:
        """A time limit was reached."""
        return self.code in _LAPSED


_LAPSED = frozenset({"endpoint.silent", "endpoint.stalled", "endpoint.slow"})


def failure(code: str, **known: Any) -> Failure:
    """The failure of this code."""
    mender, message, again, against = _KNOWN[code]
    return Failure(f"endpoint.{code}", mender, message, again, against, **known)


_KNOWN: dict[str, tuple[Mender, str, bool, bool]] = {
    "key": ("operator", "模型服务不接受密钥，请检查 DRAFTER_API_KEY", False, True),
    "model": ("operator", "模型服务没有这个模型或地址，请检查模型名和地址", False, True),
    "redirect": ("operator", "模型服务要求转到别的地址，未予跟随，请直接填写最终地址", False, True),
    "format": ("operator", "该地址返回的不是兼容接口的内容，请检查地址", False, True),
    "context": ("caller", "提示超过模型的上下文长度，请减少材料", False, False),
    "request": ("caller", "模型服务拒绝了这个请求", False, False),
    "busy": ("endpoint", "模型服务限流，暂时不可用", True, True),
    "failing": ("endpoint", "模型服务内部出错", True, True),
    "unreachable": ("endpoint", "连不上模型服务，或连接中断", True, True),
    "truncated": ("endpoint", "模型的回答中途断了", True, True),
    "silent": ("endpoint", "模型服务迟迟没有开始回答", False, True),
    "stalled": ("endpoint", "模型回答到一半停住了", False, True),
    "slow": ("endpoint", "模型回答超过了总时限", False, True),
    "down": ("endpoint", "模型服务已判定不可用，不再调用", False, False),
    "empty": ("model", "模型没有给出正文", True, False),
    "filtered": ("model", "回答被内容审查拦下", False, False),
    "length": ("model", "回答达到长度上限，没有写完", False, False),
    "large": ("model", "回答过长，已停止接收", False, False),
}


def of_error(error: BaseException) -> Failure:
    """The failure behind an exception of the client library."""
    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        headers = getattr(getattr(error, "response", None), "headers", {})
        return of_status(status, str(error), headers.get("retry-after"))
    names = {kind.__name__ for kind in type(error).__mro__}
    if "APIConnectionError" in names or "RequestError" in names:
        return failure("unreachable")
    if "ContextOverflowError" in names:
        return failure("context")
    # Broken JSON, wrong bytes, no chunk at all: the libraries raise whatever they stumble over.
    return failure("format")


def of_status(status: int, said: str, retry_after: str | None) -> Failure:
    """The failure of an HTTP status; `said` only tells a long context from other refusals."""
    if 300 <= status < 400:
        return failure("redirect")
    if status in {401, 403}:
        return failure("key")
    if status == 404:
        return failure("model")
    if status == 429:
        return failure("busy", wait=seconds_to_wait(retry_after))
    if status >= 500:
        return failure("failing", wait=seconds_to_wait(retry_after))
    return failure("context" if "context" in said.lower() else "request")


def seconds_to_wait(written: str | None, now: float | None = None) -> float | None:
    """Retry-After as seconds from `now`, from a number or an HTTP date; None if it is neither."""
    if not written:
        return None
    try:
        seconds = float(written)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(written).timestamp() - (time() if now is None else now)
        except (ValueError, TypeError):
            return None
    return None if math.isnan(seconds) else max(0.0, seconds)
