"""Keeps a prompt within what the model takes: passages go first, then facts, then rows.

How many tokens a character costs is measured from the endpoint's own counts; before the first
answer a rate is assumed that no tokenizer of a Chinese model reaches.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from drafter.writing.prompting.brief import Brief

UNMEASURED_RATE: Final = 1.3
"""Tokens a character before anything was measured."""
_MARGIN: Final = 1.1


@dataclass(frozen=True, slots=True)
class TokenRate:
    """Tokens a character, as the endpoint has counted them so far."""

    characters: int = 0
    tokens: int = 0

    def with_call(self, characters: int, tokens: int | None) -> "TokenRate":
        """The rate after another prompt; one that was not counted changes nothing."""
        if not tokens or tokens <= 0 or characters <= 0:
            return self
        return TokenRate(self.characters + characters, self.tokens + tokens)

    @property
    def rate(self) -> float:
        """With a margin for texts denser than those measured."""
        if not self.characters:
            return UNMEASURED_RATE
        return self.tokens / self.characters * _MARGIN

    def characters_for(self, tokens: int) -> int:
        """How many characters of a prompt fit into so many tokens."""
        return int(tokens / self.rate)


@dataclass(frozen=True, slots=True)
class Fitted:
    """A brief that fits, and what had to stay out, in words."""

    brief: Brief
    dropped: tuple[str, ...] = ()


def fitted(brief: Brief, length: Callable[[Brief], int], room: int) -> Fitted:
    """The brief with as much as the room holds.

    Args:
        brief: All that might be told.
        length: Characters of the prompt that a brief makes.
        room: Characters that there are.

    Returns:
        The brief without the last passages, else also without facts, else without rows; those
        that must be told (必写, 亮点, 必报) go last. One that cannot fit at all is returned as bare
        as it gets: the caller sees that its length is still above the room.
    """
    dropped: list[str] = []
    current = brief
    while length(current) > room:
        smaller = _smaller(current)
        if smaller is None:
            break
        current, what = smaller
        dropped.append(what)
    return Fitted(current, tuple(dropped))


def _smaller(brief: Brief) -> tuple[Brief, str] | None:
    if brief.past:
        return replace(brief, past=brief.past[:-1]), f"往年写法第{len(brief.past)}段"
    for required in (False, True):
        facts = [one for one in brief.facts if one.required is required]
        if facts:
            rest = tuple(one for one in brief.facts if one is not facts[-1])
            return replace(brief, facts=rest), f"素材{facts[-1].id}"
        rows = [one for one in brief.rows if one.required is required]
        if rows:
            row_rest = tuple(one for one in brief.rows if one is not rows[-1])
            return replace(brief, rows=row_rest), f"指标{rows[-1].name}"
    return None
