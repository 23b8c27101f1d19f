"""The mix of requests: 80 % reads, 15 % checks, 5 % edits, each drawn by chance from a seed."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

READS = ("draft", "section", "list", "versions", "claims", "proposals", "jobs")
CHECK, EDIT = "check", "edit"
SHARES = {"read": 80, CHECK: 15, EDIT: 5}


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked: of one finished draft, its sections and its materials."""

    draft: str
    sections: tuple[str, ...]
    """Ids of those with text."""
    table: str
    facts: str
    paragraphs: tuple[str, ...]
    """Texts to be checked, each as long as a paragraph."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request of the mix."""

    kind: str
    """One of `READS`, `check` or `edit`."""
    path: str
    section: str = ""
    """Of an edit; its text and version are those of the moment."""
    text: str = ""
    """To be checked."""


def group_of(kind: str) -> str:
    """read, check or edit."""
    return "read" if kind in READS else kind


def mixed(count: int, target: Target, seed: int) -> list[Asked]:
    """So many requests in their order; the same for the same seed."""
    chance = Random(seed)  # noqa: S311 - chance, no secret
    groups = chance.choices(list(SHARES), list(SHARES.values()), k=count)
    return [_asked(group, number, target, chance) for number, group in enumerate(groups)]


def _asked(group: str, number: int, target: Target, chance: Random) -> Asked:
    section = chance.choice(target.sections)
    if group == CHECK:
        return Asked(CHECK, "/v1/checks", text=_varied(number, target.paragraphs, chance))
    if group == EDIT:
        return Asked(EDIT, section_path(target.draft, section), section=section)
    kind = chance.choice(READS)
    return Asked(kind, read_paths(target.draft, section)[kind])


def _varied(number: int, paragraphs: Sequence[str], chance: Random) -> str:
    """A paragraph with a sentence of its own: as it is while somebody writes it."""
    return f"{chance.choice(paragraphs)}（{number}）持续加强运行调度，落实分片联系制度。"


def section_path(draft: str, section: str) -> str:
    """Where a section is read and edited."""
    return f"/v1/drafts/{draft}/sections/{section}"


def read_paths(draft: str, section: str) -> dict[str, str]:
    """Kind of read -> path."""
    own = f"/v1/drafts/{draft}"
    return {
        "draft": own,
        "section": section_path(draft, section),
        "list": "/v1/drafts",
        "versions": f"{section_path(draft, section)}/versions",
        "claims": f"{own}/claims",
        "proposals": f"{own}/proposals",
        "jobs": f"{own}/jobs",
    }
