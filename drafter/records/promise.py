"""Last year's goals and problems beside this year's result."""

from dataclasses import dataclass
from typing import Literal

from drafter.records.indicator import Cell

PromiseVerdict = Literal["met", "missed", "no_figure", "question"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One thing that last year's text promised or complained of, and what became of it."""

    kind: Literal["goal", "problem"]
    text: str
    """As last year had it."""
    start: int
    end: int
    """Its place in the precedent's own text."""
    paragraph: int
    """Number of its paragraph there, from 1; empty ones count."""
    promised: str = ""
    """The number promised, with its bound."""
    indicator: str | None = None
    indicator_name: str = ""
    field: str = ""
    result: str = ""
    """This year's figure as it would be printed."""
    verdict: PromiseVerdict = "question"
    message: str = ""
    evidence: tuple[Cell, ...] = ()
    facts: tuple[str, ...] = ()
    """Ids of facts that speak of the same."""

    @property
    def in_words(self) -> str:
        """已兑现, 未兑现, 没有数, 请核; of a problem 已好转 and 仍存在."""
        if self.kind == "problem":
            return {"met": "已好转", "missed": "仍存在"}.get(self.verdict, "请核")
        words = {"met": "已兑现", "missed": "未兑现", "no_figure": "没有数", "question": "请核"}
        return words[self.verdict]
