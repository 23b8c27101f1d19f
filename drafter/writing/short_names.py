"""Whether a clause's own words are a short form of a row's name, or of another indicator's.

The verifier asks what a reader would take a figure for; who writes a new figure into an old
sentence must be surer: what the row's name says and the sentence does not, makes another
indicator (区本级投资, 劳动力转移就业培训), and so does what stands behind the name (生产总值能耗).
"""

import re
from typing import Final

from drafter.records.indicator import Indicator
from drafter.verification import Binding
from drafter.verification.binding.names import normalise, normalise_name
from drafter.verification.binding.nouns import goes_on, without_verb

_SAYS_NOTHING: Final = frozenset("总数量额值年全的个家户项")
_LEAST_UNSAID: Final = 2
_OF_THE_SENTENCE: Final = 0.35
"""Nearness from which on a word stands in the clause's own sentence."""
_PLACE: Final = re.compile(r"^(?:预计)?(?:全[国省市州县区]|我[省市州县区]|地区)+")


def means_another(binding: Binding, row: Indicator) -> bool:
    """The clause names something, and no name of the row is what it names."""
    if not binding.context.has_own_subject:
        return False
    names = [without_verb(normalise_name(name)) for name in row.names]
    said = _said(binding)
    return all(_unsaid(name, said) or _said_more(binding, name) for name in names)


def _said(binding: Binding) -> frozenset[str]:
    """Characters of the sentence and its heading."""
    context = binding.context
    near = [pair for pair, weight in context.nearness.items() if weight >= _OF_THE_SENTENCE]
    return context.letters | frozenset("".join(near)) | frozenset(normalise(context.heading))


def _unsaid(name: str, said: frozenset[str]) -> bool:
    """A piece of the name, two characters or more, stands nowhere in the sentence."""
    run = 0
    for letter in name:
        unsaid = letter not in said and letter not in _SAYS_NOTHING and letter != " "
        run = run + 1 if unsaid else 0
        if run >= _LEAST_UNSAID:
            return True
    return False


def _said_more(binding: Binding, name: str) -> bool:
    """What stands behind the name in the clause makes another indicator of it."""
    bare = _PLACE.sub("", name.replace(" ", ""))
    return any(goes_on(noun, bare) for noun in binding.context.nouns if bare)
