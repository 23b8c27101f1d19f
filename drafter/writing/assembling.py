"""Clauses that live on become sentences again: openers, connectors, periods, numbering.

A clause never stands alone: 其中 wants its whole, 增长8% its subject, 今年以来 something to open,
and a routine measure beside a dropped event would still speak of that event. What loses its
support goes with it; what stays gets its marks, its period and its 一是 anew.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from drafter.numerals.masking import mask
from drafter.records.draft import BLANK, Wording
from drafter.records.indicator import Indicator
from drafter.records.summary import Block
from drafter.verification.facts.wordlists import Words
from drafter.writing.carrying import LEADING_TIME, Carried, Piece, Slot, is_time
from drafter.writing.clauses import Refusal
from drafter.writing.precedent import Clause

Outcome = Carried | Refusal

_DIGITS: Final = "零一二三四五六七八九十"
CARRIED_MARK: Final = Slot("{{ 据.沿用 }}")


@dataclass(frozen=True, slots=True)
class Kept:
    """A clause of the draft."""

    clause: Clause
    carried: Carried
    openers: tuple["Kept", ...] = ()
    """今年以来, 通过…: clauses that only lead up to this one."""
    opening: bool = False
    """The clause before it in its sentence is gone."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What lives on, in order, and what does not."""

    kept: tuple[Kept, ...]
    refused: tuple[tuple[Clause, Refusal], ...]


@dataclass(slots=True)
class _Reading:
    """State while going through the clauses."""

    kept: list[Kept] = field(default_factory=list)
    refused: list[tuple[Clause, Refusal]] = field(default_factory=list)
    pending: list[Kept] = field(default_factory=list)
    sentence: int = -1
    block: Block | None = None
    stale: bool = False
    """An event, name or slogan of this sentence was dropped."""
    stale_item: bool = False
    """The headline of this item was dropped."""
    headline: int = -1
    """Number of the sentence that opens the item."""
    last: Kept | None = None
    """The clause just before, if it was kept."""


def select(clauses: Sequence[Clause], outcomes: Sequence[Outcome], words: Words) -> Selection:
    """Lets go what has lost its support; nothing that was refused comes back."""
    reading = _Reading()
    for clause, outcome in zip(clauses, outcomes, strict=True):
        _enter(reading, clause)
        if isinstance(outcome, Refusal):
            _refuse(reading, clause, outcome)
        else:
            _admit(reading, clause, outcome, words)
    _drop_pending(reading)
    selection = Selection(tuple(reading.kept), tuple(reading.refused))
    return _without_bare_headlines(_without_repeats(selection))


def _enter(reading: _Reading, clause: Clause) -> None:
    if clause.sentence != reading.sentence or clause.block is not reading.block:
        _drop_pending(reading)
        reading.sentence, reading.stale = clause.sentence, False
    if clause.block is not reading.block:
        reading.block, reading.last = clause.block, None
        if not clause.enumerator:
            reading.stale_item, reading.headline = False, -1
    if clause.enumerator:
        _drop_pending(reading)
        reading.headline, reading.stale_item, reading.stale = clause.sentence, False, False


def _refuse(reading: _Reading, clause: Clause, refusal: Refusal) -> None:
    _drop_pending(reading)
    reading.refused.append((clause, refusal))
    reading.last = None
    if refusal.label in ("E", "Q", "G"):
        reading.stale = True
    if clause.sentence == reading.headline and refusal.label in ("E", "P", "Q", "G"):
        reading.stale_item = True


def _admit(reading: _Reading, clause: Clause, carried: Carried, words: Words) -> None:
    kept = Kept(clause, carried)
    if not carried.rows:
        if reading.stale or reading.stale_item:
            _refuse(reading, clause, Refusal("R", "同一句、同一项的主要内容没有沿用"))
            return
        if _only_opens(clause, words):
            reading.pending.append(kept)
            return
    parted = any(clause.text.startswith(word) for word in ("其中", "分别"))
    if (carried.dependent or (carried.rows and parted)) and not (
        reading.last and reading.last.carried.rows
    ):
        _refuse(reading, clause, Refusal("D", "所承接的上一分句没有沿用，不能单独成句"))
        return
    if repeats := _told_before(carried, reading):
        # The clause before stays in mind: 突破五十亿元，达到52亿元，增长8%.
        reading.refused.append((clause, Refusal("D", repeats)))
        return
    if _told_in_sentence(clause, carried, reading):
        _refuse(reading, clause, Refusal("D", "同一数据本句已有，不能再指另一项"))
        return
    openers = tuple(reading.pending)
    before = reading.last
    whole = before is not None and before.clause.sentence == clause.sentence
    kept = replace(kept, openers=openers, opening=not whole)
    reading.pending.clear()
    reading.kept.append(kept)
    reading.last = kept


def _told_before(carried: Carried, reading: _Reading) -> str:
    """Why a dependent clause has nothing to say of the one before it; '' where it has."""
    last = reading.last
    if not carried.dependent or last is None or not carried.rows:
        return ""
    row, before = carried.rows[0], last.carried.rows
    if row.id not in {one.id for one in before} and row.name in {one.name for one in before}:
        return "与上一分句同名而不是同一行的数"
    own = _slots(carried)
    told = _slots(last.carried)
    if own and own <= told and all(field == "value" for _, field in own):
        return "同一数据上一分句已有"
    return ""


def _told_in_sentence(clause: Clause, carried: Carried, reading: _Reading) -> bool:
    """One cell for two names of a sentence: one of them is not what the row is about."""
    own = _slots(carried)
    return bool(own) and any(
        own & _slots(one.carried)
        for one in reading.kept
        if one.clause.block is clause.block and one.clause.sentence == clause.sentence
    )


def _slots(carried: Carried) -> set[tuple[str, str]]:
    """(row, field) of the figures that a clause prints."""
    slots = [piece for piece in carried.pieces if isinstance(piece, Slot) and piece.row]
    return {(slot.row.id, slot.field) for slot in slots if slot.row and slot.field != "period"}


def _only_opens(clause: Clause, words: Words) -> bool:
    """今年以来, 其中, 通过…: says something only with the next clause."""
    if clause.mark not in ("，", "："):
        return False
    text = clause.text
    return text in words.connectors or text.startswith(words.introducers) or is_time(clause)


def _drop_pending(reading: _Reading) -> None:
    for kept in reading.pending:
        if not is_time(kept.clause):
            refusal = Refusal("R", "所引出的内容没有沿用")
            reading.refused.append((kept.clause, refusal))
    reading.pending.clear()


def _without_repeats(selection: Selection) -> Selection:
    """A figure is told once in a section: where it is told most fully, else first."""
    groups = _told_together(selection.kept)
    fullest: dict[tuple[str, ...], list[Kept]] = {}
    for group in groups:
        key = _amounts(group[0])
        if key and (key not in fullest or _figures(group) > _figures(fullest[key])):
            fullest[key] = group
    kept: list[Kept] = []
    refused = list(selection.refused)
    for group in groups:
        key = _amounts(group[0])
        if key and fullest[key] is not group:
            repeated = Refusal("D", "同一数据本节另有表述")
            refused += [(one.clause, repeated) for one in group]
            continue
        first, *others = group
        alone = not kept or kept[-1].clause.sentence != first.clause.sentence
        kept += [replace(first, opening=first.opening or alone), *others]
    return Selection(tuple(kept), tuple(refused))


def _told_together(kept: Sequence[Kept]) -> list[list[Kept]]:
    """Clauses with those that depend on them: 投资完成5亿元, 增长8%, 排全市第二."""
    groups: list[list[Kept]] = []
    for one in kept:
        if groups and one.carried.dependent:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _amounts(kept: Kept) -> tuple[str, ...]:
    """Rows whose amounts the clause tells, if it tells nothing else."""
    slots = [piece for piece in kept.carried.pieces if isinstance(piece, Slot) and piece.row]
    told = [slot for slot in slots if slot.field != "period"]
    if not all(slot.field == "value" for slot in told):
        return ()
    return tuple(slot.row.id for slot in told if slot.row)


def _figures(group: Sequence[Kept]) -> int:
    return sum(isinstance(piece, Slot) for one in group for piece in one.carried.pieces)


def _without_bare_headlines(selection: Selection) -> Selection:
    """A headline whose whole item was refused says nothing of its own."""
    items = _items([(kept.clause, index) for index, kept in enumerate(selection.kept)])
    lost = _items([(clause, 0) for clause, _ in selection.refused])
    bare: set[int] = set()
    for item, indexes in items.items():
        routine = all(not selection.kept[index].carried.rows for index in indexes)
        if routine and len(indexes) == 1 and len(lost.get(item, ())) > 0:
            bare.update(indexes)
    if not bare:
        return selection
    refusal = Refusal("R", "该项的具体内容没有沿用")
    gone = [(selection.kept[index].clause, refusal) for index in sorted(bare)]
    kept = tuple(one for index, one in enumerate(selection.kept) if index not in bare)
    return Selection(kept, (*selection.refused, *gone))


def _items(found: Sequence[tuple[Clause, int]]) -> dict[tuple[int, int], list[int]]:
    """Indexes by item; clauses outside items are left out."""
    items: dict[tuple[int, int], list[int]] = {}
    for clause, index in found:
        head = _head_of(clause)
        if head is not None:
            items.setdefault((id(clause.block), head), []).append(index)
    return items


_ITEM_START = re.compile(r"(?:^|(?<=[。；;！\n]))[ \u3000]*[一二三四五六七八九十]{1,3}是")


def _head_of(clause: Clause) -> int | None:
    """Place of the 一是 that the clause stands under, in its paragraph."""
    heads = [found.end() for found in _ITEM_START.finditer(clause.block.text)]
    before = [head for head in heads if head <= clause.start]
    return before[-1] if before else None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the draft as pieces, with the marks that belong to it."""

    pieces: tuple[Piece, ...]
    head: str = ""
    """The precedent's enumerator where the sentence opens an item."""
    rows: tuple[Indicator, ...] = ()
    wordings: tuple[Wording, ...] = ()
    """Where its words stem from."""


def paragraphs(selection: Selection, words: Words) -> tuple[tuple[Sentence, ...], ...]:
    """The kept clauses as paragraphs of sentences, numbered anew."""
    found: list[list[Sentence]] = []
    block: Block | None = None
    current: object = "year"
    open_item: tuple[int, int] | None = None
    for group in _by_sentence(selection.kept):
        if group[0].clause.block is not block:
            found.append([])
            block, current = group[0].clause.block, "year"
        sentence, current = _sentence(group, current, words)
        item = _item_key(group[0].clause)
        head = _enumerator_of(group[0].clause) if item is not None and item != open_item else ""
        open_item = item
        found[-1].append(replace(sentence, head=head))
    return tuple(_numbered(tuple(paragraph)) for paragraph in found)


def _item_key(clause: Clause) -> tuple[int, int] | None:
    head = _head_of(clause)
    return None if head is None else (id(clause.block), head)


def _enumerator_of(clause: Clause) -> str:
    head = _head_of(clause) or 0
    found = re.search(r"[一二三四五六七八九十]{1,3}是$", clause.block.text[:head])
    return found[0] if found else ""


def _by_sentence(kept: Sequence[Kept]) -> list[list[Kept]]:
    groups: list[list[Kept]] = []
    for one in kept:
        last = groups[-1][-1].clause if groups else None
        same = last is not None and last.block is one.clause.block
        # An item that begins within a sentence (…；二是…) is a sentence of its own here.
        if same and last and last.sentence == one.clause.sentence and not one.clause.enumerator:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _sentence(group: Sequence[Kept], current: object, words: Words) -> tuple[Sentence, object]:
    pieces: list[Piece] = []
    rows: list[Indicator] = []
    for index, kept in enumerate(group):
        body, current = _dated(kept, current, words)
        pieces.extend(body)
        if not kept.carried.rows:
            pieces.append(CARRIED_MARK)
        last = index + 1 == len(group)
        pieces.append("。" if last else _mark(kept.clause, group[index + 1].clause))
        rows.extend(kept.carried.rows)
    noted = tuple(noted_wording(one) for kept in group for one in (*kept.openers, kept))
    return Sentence(tuple(pieces), rows=tuple(rows), wordings=noted), current


def noted_wording(kept: Kept) -> Wording:
    """A carried clause's words and the place of the clause that they stem from."""
    clause, rows = kept.clause, kept.carried.rows
    return Wording(
        text="".join(one if isinstance(one, str) else BLANK for one in kept.carried.pieces),
        past=mask(clause.text),
        origin=clause.origin,
        indicators=tuple(dict.fromkeys(row.id for row in rows)),
    )


def _mark(clause: Clause, following: Clause) -> str:
    between = clause.block.text[clause.end : following.start]
    if "；" in between or ";" in between:
        return "；"  # also where the clause that bore it is gone
    if clause.mark == "：" and following.start - clause.end > 2:
        return "，"
    return clause.mark if clause.mark in ("，", "；", "：") else "，"


def _dated(kept: Kept, current: object, words: Words) -> tuple[list[Piece], object]:
    """A clause with its openers, and with its own period where that changes."""
    body = list(kept.carried.pieces)
    head: list[Piece] = []
    rows = kept.carried.rows
    timed = kept.carried.timed
    for opener in kept.openers:
        if is_time(opener.clause):
            said = _opening_time(opener, kept, current)
            timed = timed or bool(said)
            head.extend((*said, "，") if said else ())
        elif opener.clause.text not in words.connectors:
            head.extend((*opener.carried.pieces, CARRIED_MARK, "，"))
        elif not kept.opening:
            head.extend((*opener.carried.pieces, opener.clause.mark))
    if kept.opening:
        body = _without_connector(body, words)
    if rows:
        key = period_key(rows[0])
        if not timed and not kept.carried.dependent and key is not None and key != current:
            body = _with_period(body, rows[0])
        current = key if key is not None else current
    return [*head, *body], current


def _opening_time(opener: Kept, kept: Kept, current: object) -> tuple[Piece, ...]:
    """今年以来 stays before measures and year figures; else the row's own period stands there."""
    rows = kept.carried.rows
    if rows and current != "year" and period_key(rows[0]) == current:
        return ()  # said in the sentence before
    if rows and rows[0].period:
        own_words = LEADING_TIME.fullmatch(opener.clause.text)
        if own_words and period_key(rows[0]) == "year":
            return (opener.clause.text,)
        origin = None if own_words else opener.clause.origin
        if not own_words and period_key(rows[0]) == "year":
            return ()
        return (Slot(f"{{{{ {rows[0].ref}.时期 }}}}", rows[0], "period", origin),)
    # 截至2022年11月底 before a measure: last year's day.
    return opener.carried.pieces if LEADING_TIME.fullmatch(opener.clause.text) else ()


def _with_period(body: list[Piece], row: Indicator) -> list[Piece]:
    slot = Slot(f"{{{{ {row.ref}.时期 }}}}", row, "period")
    first = body[0]
    if isinstance(first, str) and first.startswith("其中"):
        return ["其中", slot, first[2:], *body[1:]]
    return [slot, *body]


def _without_connector(body: list[Piece], words: Words) -> list[Piece]:
    first = body[0] if body else ""
    if isinstance(first, str):
        for connector in words.connectors:
            if first.startswith(connector) and first != connector:
                return [first[len(connector) :].lstrip("，、"), *body[1:]]
    return body


def period_key(row: Indicator) -> object:
    """What two rows share when one period phrase serves both; None without a period."""
    period = row.period
    if period is None:
        return None
    if period.whole_year or period.open_ended:
        return "year"
    return (period.year, period.first, period.last, period.day, period.as_of)


def _numbered(sentences: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    """一是, 二是 … without gaps; a single item loses its number."""
    heads = [sentence for sentence in sentences if sentence.head]
    # An item whose headline went opens with bare figures: such a run reads better unnumbered.
    count = len(heads) if all(not _opens_with_data(one) for one in heads) else 0
    numbered, at = [], 0
    for sentence in sentences:
        head = ""
        if sentence.head and count > 1:
            at += 1
            head = f"{chinese(at)}是"
        numbered.append(replace(sentence, head=head))
    return tuple(numbered)


def _opens_with_data(sentence: Sentence) -> bool:
    return not any(piece is CARRIED_MARK for piece in sentence.pieces)


def chinese(number: int) -> str:
    """1 to 99 in characters: 十二."""
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
