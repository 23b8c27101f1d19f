"""What stands before every request: its token, its size, the headers that browsers are held to.

The token comes first: of a request without one not a byte of the body is read.
"""

import logging
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Any

from anyio import move_on_after
from prometheus_client import Counter
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from api.access import Gate
from api.problems import Problem, of_storage
from api.settings import ApiSettings

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_log = logging.getLogger(__name__)
_DRAINING = 3.0
"""Seconds for which somebody who sends too much is listened to."""
OPENAPI = "/v1/openapi.json"
# What OWASP asks of an interface without pages (REST Security and HTTP Headers cheat sheets).
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    (b"x-permitted-cross-domain-policies", b"none"),
    (b"cache-control", b"no-store"),
)
# A year; sent only where the operator says so: the proxy before us speaks https, we do not.
_HTTPS = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")


class Guards:
    """Admits, counts the bytes of every body whatever its headers say, adds the headers."""

    def __init__(self, app: App, *, gate: Gate, settings: ApiSettings) -> None:
        self._app, self._gate = _Caught(app), gate
        self._body, self._upload = settings.body_bytes, settings.upload_bytes
        self._headers = (*_HEADERS, _HTTPS) if settings.https else _HEADERS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        number = secrets.token_hex(8).encode()
        scope.setdefault("state", {})["number"] = number.decode()
        given = dict(scope["headers"])
        is_form = given.get(b"content-type", b"").startswith(b"multipart/form-data")
        # A form has its fields and boundaries beside the file.
        most = self._upload + 100_000 if is_form else self._body
        counted, begun, exceeded = 0, False, False

        async def counting() -> MutableMapping[str, Any]:
            nonlocal counted, exceeded
            message = await receive()
            counted += len(message.get("body", b""))
            exceeded = exceeded or counted > most
            if exceeded:
                raise _TooLarge
            return message

        async def guarded(message: MutableMapping[str, Any]) -> None:
            nonlocal begun
            if exceeded and not begun:
                return  # what the application makes of half a body is not the answer
            if message["type"] == "http.response.start":
                begun = True
                if message["status"] >= 500:
                    _log.error("request %s: %d", number.decode(), message["status"])
                message["headers"] = [
                    *message.get("headers", ()),
                    *self._headers,
                    (b"x-request-id", number),
                ]
            await send(message)

        refused = await self._admitted(scope, given) or await self._declared(given, receive, most)
        if refused is not None:
            await refused(scope, receive, guarded)
            return
        with suppress(_TooLarge):
            await self._app(scope, counting, guarded)
        if exceeded and not begun:
            exceeded = False
            await _drained(receive, self._upload)
            await _too_large(most)(scope, receive, guarded)

    async def _declared(self, given: dict[bytes, bytes], receive: Receive, most: int) -> App | None:
        """The answer to a length that is too large, when what comes of it has gone by."""
        refused = _declared(given, most)
        if refused is not None and b"expect" not in given:
            await _drained(receive, self._upload)
        return refused

    async def _admitted(self, scope: Scope, given: dict[bytes, bytes]) -> App | None:
        """Puts the principal into the request's state; the answer to one who is not let in."""
        path = str(scope["path"])
        if not path.startswith("/v1/") or path == OPENAPI:
            return None
        header = given.get(b"authorization", b"").decode("latin-1")
        peer = scope["client"][0] if scope.get("client") else ""
        forwarded = ",".join(
            value.decode("latin-1")
            for name, value in scope["headers"]
            if name == b"x-forwarded-for"
        )
        response: App
        try:
            principal = await run_in_threadpool(self._gate.admit, header, peer, forwarded)
        except Problem as problem:
            response = problem.response()
            return response
        except SQLAlchemyError as error:
            response = of_storage(error).response()
            return response
        scope.setdefault("state", {})["principal"] = principal
        return None


class _Caught:
    """Makes of an error of ours a problem with the number of its request, and tells the log."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def noting(message: MutableMapping[str, Any]) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, noting)
        except _TooLarge:
            raise
        except Exception:
            number = scope["state"]["number"]
            _log.exception("request %s", number)
            if begun:
                raise
            await _broken(number)(scope, receive, send)


async def _drained(receive: Receive, most: int) -> None:
    """Lets what is too large go by, unkept: a sender that is cut off would not see the answer."""
    with move_on_after(_DRAINING):
        while most > 0:
            message = await receive()
            if not message.get("more_body"):
                return
            most -= len(message.get("body", b""))


class Counted:
    """Counts requests by method and status as they are answered."""

    def __init__(self, app: App, *, counter: Counter) -> None:
        self._app, self._counter = app, counter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""

        async def noting(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                self._counter.labels(scope["method"], str(message["status"])).inc()
            await send(message)

        await self._app(scope, receive, noting)


class _TooLarge(Exception):  # noqa: N818 - no error of a program
    """More bytes came than are taken."""


def _broken(number: str) -> App:
    detail = f"内部错误，请把编号告诉运维人员：{number}"
    response: App = Problem(500, detail, code="internal").response()
    return response


def _declared(given: dict[bytes, bytes], most: int) -> App | None:
    """The answer to a body that says itself that it is too large."""
    length = given.get(b"content-length", b"0")
    return _too_large(most) if length.isdigit() and int(length) > most else None


def _too_large(most: int) -> App:
    shown = f"{most // 1_000_000}MB" if most >= 1_000_000 else f"{most}字节"
    response: App = Problem(413, f"请求超过{shown}的上限", code="request.large").response()
    return response
