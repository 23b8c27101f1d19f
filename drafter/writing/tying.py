"""Which facts of the list a sentence tells: what a tie `{{ 据.F07 }}` has to be borne by.

A fact bears a sentence that says mostly what it says and no word that neither it, nor the rows
printed there, nor routine explains; whose numbers are all proven; and where the verifier finds
nothing told wrongly.
"""

from collections.abc import Sequence

from drafter.verification.facts.lexicon import load_lexicon
from drafter.verification.facts.objections import unlicensed
from drafter.verification.facts.sources import Source, fold_lines, sources_of, words_in
from drafter.verification.facts.vocabulary import SLOT
from drafter.writing.linking import Place, Reading

TELLS = 0.5
"""Share of a sentence's pairs of characters that its facts must say."""
LONGEST = 600
"""Characters of a sentence that is still read for what it tells."""
_NEAR = 4


def told_facts(start: int, end: int, places: Sequence[Place], reading: Reading) -> tuple[str, ...]:
    """Ids of the facts that a sentence tells; () where anything in it is not borne.

    Args:
        start: Of the sentence, in the reading's text.
        end: Likewise.
        places: References in it.
        reading: The verifier's reading.
    """
    if end - start > LONGEST or not reading.materials.facts.facts or _wrong(start, end, reading):
        return ()
    materials = reading.materials
    lexicon = load_lexicon()
    sources = sources_of(materials.table, materials.facts, lexicon)
    said = _masked(start, end, places, reading)
    own = words_in(said)
    facts = [one for share, one in sources.near(said, _NEAR) if one.fact and share >= TELLS]
    if not own or not facts:
        return ()
    rows = [sources.by_id[one.indicator] for one in places if one.indicator in sources.by_id]
    common = fold_lines(materials.organisation)
    for fact in facts:
        licence = "\n".join((fact.licence, common, *(row.licence for row in rows)))
        if not unlicensed(said, licence, lexicon) and _counts(start, end, fact, places, reading):
            return (fact.id,)
    return ()


def _wrong(start: int, end: int, reading: Reading) -> bool:
    """The verifier has something open in the stretch."""
    open_facts = any(
        one.is_open and one.blocking and one.start < end and start < one.end
        for one in reading.facts
    )
    claims = (reading.finding(one.mention) for one in reading.claims_in(start, end))
    return open_facts or any(one is not None and one.is_open for one in claims)


def _counts(start: int, end: int, fact: Source, places: Sequence[Place], reading: Reading) -> bool:
    """Every number of the sentence is the fact's own or stands in a reference."""
    for one in reading.claims_in(start, end):
        mention, finding = one.mention, reading.finding(one.mention)
        placed = any(at.start <= mention.start and mention.end <= at.end for at in places)
        if not placed and (finding is None or finding.indicator != fact.id):
            return False
    return True


def _masked(start: int, end: int, places: Sequence[Place], reading: Reading) -> str:
    """The sentence with its numbers, times and references as slots: they are judged on their own."""
    marks = [
        (one.start, one.end)
        for one in reading.mentions
        if one.end > start and one.start < end and (one.claim or one.kind in ("date", "period"))
    ]
    marks += [(one.start, one.end) for one in places if one.field != "要点"]
    pieces, at = [], start
    for low, high in sorted(marks):
        pieces += [reading.text[at : max(low, at)], SLOT]
        at = max(at, min(high, end))
    return "".join((*pieces, reading.text[at:end]))
