"""What a piece of this year's material proposes for the fact list; a person confirms it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A sentence of some material as a row of the fact list. Texts are as they stand there."""

    text: str
    kind: str
    section: str = ""
    title: str = ""
    date: str = ""
    actor: str = ""
    level: str = ""
    stage: str = ""
    basis: str = ""
    """File and paragraph; several where the same was said twice."""
    disclosure: str = ""
    note: str = ""
    """What a person should look at, in Chinese."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A sentence that was not proposed, and why."""

    text: str
    basis: str
    reason: str


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that some files propose."""

    proposals: tuple[Proposal, ...] = ()
    skipped: tuple[Skipped, ...] = field(default=())
    merged: int = 0
    """How many sentences said what another one had said."""
    listed: int = 0
    """How many proposals the fact list held already."""
