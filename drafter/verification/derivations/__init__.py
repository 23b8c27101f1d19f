"""Derivations N01-N22 of DOMAIN §3.2: what may be computed from the table, and when.

A derivation is tried only where the claim's words ask for it (`asked`) and its operands stand
nearby (`surroundings`). Rounded operands are intervals, counts are exact (`operands`); the formula
with its operands is kept as evidence. The rules themselves: `one_row`, `several_rows`.
"""

from collections.abc import Iterator

from drafter.verification.approximators import DEFAULT, Tolerances
from drafter.verification.derivations.asked import ASKED
from drafter.verification.derivations.operands import Derivation, Operand, operand, usable
from drafter.verification.derivations.stating import states
from drafter.verification.derivations.surroundings import Surroundings, Told

__all__ = [
    "Derivation",
    "Operand",
    "Surroundings",
    "Told",
    "candidates",
    "derive",
    "operand",
    "states",
    "usable",
]


def derive(
    around: Surroundings,
    tolerances: Tolerances = DEFAULT,
    without: frozenset[str] = frozenset(),
) -> Derivation | None:
    """The derivation that proves the claim, None if none that is asked for does.

    Args:
        around: the claim with what stands near it.
        tolerances: what approximators allow.
        without: rules that are switched off (`N05`).
    """
    for candidate in candidates(around):
        if candidate.rule not in without and states(around.context.mention, candidate, tolerances):
            return candidate
    return None


def candidates(around: Surroundings) -> Iterator[Derivation]:
    """Every value that the claim's words ask for, whether or not it is the one claimed."""
    for asked in ASKED:
        if asked.is_asked(around):
            yield from asked.make(around)
