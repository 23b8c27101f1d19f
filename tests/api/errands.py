"""Errands for the process that judges, which imports them by their names."""

import os

from api.problems import Problem
from api.service import Service
from drafter.errors import OperatorError, RefusedError


def where(_: Service) -> int:
    """The process that does the errand."""
    return os.getpid()


def refusing(_: Service, kind: str) -> None:
    """An errand that ends badly."""
    if kind == "problem":
        raise Problem(412, "已被改动", code="x.changed", headers={"ETag": '"3"'}, merged="文")
    if kind == "refused":
        raise RefusedError("还有未解决的问题")
    if kind == "operator":
        raise OperatorError("磁盘坏了")
    if kind == "bug":
        raise ZeroDivisionError(kind)
    if kind == "end":
        os._exit(9)
