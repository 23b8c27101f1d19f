"""Verdicts on names: titles, document numbers, quoted terms, meetings, persons, lists of names."""

import re
from collections.abc import Sequence
from typing import Final

from drafter.numerals.chinese import parse_chinese
from drafter.records.claim import Finding, Verdict
from drafter.verification.facts.lexicon import fold
from drafter.verification.facts.points import FactPoint
from drafter.verification.facts.sources import Source
from drafter.verification.facts.surroundings import Surroundings, judged
from drafter.verification.facts.vocabulary import unknown_words

ALIKE: Final = 0.6
"""Likeness (Dice of pairs) from which on a name is a damaged form of a known one."""
_DISPLACED: Final = 0.6
"""Likeness of the words around a name to a source from which on that source is meant."""
_TOLD: Final = 0.55
"""Likeness of the other clauses of a sentence to a fact that they tell."""
_LONG: Final = 8
_SHORTEST: Final = 4
_LONGEST_PLACE: Final = 4
_JOINT: Final = re.compile("[及与和暨]|以及")
_AHEAD: Final = 0.3
_PLACE: Final = re.compile(r"[\u4e00-\u9fff]{1,8}?(?:省|市|县|区|州|旗|局|厅)")
_NAMES: Final = frozenset({"title", "document", "quoted", "meeting"})
_BRACKETED: Final = re.compile(r"（[^（）]*）")


def judge_name(point: FactPoint, around: Surroundings) -> Finding:
    """A title, document number, quoted term or meeting."""
    name = fold(point.name)
    if around.lexicon.standing.holds(name):
        displaced = _displaced(point, around)
        return displaced or judged(point, "supported", "常用名称")
    holders = around.sources.holding(name)
    if point.kind in ("meeting", "document") and not holders:
        name = _core(point.name, around)
        holders = around.sources.holding(name)
    if point.kind == "title":
        holders = [one for one in holders if _is_full_title(name, one)] or []
    if not holders and point.kind == "meeting":
        holders = _in_parts(point, around) or _without_place(name, around)
    if not holders:
        return _not_held(point, name, around)
    best = max(holders, key=lambda one: _around(point, one, around))
    rival = _rival(point, best, holders, around)
    if rival is not None:
        expected = _name_of_kind(point, rival)
        message = f"此处说的是{rival.label}，其名称为“{expected}”，文中写作{point.text}"
        return judged(point, "contradicted", message, source=rival, rule="L23", expected=expected)
    return judged(point, "supported", f"与{best.label}一致", source=best)


def _in_parts(point: FactPoint, around: Surroundings) -> list[Source]:
    """第四届对接会及科技活动周: two names in one, each held by a source."""
    parts = _JOINT.split(point.name)
    held = [around.sources.holding(fold(part)) for part in parts if len(part) >= _SHORTEST]
    return held[0] if len(parts) == len(held) > 1 and all(held) else []


def _without_place(name: str, around: Surroundings) -> list[Source]:
    """第四届泵阀对接会 for 第四届云岭泵阀对接会, where 云岭县 is named beside it or by a source."""
    for _, known, source in around.sources.alike(name):
        extra = len(known) - len(name)
        for at in range(len(known) - extra + 1) if 2 <= extra <= _LONGEST_PLACE else ():
            shorter = known[:at] + known[at + extra :]
            if shorter == name and _is_place(known[at : at + extra], around):
                return [source]
    return []


def _is_place(name: str, around: Surroundings) -> bool:
    """云岭: the text or a source says 云岭县."""
    said = (around.text, *(one.folded for one in around.sources.all))
    return any(f"{name}{kind}" in text for text in said for kind in "县市区州旗")


def _around(point: FactPoint, source: Source, around: Surroundings) -> float:
    """How much the words around a name speak of a source."""
    start, end = point.clause
    words = around.text[start : point.start] + "\n" + around.text[point.end : end]
    near = around.likeness(words, source)
    low, high = around.sentence(point.start)
    wider = around.text[low : point.start] + "\n" + around.text[point.end : high]
    return near + around.likeness(wider, source) / 4


def _rival(
    point: FactPoint, best: Source, holders: Sequence[Source], around: Surroundings
) -> Source | None:
    """A source that the words around speak of far more, and that has another name there."""
    start, end = point.clause
    words = around.masked(start, point.start) + "\n" + around.masked(point.end, end)
    own = around.likeness(words, best)
    sentence = fold(around.text[slice(*around.sentence(point.start))])
    likely = [
        other
        for likeness, other in around.sources.near(words, 3)
        if likeness >= max(_DISPLACED, own + _AHEAD)
    ]
    told = _told(point, around)
    if not told.intersection(one.id for one in holders):
        likely += [one for one in map(around.sources.by_id.get, sorted(told)) if one is not None]
    for other in likely:
        if other.fact is None:
            continue
        expected = _name_of_kind(point, other)
        if expected and other not in holders and fold(expected) not in sentence:
            return other
    return None


def _told(point: FactPoint, around: Surroundings) -> set[str]:
    """Facts that proven numbers and other names of the sentence belong to."""
    start, end = around.sentence(point.start)
    numbers = around.numbers_in(start, end)
    found = {one.indicator for one in numbers if one.indicator and not one.is_open}
    for other in around.points_in(start, end):
        apart = other.end <= point.start or point.end <= other.start
        if apart and other.kind in _NAMES and other.name != point.name:
            found |= {one.id for one in around.sources.holding(fold(other.name)) if one.fact}
    rest = around.masked(start, point.clause[0]) + "\n" + around.masked(point.clause[1], end)
    for likeness, source in around.sources.near(rest, 1):
        if likeness >= _TOLD and source.fact is not None and len(rest) > _LONG:
            found.add(source.id)
    return found


def _name_of_kind(point: FactPoint, source: Source) -> str:
    return next((one.name for one in source.points if one.kind == point.kind), "")


def _is_full_title(name: str, source: Source) -> bool:
    """The title whole, or without the place that leads it and the bracket that ends it."""
    titles = [fold(one.name) for one in source.points if one.kind == "title"]
    titles += [fold(source.fact.title)] if source.fact and source.fact.title else []
    if not titles:
        return True
    return any(name in _fair_forms(title) for title in titles)


def _fair_forms(title: str) -> set[str]:
    shorter = _BRACKETED.sub("", title)
    forms = {title, shorter}
    for form in (title, shorter):
        place = _PLACE.match(form)
        if place:
            forms.add(form[place.end() :])
    return forms


def _not_held(point: FactPoint, name: str, around: Surroundings) -> Finding:
    """A damaged form of a known name, or a name that nobody gave."""
    for likeness, known, source in around.sources.alike(name):
        same_length = len(name) == len(known) and _differences(name, known) <= 2
        if likeness < ALIKE and not same_length and not _is_shortened(name, known):
            continue
        if likeness < ALIKE / 2:
            continue
        written = _written(known, source)
        message = f"{source.label}中的名称为“{written}”，文中写作{point.text}"
        return judged(point, "contradicted", message, source=source, rule="L23", expected=written)
    displaced = _displaced(point, around)
    if displaced is not None:
        return displaced
    return judged(point, "unsupported", "素材和指标表中没有这一名称，也不是常用名称", rule="L01")


def _displaced(point: FactPoint, around: Surroundings) -> Finding | None:
    """A name where a fact told in the same words has another."""
    start, end = point.clause
    words = around.masked(start, point.start) + "\n" + around.masked(point.end, end)
    for likeness, source in around.sources.near(words, 2):
        expected = _name_of_kind(point, source)
        if likeness >= _DISPLACED and expected and expected not in around.text[start:end]:
            message = f"{source.label}中此处为“{expected}”，文中写作{point.text}"
            return judged(
                point, "contradicted", message, source=source, rule="L23", expected=expected
            )
    return None


def _differences(name: str, known: str) -> int:
    return sum(a != b for a, b in zip(name, known, strict=True))


def _is_shortened(name: str, known: str) -> bool:
    """All its characters stand in the known name in this order, and most of them do."""
    rest = iter(known)
    return len(name) * 2 >= len(known) and all(char in rest for char in name)


def _written(folded: str, source: Source) -> str:
    """A known name as its source writes it."""
    names = [one.name for one in source.points]
    if source.fact is not None:
        names.append(source.fact.title)
    elif source.row is not None:
        names += source.row.names
    return next((name for name in names if fold(name) == folded), folded)


def judge_person(point: FactPoint, around: Surroundings) -> Finding:
    """A person with the posts that the clause gives."""
    name = fold(point.name)
    if around.lexicon.standing.holds(name):
        return judged(point, "supported", "常用名称")
    clause = around.text[slice(*point.clause)]
    others = [one for one in around.points_in(*point.clause) if one.kind == "person"]
    own = point.text if any(one.name != point.name for one in others) else clause
    posts = {found[0] for found in around.lexicon.post_pattern.finditer(own)}
    holders = [one for one in around.sources.holding(name) if name in one.persons]
    for source in holders:
        strange = [post for post in posts if post not in source.folded]
        if not strange:
            return judged(point, "supported", f"与{source.label}一致", source=source)
    if holders:
        source = holders[0]
        wrong = min(post for post in posts if post not in source.folded)
        message = f"{source.label}中没有“{wrong}”这一职务"
        return judged(point, "contradicted", message, source=source, rule="L22")
    for _, source in around.sources.near(clause):
        for person in source.persons:
            close = len(person) == len(name) and _differences(person, name) == 1
            if close or any(post in source.folded for post in posts):
                message = f"{source.label}中的姓名为“{person}”，文中写作“{point.name}”"
                return judged(
                    point, "contradicted", message, source=source, rule="L22", expected=person
                )
    return judged(point, "unsupported", "素材中没有此人及其职务", rule="L22")


def judge_list(point: FactPoint, around: Surroundings) -> Finding:
    """Names listed before a count: one source holds them all, and their number fits."""
    names = [_core(name, around) for name in point.names]
    weighed = [
        (sum(name in one.folded for name in names), one) for one in _candidates(names, around)
    ]
    if not weighed:
        return judged(point, "unsupported", "素材中没有这份名单", rule="L24")
    held, source = max(weighed, key=lambda pair: pair[0])
    strange = [name for name in names if name not in source.folded]
    if strange:
        verdict: Verdict = "contradicted" if held * 2 >= len(names) else "unsupported"
        at = around.text.find(strange[0], point.start, point.end)
        place = (at, at + len(strange[0])) if at >= 0 else None
        message = f"{source.label}的名单中没有“{'、'.join(strange)}”"
        return judged(point, verdict, message, source=source, rule="L24", place=place)
    count = _count(point.count)
    wrong = len(names) > count if point.open_list else len(names) != count
    if wrong or len(set(names)) < len(names):
        message = f"列出{len(set(names))}个名称，所说的是{point.count}"
        return judged(point, "contradicted", message, source=source, rule="L24")
    return judged(point, "supported", f"与{source.label}一致", source=source)


def _candidates(names: Sequence[str], around: Surroundings) -> list[Source]:
    found = {one.id: one for name in names for one in around.sources.holding(name)}
    return list(found.values())


def _core(name: str, around: Surroundings) -> str:
    """A name without the routine words that lead up to it: 支持|恒岳泵业, 完成|主题教育."""
    folded = fold(name)
    for start in range(max(1, len(folded) - 3)):
        routine = not unknown_words(folded[:start], around.lexicon.known, "")
        if routine and around.sources.holding(folded[start:]):
            return folded[start:]
    return folded


def _count(written: str) -> int:
    if written.isdecimal():
        return int(written)
    value = parse_chinese(written.replace("两", "二"))
    return int(value) if value is not None else 0
