"""What a claim may speak of, and from which likeness on that counts."""

from dataclasses import dataclass

from drafter.records.mention import Mention
from drafter.verification.binding.context import ClaimContext
from drafter.verification.binding.periods import OTHER_YEAR


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Limits of likeness, 0 to 1; settings, found on real texts."""

    accept: float = 0.42
    """Below it a row is no candidate."""
    tie: float = 0.03
    keep: int = 5
    other_year: float = OTHER_YEAR
    """Factor for another year's figures; near 1 to read last year's text by this year's rows."""
    other_scope: float = 0.9
    """Factor for a rank among others than the text names."""
    short_form: float = 0.6
    """Likeness of a row whose name the noun of the claim shortens."""
    topic: float = 0.75
    """Share of a name's topic that clause and neighbourhood must say together."""
    topic_alone: float = 0.99
    """The same where the clause says but a measure (支出) or nothing."""
    topic_margin: float = 0.2
    """How much more of its topic must be said than of any other row's."""
    resembles: float = 0.54
    """Likeness where the noun only begins as a name does: below what contradicts."""
    faint: float = 0.55
    """A row bound more weakly than this hands no more than that on to what follows."""
    named_exactly: float = 0.45
    """Factor for rows of other names where the noun is just the name of one row."""
    another: float = 0.4
    """Factor for a row of which a qualifier before the name makes another indicator."""
    result_as_goal: float = 0.35
    """Factor where a goal is spoken of and the row holds a result: it never proves a goal."""
    result_as_maybe_goal: float = 0.5
    """The same where the words (确保, 争取) may tell a result too: it proves, but never accuses."""
    goal_as_result: float = 0.55
    """Factor where the row holds a goal and the text names none: it never accuses a result."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row (or fact) and field that a claim may speak of."""

    indicator: str
    field: str
    score: float
    is_fact: bool = False
    is_faint: bool = False
    """Its words hardly name the row: small steps towards it never make it sure enough to accuse."""


@dataclass(frozen=True, slots=True)
class Binding:
    """A claim and what it may speak of, the likeliest first; () if nothing is near."""

    mention: Mention
    candidates: tuple[Candidate, ...]
    context: ClaimContext
    subjects: tuple[str, ...] = ()
    """Rows that the reader has in mind here, whatever fields they hold."""
    tie: float = 0.03

    @property
    def best(self) -> Candidate | None:
        """The likeliest candidate, None if there is none."""
        return self.candidates[0] if self.candidates else None

    @property
    def tied_candidates(self) -> tuple[Candidate, ...]:
        """The best and all that are as likely."""
        if not self.candidates:
            return ()
        limit = self.candidates[0].score - self.tie
        return tuple(one for one in self.candidates if one.score >= limit)

    @property
    def tied(self) -> bool:
        """Several candidates are equally likely."""
        return len(self.tied_candidates) > 1
