"""What all sections that a model writes share, and the meter of what its prompts cost."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, get_args

from drafter.records.call import Reply
from drafter.verification import Options
from drafter.verification.facts.lexicon import Lexicon
from drafter.verification.facts.points import PointKind
from drafter.writing.prompting.book import PromptBook
from drafter.writing.prompting.budget import TokenRate
from drafter.writing.references import Materials

if TYPE_CHECKING:  # it weighs with a desk
    from drafter.writing.model.weighing import Weighed

Progress = Callable[[int], None]
Ask = Callable[[Sequence[tuple[str, str]], Progress | None], Reply]
"""Messages (role, text) to a reply; waits for it, and may be called from many threads."""

_ANSWER_TOKENS: Final = 3_000
"""Kept free for the answer: the longest section, its references spelt out."""


class Meter:
    """Tokens a character as the endpoint counts them; shared by the sections' threads."""

    def __init__(self) -> None:
        self._rate, self._lock = TokenRate(), threading.Lock()

    def note(self, characters: int, tokens: int | None) -> None:
        """Takes another counted prompt in."""
        with self._lock:
            self._rate = self._rate.with_call(characters, tokens)

    def characters_for(self, tokens: int) -> int:
        """How many characters of a prompt fit into so many tokens, as measured so far."""
        return self._rate.characters_for(tokens)


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Who writes, and how much may be asked of it."""

    ask: Ask
    name: str
    book: PromptBook
    rounds: int = 2
    """Requests to repair a section after its first answer."""
    context: int = 32_000
    """Tokens that it takes, prompt and answer together."""
    parallel: int = 8
    """Sections at the same time."""
    stop: Callable[[], None] = lambda: None
    """Ends the requests in flight: nobody waits for the text any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The model and what its sections are held against."""

    model: Model
    materials: Materials
    lexicon: Lexicon
    options: Options
    """How strictly the finished draft is judged; a model's sentences are judged by `strict`."""
    meter: Meter = field(default_factory=Meter)
    weighed: "dict[tuple[str, str], tuple[Weighed, ...]]" = field(default_factory=dict)
    """Sections that were weighed already, by id and template."""

    @property
    def strict(self) -> Options:
        """Every kind of fact point counts, whether facts were given or not."""
        return replace(
            self.options,
            fact_points="all",
            blocking_points=frozenset(get_args(PointKind)),
            open_dates_fail=True,
        )

    @property
    def room(self) -> int:
        """Characters that a prompt may have."""
        context = self.model.context
        return self.meter.characters_for(max(context // 4, context - _ANSWER_TOKENS))
