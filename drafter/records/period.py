"""Spans of time that scope figures: a year, months of it, a point in time, a day."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Period:
    """A span of time; what is not known is None.

    `first` and `last` are months (1-12); a whole year has 1 and 12 with `whole_year`.
    A date has `day`, and first == last. `as_of` marks 截至…: everything up to that point.
    `open_ended` marks 截至目前, 今年以来: the end is the day of writing.
    """

    year: int | None = None
    first: int | None = None
    last: int | None = None
    day: int | None = None
    as_of: bool = False
    open_ended: bool = False
    last_day: int | None = None
    """Last day of a span of days (5月1日—3日); None for a single day."""
    end_year: int | None = None
    """Last year of a span of years (2021—2025年); None within one year."""
    written: str = field(default="", compare=False)

    @property
    def whole_year(self) -> bool:
        """A calendar year as such: 2022年, 全年."""
        return self.first is None and self.day is None and not self.as_of

    @property
    def iso(self) -> str | tuple[str, str]:
        """The contract's form: `2022`, `2022-07`, `--12-29`, or a pair of months."""
        year = f"{self.year:04d}" if self.year is not None else ""
        if self.end_year is not None:
            return (year, f"{self.end_year:04d}")
        if self.first is None:
            return year
        head = f"{year}-" if year else "--"
        if self.last_day is not None:
            until = f"{year}-{self.last:02d}" if year else f"--{self.last:02d}"
            return (f"{head}{self.first:02d}-{self.day:02d}", f"{until}-{self.last_day:02d}")
        if self.day is not None:
            return f"{head}{self.first:02d}-{self.day:02d}"
        if self.last is not None and self.last != self.first:
            return (f"{head}{self.first:02d}", f"{head}{self.last:02d}")
        return f"{head}{self.first:02d}"
