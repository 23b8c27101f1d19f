"""Whether a clause of the precedent may live on: a whitelist, clause by clause (DESIGN §5).

    D data    all its claims have a row this year        carried
    R routine every word of it is a routine word         carried
    J judgement  E event or name  P policy  Q problem  G goal   not carried

The lists of cues only say why a clause is refused. What admits one is that nothing in it is
unknown: the words around its figures must be routine words or parts of this year's row names.
A firm, a slogan or a meeting that no list knows is therefore refused like a known one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from drafter.records.indicator import Indicator
from drafter.writing.judgement import places
from drafter.writing.precedent import Clause
from drafter.writing.wordlists import Words

Label = Literal["D", "R", "E", "P", "Q", "G", "J"]

_QUOTED: Final = re.compile(r"“[^“”]{1,60}”|\"[^\"]{1,60}\"|「[^「」]{1,60}」|‘[^‘’]{1,60}’")
_TITLED: Final = re.compile(r"《")
_NUMBERED: Final = re.compile(
    r"第[一二三四五六七八九十0-9]{1,3}(?:届|轮|批|次|期)|[一二三四五六七八九十]+届"
)
_FIRM: Final = re.compile(
    r"[^，、]{2}(?:公司|集团|股份|有限|厂(?!房|区|务)|银行|大学|学院|医院|中学|小学)"
)
_PERSON: Final = re.compile(r"同志|先生|女士|教授|院士(?!工作站)")
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")
_SLOT: Final = re.compile(r"\x00")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a clause is not carried, in Chinese, with its class."""

    label: Label
    reason: str
    vague: bool = False
    """Only unknown words speak against it, no name, event or policy that a list knows."""


def licence_of(rows: Sequence[Indicator]) -> str:
    """This year's own words: names, aliases, sections and scopes of rows, set apart."""
    parts: list[str] = []
    for row in rows:
        parts += [*row.names, row.section, row.scope, row.rank_scope, row.target_of, row.share_of]
    return "\n".join(part for part in parts if part)


def objection(clause: Clause, words: Words, licence: str) -> Refusal | None:
    """What in a clause's words forbids carrying it; None where no cue was found.

    Args:
        clause: A clause with its mentions.
        words: The lists.
        licence: `licence_of` the rows that it reports this year.
    """
    text = clause.text
    for label, cues, reason in (
        ("Q", words.problems, "谈问题和不足"),
        ("G", words.goals, "谈目标和打算"),
        ("E", words.events, "记事件、荣誉或一次性工作"),
        ("P", words.policy, "属提法或政策表述"),
    ):
        for cue in cues:
            if any(True for _ in places(text, cue, words, licence)):
                return Refusal(_label(label), f"{reason}（{cue}）")
    return _named(clause, words, licence)


def _label(letter: str) -> Label:
    labels: dict[str, Label] = {"Q": "Q", "G": "G", "E": "E", "P": "P"}
    return labels[letter]


def _named(clause: Clause, words: Words, licence: str) -> Refusal | None:
    """Titles, quoted terms, terms of meetings, firms, persons, dates."""
    text = clause.text
    if _TITLED.search(text):
        return Refusal("E", "含有文件、作品名称")
    for quoted in _QUOTED.finditer(text):
        if quoted[0] not in words.standing and quoted[0] not in licence:
            return Refusal("E", f"含有引用名称{quoted[0]}")
    for pattern, what in ((_NUMBERED, "届次、批次"), (_FIRM, "单位名称"), (_PERSON, "人员")):
        found = pattern.search(text)
        routine = found and (found[0] in licence or found[0][2:] in words.vocabulary)
        if found and not routine:
            return Refusal("E", f"含有{what}（{found[0]}）")
    return _dated(clause)


def _dated(clause: Clause) -> Refusal | None:
    for mention in clause.others:
        if mention.kind == "noise":
            return Refusal("E", f"数字残缺（{mention.text}）")
        span = mention.span
        is_day = span is not None and (span.day is not None or _single_month(mention.text))
        if mention.kind == "date" and is_day:
            return Refusal("E", f"记某日某月的事（{mention.text}）")
    return None


def _single_month(text: str) -> bool:
    return not text.startswith("截") and "底" not in text and "末" not in text


def unknown_words(prose: str, words: Words, licence: str) -> str:
    """The first stretch that is neither routine nor in this year's row names; '' if all is known.

    Args:
        prose: A clause whose figures were replaced by NUL characters.
        words: The lists.
        licence: `licence_of` the clause's rows.

    >>> from drafter.writing.wordlists import load_words
    >>> unknown_words("加强众兴安全检查", load_words(), "")
    '众兴'
    """
    unknown = ""
    for piece in _SLOT.split(prose):
        known = _known_places(piece, words, licence)
        for start, end in _gaps(known):
            unknown = unknown or piece[start:end]
    return unknown


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


def has_year(text: str) -> bool:
    """A calendar year in digits stands in it."""
    return bool(_YEAR.search(text))
