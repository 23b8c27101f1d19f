"""Errors as problem+json (RFC 9457): one shape, a code for programs, a sentence for people.

What the drafter raises is sorted by who can mend it: input that cannot be used is 422, what is
refused while something is open 409, what only the operator can mend 503: a database that is away,
locked or read-only, a disk that is full. None of them is ever a 500: whoever asked may ask again.
"""

import errno
import json
import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

from api.invalid import in_words
from api.storage.failures import Failure, failure_of
from drafter.errors import (
    DrafterError,
    OperatorError,
    RefusedError,
)

MEDIA_TYPE = "application/problem+json"
_AGAIN = {"Retry-After": "5"}
_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO})
_log = logging.getLogger(__name__)
_TITLES = {
    400: "请求有误",
    401: "没有有效的令牌",
    403: "没有权限",
    404: "没有这个资源",
    405: "不支持这种操作",
    409: "现在不能这样做",
    412: "内容已被别人改动",
    413: "内容过大",
    415: "不支持的类型",
    422: "内容无法使用",
    428: "请带上版本号",
    429: "请求过多",
    500: "服务出错",
    503: "服务暂不可用",
}


class ProblemBody(BaseModel):
    """What every error answers."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str
    problems: list[dict[str, Any]] | None = None
    """Of a table or fact list: file, sheet, cell, what was read, what is expected."""
    open_points: list[str] | None = None
    """What stands against a clean copy."""
    current: dict[str, Any] | None = None
    """412 of a section: it as it stands now."""
    merged: str | None = None
    """412 of an edit: both changes together, to be looked at and sent again; null where they clash."""
    clashes: list[dict[str, str]] | None = None
    """412 of an edit, 409 of a proposal: what both changed, each way."""


class Problem(Exception):  # noqa: N818 - the name of the standard
    """An answer that is an error."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        code: str = "",
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.headers, self.more = status, detail, headers, more
        self.code = code or f"http.{status}"

    def response(self) -> JSONResponse:
        """The answer."""
        body = {
            "type": "about:blank",
            "title": _TITLES.get(self.status, "出错"),
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
            **self.more,
        }
        return _Body(body, self.status, headers=dict(self.headers or {}), media_type=MEDIA_TYPE)


class _Body(JSONResponse):
    """What was given is told again, and may hold what is no character."""

    def render(self, content: Any) -> bytes:
        written = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        return written.encode("utf-8", "replace")


def matches(if_match: str, version: int, code: str) -> bool:
    """Whether a change was made of the version that stands.

    Raises:
        Problem: 428 without the header.
    """
    if not if_match:
        raise Problem(428, "请用 If-Match 带上所见的版本号（ETag）", code=f"{code}.match")
    return if_match.strip().removeprefix("W/").strip('"') == str(version)


def outdated(what: str, version: int, code: str, **more: Any) -> Problem:
    """The answer to a change of a version that stands no more; `more` is answered beside it."""
    return Problem(
        412,
        f"{what}已被改动，现为第{version}版",
        code=f"{code}.changed",
        headers={"ETag": f'"{version}"'},
        **more,
    )


def of_error(error: DrafterError) -> Problem:
    """The answer to what the drafter raised."""
    if isinstance(error, RefusedError):
        status = 409
    else:
        status = 503 if isinstance(error, OperatorError) else 422
    return Problem(status, str(error), code=error.code, **error.details)


def of_storage(error: SQLAlchemyError) -> Problem:
    """The answer to what the database raised; the operator finds the reason in the log.

    Raises:
        SQLAlchemyError: the same, where nobody but the makers can mend it.
    """
    failure = failure_of(error)
    if failure is Failure.BUG:
        raise error
    if failure is Failure.UNSTORABLE:
        return Problem(422, "请求中有无法保存的字符或数值", code="request.unstorable")
    _log.error("database: %s", getattr(error, "orig", None) or error)
    return Problem(503, "数据库暂时无法使用，请稍后再试", code="storage.down", headers=_AGAIN)


def of_disk(error: OSError) -> Problem:
    """The answer to a disk that is full, read-only or broken.

    Raises:
        OSError: the same, if it is anything else.
    """
    if error.errno not in _DISK:
        raise error
    _log.error("disk: %s", error)
    return Problem(
        503, "服务器磁盘已满或无法写入，请联系运维人员", code="storage.disk", headers=_AGAIN
    )


def install(app: FastAPI) -> None:
    """Makes every error of the application a problem."""

    @app.exception_handler(Problem)
    def _problem(_: Request, error: Problem) -> JSONResponse:
        return error.response()

    @app.exception_handler(DrafterError)
    def _drafter(_: Request, error: DrafterError) -> JSONResponse:
        return of_error(error).response()

    @app.exception_handler(SQLAlchemyError)
    def _storage(_: Request, error: SQLAlchemyError) -> JSONResponse:
        return of_storage(error).response()

    @app.exception_handler(OSError)
    def _disk(_: Request, error: OSError) -> JSONResponse:
        return of_disk(error).response()

    @app.exception_handler(HTTPException)
    def _http(_: Request, error: HTTPException) -> JSONResponse:
        detail = _TITLES.get(error.status_code, str(error.detail))
        headers = error.headers
        return Problem(error.status_code, detail, headers=headers).response()

    @app.exception_handler(RequestValidationError)
    def _invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        return Problem(
            422, f"请求的内容不合要求：{in_words(error.errors())}", code="request.invalid"
        ).response()
