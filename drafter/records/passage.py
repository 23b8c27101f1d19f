"""Passages: pieces of past summaries, numbers masked; what retrieval returns."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a past summary. Only `masked` may be embedded or shown to a model."""

    id: str
    masked: str
    text: str
    """Unmasked, for the offline writer alone."""
    organisation: str
    year: int | None
    section: str
    """The nearest heading above it."""
    path: tuple[str, ...]
    source: str
    """The file it was taken from."""
    score: float = 0.0
