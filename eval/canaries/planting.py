"""Where matters are planted in a past text: beside figures, in lists, in headings, in measures.

A position takes the lines of a text and a matter and gives the lines back, or None where the text
has no such place. Positions are as offices write, so that a planted text reads like one.
"""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from eval.canaries.matters import CLAUSES, MATTERS, PLACES, SETTINGS, SURNAMES

_SHORTEST_BODY = 60
_FIGURE = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:万|亿)?(?:元|家|个|项|户|人|次|%)")
_CLAUSE_WITH_FIGURE = re.compile(r"(?<=[，。；])[^，。；]*[0-9]")
_COUNTED = re.compile(r"(?<=[，。；])([^，。；0-9]{2,12})(?=[0-9]+[家个项户])")
_HEADING = re.compile(
    r"([（(][一二三四五六七八九十]{1,2}[）)]|[一二三四五六七八九十]{1,2}、)(.{4,40})"
)
_PROBLEMS = re.compile("问题|不足|困难|短板")
_PLANS = re.compile("下一步|打算|计划|明年|思路|安排")


@dataclass(frozen=True, slots=True)
class Canary:
    """A matter that never happened this year."""

    kind: str
    name: str
    """Occurs nowhere else: a draft that has it took it over."""
    matter: str
    told: str
    """As a clause of its own."""


Position = Callable[[list[str], Canary, random.Random], list[str] | None]


def canaries(rng: random.Random, taken: str) -> list[Canary]:
    """Every matter once, in any order, each with a name that `taken` does not contain.

    Names repeat over the list (there are fewer of them than matters): those of one text must differ.
    """
    names = [name for name in PLACES if name not in taken]
    found = []
    for kind, tellings in MATTERS.items():
        for telling in tellings:
            name = rng.choice(names)
            matter = telling.format(n=name, s=rng.choice(SURNAMES))
            told = matter if kind in CLAUSES else rng.choice(SETTINGS).format(m=matter)
            found.append(Canary(kind, name, matter, told))
    rng.shuffle(found)
    return found


def read_canaries(file: Path, rng: random.Random, taken: str) -> list[Canary]:
    """The matters of a file, in any order, without those whose name `taken` contains.

    Args:
        file: Tab-separated, a head line, then kind, matter, the same told as a clause, and the name:
            what a draft must not contain.
        rng: Makes the order.
        taken: The text and what this year tells itself.
    """
    rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()[1:]]
    found = [Canary(kind, name, matter, told) for kind, matter, told, name in rows]
    rng.shuffle(found)
    return [one for one in found if one.name not in taken]


def in_own_sentence(lines: list[str], one: Canary, rng: random.Random) -> list[str] | None:
    """Thus: `…。大力弘扬鹭洲精神。…`."""
    return _at(lines, r"(?<=。)", f"{one.told}。", rng)


def before_a_figure(lines: list[str], one: Canary, rng: random.Random) -> list[str] | None:
    """Thus: `…，鹭洲矿区平稳关停，工业投资79.8亿元…`."""
    return _before(lines, _CLAUSE_WITH_FIGURE, f"{one.told}，", rng)


def after_a_figure(lines: list[str], one: Canary, rng: random.Random) -> list[str] | None:
    """Thus: `…增长5.7%，鹭洲矿区平稳关停。`."""
    return _at(lines, r"(?<=[0-9%家个项元])(?=。)", f"，{one.told}", rng)


def between_clauses(lines: list[str], one: Canary, rng: random.Random) -> list[str] | None:
    """Behind any comma."""
    return _at(lines, "(?<=，)", f"{one.told}，", rng)


def before_an_indicator(lines: list[str], one: Canary, rng: random.Random) -> list[str] | None:
    """鹭洲新材料工业投资79.8亿元; 随着鹭洲矿区平稳关停，工业投资…."""
    added = f"随着{one.matter}，" if one.kind in CLAUSES else one.matter
    return _before(lines, _CLAUSE_WITH_FIGURE, added, rng)


def as_owner(lines: list[str], one: Canary, rng: random.Random) -> list[str] | None:
    """鹭洲新材料的工业投资79.8亿元."""
    return _before(lines, _CLAUSE_WITH_FIGURE, f"{one.matter}的", rng)


def as_cause(lines: list[str], one: Canary, rng: random.Random) -> list[str] | None:
    """在鹭洲新材料带动下，工业投资79.8亿元."""
    return _before(lines, _CLAUSE_WITH_FIGURE, f"在{one.matter}带动下，", rng)


def in_a_list(lines: list[str], one: Canary, rng: random.Random) -> list[str] | None:
    """新增鹭洲铸件、…等11家."""
    return _after(lines, _COUNTED, f"{one.matter}、云启装备等", rng)


def in_brackets(lines: list[str], one: Canary, rng: random.Random) -> list[str] | None:
    """11家（含鹭洲铸件）."""
    return _after(lines, _FIGURE, f"（含{one.matter}）", rng)


def at_the_start(lines: list[str], one: Canary, rng: random.Random) -> list[str] | None:
    """Before the first clause of a paragraph."""
    at = rng.choice(_bodies(lines))
    return [*lines[:at], f"{one.told}，{lines[at]}", *lines[at + 1 :]]


def in_an_item(lines: list[str], one: Canary, rng: random.Random) -> list[str] | None:
    """Thus: `一是大力弘扬鹭洲精神。`."""
    return _at(lines, r"(?<=。)", f"一是{one.told}。", rng)


def with_a_connector(lines: list[str], one: Canary, rng: random.Random) -> list[str] | None:
    """Thus: `同时，…，取得积极进展。`."""
    return _at(lines, r"(?<=。)", f"同时，{one.told}，取得积极进展。", rng)


def among_measures(lines: list[str], one: Canary, rng: random.Random) -> list[str] | None:
    """Thus: `加强企业服务，…，深入开展走访。`."""
    return _at(lines, r"(?<=。)", f"加强企业服务，{one.told}，深入开展走访。", rng)


def as_a_purpose(lines: list[str], one: Canary, rng: random.Random) -> list[str] | None:
    """Thus: `以鹭洲攻坚年为抓手，加强企业服务。`."""
    return _at(lines, r"(?<=。)", f"以{one.matter}为抓手，加强企业服务。", rng)


def as_a_heading(lines: list[str], one: Canary, rng: random.Random) -> list[str] | None:
    """（一）大力弘扬鹭洲精神，工业经济稳中有进."""
    places = [at for at, line in enumerate(lines) if _HEADING.fullmatch(line)]
    if not places:
        return None
    at = rng.choice(places)
    found = _HEADING.fullmatch(lines[at])
    assert found  # noqa: S101 - chosen so
    first, last = re.split("[，,]", found[2])[0], re.split("[，,]", found[2])[-1]
    changed = rng.choice((f"{one.told}，{last}", f"{first}，{one.told}", one.matter + found[2]))
    return [*lines[:at], found[1] + changed, *lines[at + 1 :]]


def as_a_title(lines: list[str], one: Canary, rng: random.Random) -> list[str] | None:
    """某局2023年工作总结：鹭洲攻坚年."""
    del rng
    places = [
        at for at, line in enumerate(lines[:3]) if "总结" in line and len(line) < _SHORTEST_BODY
    ]
    if not places:
        return None
    at = places[0]
    return [*lines[:at], f"{lines[at]}：{one.matter}", *lines[at + 1 :]]


def as_a_whole_heading(lines: list[str], one: Canary, rng: random.Random) -> list[str] | None:
    """（一）鹭洲突围成效明显: the matter stands where the theme stood."""
    places = [at for at, line in enumerate(lines) if _HEADING.fullmatch(line)]
    if not places:
        return None
    at = rng.choice(places)
    found = _HEADING.fullmatch(lines[at])
    assert found  # noqa: S101 - chosen so
    changed = rng.choice(("{}成效明显", "{}，工业经济稳中有进", "推进{}", "{}有新进展"))
    return [*lines[:at], found[1] + changed.format(one.matter), *lines[at + 1 :]]


def as_a_run_in_heading(lines: list[str], one: Canary, rng: random.Random) -> list[str] | None:
    """Thus: `1.鹭洲突围。1—11月，…`: a heading that runs into its paragraph."""
    at = rng.choice(_bodies(lines))
    mark = rng.choice(("1.", "一是", ""))
    return [*lines[:at], f"{mark}{one.matter}。{lines[at]}", *lines[at + 1 :]]


def in_a_respective_list(lines: list[str], one: Canary, rng: random.Random) -> list[str] | None:
    """Thus: `其中，鹭洲铸件、云启装备分别完成3.2亿元、1.7亿元。`."""
    told = f"其中，{one.matter}、云启装备分别完成3.2亿元、1.7亿元。"
    return _at(lines, r"(?<=。)", told, rng)


def in_the_lead(lines: list[str], one: Canary, rng: random.Random) -> list[str] | None:
    """The first paragraph tells it as what the year was about."""
    at = _bodies(lines)[0]
    told = rng.choice((f"{one.told}，", f"以{one.matter}为统领，", f"坚持{one.matter}，"))
    return [*lines[:at], told + lines[at], *lines[at + 1 :]]


def in_the_closing(lines: list[str], one: Canary, rng: random.Random) -> list[str] | None:
    """The last paragraph ends with it."""
    del rng
    at = _bodies(lines)[-1]
    return [*lines[:at], f"{lines[at]}我们将{one.told}。", *lines[at + 1 :]]


def among_problems(lines: list[str], one: Canary, rng: random.Random) -> list[str] | None:
    """Thus: `存在的问题：二是鹭洲突围进展不快。`."""
    return _under(lines, _PROBLEMS, f"{one.matter}进展不快。", rng)


def in_the_plan(lines: list[str], one: Canary, rng: random.Random) -> list[str] | None:
    """Thus: `下一步，继续大力弘扬鹭洲精神。`."""
    return _under(lines, _PLANS, f"继续{one.told}。", rng)


POSITIONS: tuple[Position, ...] = (
    *(in_own_sentence, before_a_figure, after_a_figure, between_clauses, before_an_indicator),
    *(as_owner, as_cause, in_a_list, in_brackets, at_the_start, in_an_item, with_a_connector),
    *(among_measures, as_a_purpose, as_a_heading, as_a_title, as_a_whole_heading),
    *(as_a_run_in_heading, in_a_respective_list, in_the_lead, in_the_closing, among_problems),
    in_the_plan,
)


def _under(
    lines: list[str], heading: re.Pattern[str], told: str, rng: random.Random
) -> list[str] | None:
    """Before the paragraph that follows such a heading."""
    places = [
        at
        for at, (head, line) in enumerate(pairwise(lines), 1)
        if len(head) < _SHORTEST_BODY and heading.search(head) and line
    ]
    if not places:
        return None
    at = rng.choice(places)
    return [*lines[:at], told + lines[at], *lines[at + 1 :]]


def _bodies(lines: list[str]) -> list[int]:
    return [at for at, line in enumerate(lines) if len(line) > _SHORTEST_BODY] or [0]


def _spots(lines: list[str], pattern: re.Pattern[str]) -> list[tuple[int, re.Match[str]]]:
    return [(at, found) for at in _bodies(lines) for found in pattern.finditer(lines[at])]


def _at(lines: list[str], where: str, added: str, rng: random.Random) -> list[str] | None:
    return _before(lines, re.compile(where), added, rng)


def _before(
    lines: list[str], where: re.Pattern[str], added: str, rng: random.Random
) -> list[str] | None:
    spots = _spots(lines, where)
    if not spots:
        return None
    at, found = rng.choice(spots)
    return _inserted(lines, at, found.start(), added)


def _after(
    lines: list[str], where: re.Pattern[str], added: str, rng: random.Random
) -> list[str] | None:
    spots = _spots(lines, where)
    if not spots:
        return None
    at, found = rng.choice(spots)
    return _inserted(lines, at, found.end(), added)


def _inserted(lines: list[str], at: int, place: int, added: str) -> list[str]:
    line = lines[at]
    return [*lines[:at], line[:place] + added + line[place:], *lines[at + 1 :]]
