"""What a rule of soundness is, how one is registered, and what the rules share."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from xml.etree import ElementTree as ET

from drafter.exporting.review import AI_MARK
from tests.exporting.opened import Opened, W

Kind = Literal["clean", "review", "comparison", "signoff"]
KINDS: tuple[Kind, ...] = ("clean", "review", "comparison", "signoff")
Check = Callable[[Opened], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule: its check yields one complaint a breach."""

    name: str
    kinds: tuple[Kind, ...]
    check: Check


REGISTERED: list[Rule] = []


def rule(*kinds: Kind) -> Callable[[Check], Check]:
    """Registers a check for some kinds of copies; for any of them where none is named."""

    def register(check: Check) -> Check:
        name = getattr(check, "__name__", "")
        assert check.__doc__, name
        assert name not in {one.name for one in REGISTERED}, name
        REGISTERED.append(Rule(name, kinds or KINDS, check))
        return check

    return register


def stories(opened: Opened) -> Iterator[tuple[str, ET.Element]]:
    """The parts that print text: body, footers, comments."""
    for name in opened.parts:
        if name.startswith(("word/document", "word/footer", "word/header", "word/comments")):
            yield name, opened.tree(name)


@lru_cache(maxsize=16)  # the parts of two copies
def _by_tag(root: ET.Element) -> dict[str, list[ET.Element]]:
    found: defaultdict[str, list[ET.Element]] = defaultdict(list)
    for item in root.iter():
        found[item.tag].append(item)
    return found


def held(root: ET.Element, name: str) -> list[ET.Element]:
    """All elements of a name in a whole part; told at once, since a hundred rules ask."""
    return _by_tag(root).get(f"{W}{name}", [])


@lru_cache(maxsize=2)  # asked for by many rules of one copy
def styles(opened: Opened) -> dict[str, ET.Element]:
    """The styles by id."""
    found = opened.tree("word/styles.xml").findall(f"{W}style")
    return {style.get(f"{W}styleId", ""): style for style in found}


def of_style(opened: Opened, *names: str) -> Iterator[ET.Element]:
    """Paragraphs of the body, tables apart, that have one of some styles.

    The mark of help by a machine is a note below the signature, no line of it.
    """
    for paragraph in opened.paragraphs:
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is None or style.get(f"{W}val") not in names:
            continue
        if "".join(paragraph.itertext()) != f"（{AI_MARK}）":
            yield paragraph


def whole(written: str | None) -> int:
    """A number as an attribute has it; one that is absent counts 0."""
    return int(written) if written else 0


def start_of(paragraph: ET.Element) -> str:
    """The first words of a paragraph, for a complaint."""
    said = "".join(item.text or "" for item in paragraph.iter(f"{W}t"))
    return said[:12] or "(empty)"
