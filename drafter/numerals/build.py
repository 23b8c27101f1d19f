"""Draws up mentions: the one place where offsets become text, core and record."""

from decimal import Decimal
from typing import NamedTuple

from drafter.numerals.page import Page
from drafter.records.mention import Direction, Mention, MentionKind
from drafter.records.period import Period
from drafter.records.quantity import Number, Unit


class Place(NamedTuple):
    """Where a mention stands: with its approximators, and its core without them."""

    start: int
    core_start: int
    core_end: int
    end: int


def at(start: int, end: int) -> Place:
    """A place without approximators."""
    return Place(start, start, end, end)


def name(page: Page, start: int, end: int, reason: str, *, ambiguous: bool = False) -> Mention:
    """A numeral that belongs to a name, a class or a slogan."""
    return mention(page, at(start, end), "name", claim=False, reason=reason, ambiguous=ambiguous)


def noise(page: Page, start: int, end: int, reason: str) -> Mention:
    """What scraping left behind."""
    return mention(page, at(start, end), "noise", claim=False, reason=reason)


def enumerator(page: Page, start: int, end: int, reason: str = "序号") -> Mention:
    """A list mark."""
    return mention(page, at(start, end), "enumerator", claim=False, reason=reason)


def rank(
    page: Page, place: Place, ordinal: Decimal, *, scope: str | None, approx: str | None = None
) -> Mention:
    """A place in an order, or the grade of an award."""
    number = Number(ordinal, written=page.text[place.core_start : place.core_end])
    return mention(page, place, "rank", claim=True, number=number, scope=scope, approx=approx)


def mention(
    page: Page,
    place: Place,
    kind: MentionKind,
    *,
    claim: bool,
    number: Number | None = None,
    unit: Unit | None = None,
    implied_unit: bool = False,
    approx: str | None = None,
    direction: Direction | None = None,
    span: Period | None = None,
    scope: str | None = None,
    reason: str = "",
    ambiguous: bool = False,
) -> Mention:
    """A mention at a place of a page; texts are those of the file, not of `page.norm`."""
    start, core_start, core_end, end = place
    return Mention(
        start,
        end,
        page.text[start:end],
        page.text[core_start:core_end],
        core_start,
        kind,
        claim,
        number,
        unit,
        implied_unit,
        approx,
        direction,
        span,
        page.periods.at(core_start) if claim and number else None,
        scope,
        reason,
        ambiguous,
    )
