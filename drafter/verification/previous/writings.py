"""Two years' texts as they are compared, the thresholds, and what comparing found."""

from dataclasses import dataclass, field
from typing import Literal

from drafter.records.claim import Issue

Stretch = tuple[int, int]
Topic = Literal["problems", "plans", ""]


@dataclass(frozen=True, slots=True)
class Likelihood:
    """From where on two texts count as one; shares of common shingles, 0 to 1."""

    like: float = 0.6
    """Sentences (without their numbers) that say the same thing of another year."""
    near: float = 0.6
    """The clause about a number, beside the clause about the older number."""
    unchanged: float = 0.9
    section: float = 0.7
    """Sections from here on are listed as mostly last year's."""
    paired: float = 0.15
    """Sections below this have no counterpart."""
    shortest_section: int = 60
    """Characters; a salutation is the same every year."""
    shortest: int = 10
    """Characters; shorter sentences are alike by chance."""
    commonest: int = 40
    """Shingles in more older sentences than this find nothing (they bound the cost)."""


@dataclass(frozen=True, slots=True)
class Part:
    """A section's own stretch `[start, end)` of a text, without its subsections."""

    heading: str
    start: int
    end: int
    path: tuple[str, ...] = ()
    """Headings from the outermost down to this one."""
    heading_at: Stretch | None = None


@dataclass(frozen=True, slots=True)
class Writing:
    """A text with its sections and the year that it reports on, where that is known."""

    text: str = field(repr=False)
    parts: tuple[Part, ...]
    year: int | None = None
    title_at: Stretch | None = None


@dataclass(frozen=True, slots=True)
class SectionLikeness:
    """How much of a section is in the older text's nearest section, 0 to 1."""

    heading: str
    likeness: float
    previous_heading: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What comparing two years found."""

    issues: tuple[Issue, ...]
    sections: tuple[SectionLikeness, ...]
