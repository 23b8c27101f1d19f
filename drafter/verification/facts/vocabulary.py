"""Which words of a clause nobody vouches for: neither routine words nor those of its evidence."""

from collections.abc import Iterator, Sequence

from drafter.keeping import ByIdentity, kept
from drafter.verification.facts.wordlists import Words

SLOT = "\x00"
"""Stands where a figure was: figures are judged on their own."""


def unknown_words(prose: str, words: Words, licence: str) -> str:
    """The first stretch that is neither routine nor in this year's row names; '' if all is known.

    Args:
        prose: A clause whose figures were replaced by NUL characters.
        words: The lists.
        licence: `licence_of` the clause's rows.

    >>> from drafter.verification.facts.wordlists import load_words
    >>> unknown_words("加强众兴安全检查", load_words(), "")
    '众兴'
    """
    held = ByIdentity(words)
    pieces = (_first_unknown(piece, held, licence) for piece in prose.split(SLOT))
    return next(filter(None, pieces), "")


@kept(8192)
def _first_unknown(piece: str, words: "ByIdentity[Words]", licence: str) -> str:
    known = _known_places(piece, words.value, licence)
    return next((piece[start:end] for start, end in _gaps(known)), "")


def _known_places(text: str, words: Words, licence: str) -> list[bool]:
    """Marks the characters of the best cover; those of a word count only together."""
    size = len(text)
    # best[i]: fewest unknown characters in text[i:]; step[i]: length of the word taken there.
    best, step = [0] * (size + 1), [0] * size
    for place in range(size - 1, -1, -1):
        best[place], step[place] = best[place + 1] + 1, 0
        for length in _lengths(text, place, words, licence):
            # <=: of equal covers the one with the longest word.
            if best[place + length] <= best[place]:
                best[place], step[place] = best[place + length], length
    known = [False] * size
    place, alone = 0, -1
    while place < size:
        for covered in range(place, place + step[place]):
            known[covered] = True
        if step[place] == 1 and text[place] in words.adjuncts:
            if alone == place - 1 and place:
                known[place - 1] = known[place] = False
            alone = place
        place += step[place] or 1
    return known


def _lengths(text: str, place: int, words: Words, licence: str) -> Iterator[int]:
    """Lengths of the known words that begin at a place."""
    for length in range(1, min(words.longest, len(text) - place) + 1):
        if text[place : place + length] in words.vocabulary:
            yield length
    length = 2
    while place + length <= len(text) and text[place : place + length] in licence:
        yield length
        length += 1


def _gaps(known: Sequence[bool]) -> Iterator[tuple[int, int]]:
    start = None
    for place, is_known in enumerate([*known, True]):
        if not is_known and start is None:
            start = place
        elif is_known and start is not None:
            yield start, place
            start = None
