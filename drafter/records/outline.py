"""Outlines and plans: which sections a summary has and what goes into each."""

from dataclasses import dataclass
from typing import Literal

from drafter.records.passage import Passage
from drafter.records.summary import Block

SectionKind = Literal["lead", "achievements", "problems", "plan", "closing", "part"]


@dataclass(frozen=True, slots=True)
class OutlineSection:
    """A section to be written; a `part` (一、2022年工作情况) has a heading and no text of its own."""

    id: str
    heading: str
    """Without enumerator: those are made anew."""
    level: int
    kind: SectionKind
    marker: str = ""
    """How the precedent wrote the enumerator (`（一）`, `(一)`, ``): its style is kept."""
    run_in: bool = False
    """Heading and text share a paragraph, as in the precedent."""
    themes: tuple[str, ...] = ()
    """Values of the 板块 column that belong here, from a YAML outline."""
    source: tuple[Block, ...] = ()
    """The precedent's paragraphs of this section; empty without a precedent."""
    inherited: bool = False
    """The heading is the precedent's, years rolled; else somebody chose it for this year."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The sections of a summary in order."""

    title: str
    sections: tuple[OutlineSection, ...]


@dataclass(frozen=True, slots=True)
class SectionPlan:
    """A section with all that may go into it: ids of rows and facts, passages of past years."""

    section: OutlineSection
    indicators: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole draft before it is written."""

    outline: Outline
    sections: tuple[SectionPlan, ...]
    unplaced_indicators: tuple[str, ...] = ()
    unplaced_facts: tuple[str, ...] = ()
