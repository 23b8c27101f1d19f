"""A figure over several years."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Series:
    """One indicator, the same months of each year, in one unit."""

    indicator: str
    """Id of this year's row."""
    name: str
    unit: str
    period: str
    """Which months: 全年, 1—11月; the same in all years."""
    points: tuple[tuple[int, Decimal], ...]
    """Year and value as the tables have it, years rising."""


@dataclass(frozen=True, slots=True)
class SectionSeries:
    """The series of a section, in the order of its text."""

    section: str
    """Its heading."""
    series: tuple[Series, ...]
