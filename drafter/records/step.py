"""One step of long work, told to whoever watches: a progress bar, the events of the service."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Stage = Literal["", "started", "written", "repaired", "verified"]


@dataclass(frozen=True, slots=True)
class Step:
    """How far the work is, and what comes now."""

    done: int
    """Of `total`, behind us."""
    total: int
    what: str
    """In Chinese."""
    section: str = ""
    """Id of the section that it is about; '' for the whole."""
    stage: Stage = ""
    """What became of the section just now; '' for mere progress."""
    cost: Decimal | None = None
    """Of the answer that this step tells of; None where there is none, or no price is known."""


Steps = Callable[[Step], None]


def silent(step: Step) -> None:
    """Progress that nobody watches."""
