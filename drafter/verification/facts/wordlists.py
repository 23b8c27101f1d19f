"""The word lists that sentences are judged by, past ones and new ones, read from a data file.

`data/words.yaml` belongs to the package; a bureau adds its own words in a file of the same shape.
What the lists mean is decided where they are used: `points` and `judgements` for a finished text,
`writing.clauses` for a clause of the precedent.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Final

import yaml

from drafter.errors import UnreadableFileError

_LISTS: Final = (
    *(
        "once",
        "honours",
        "quantifiers",
        "events",
        "policy",
        "problems",
        "goals",
        "results",
        "actions",
        "connectors",
        "introducers",
    ),
    *("standing", "function", "adjuncts", "routine"),
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A judging word: what must hold for it, and whether it may fall away alone."""

    word: str
    needs: str
    """rise, lead, record, all, strong or keep."""
    adverb: bool = False
    instead: str = ""
    """What may be said where the condition fails; '' where the word simply goes."""


@dataclass(frozen=True, slots=True)
class Words:
    """All lists; tuples hold the longest words first, so that the first hit is the longest."""

    once: tuple[str, ...]
    """Once-only doings: 成立, 印发, 开工."""
    honours: tuple[str, ...]
    quantifiers: tuple[str, ...]
    events: tuple[str, ...]
    """All that happens in one year: the three lists before, and other happenings."""
    policy: tuple[str, ...]
    problems: tuple[str, ...]
    goals: tuple[str, ...]
    results: tuple[str, ...]
    actions: tuple[str, ...]
    connectors: tuple[str, ...]
    introducers: tuple[str, ...]
    standing: tuple[str, ...]
    judgements: tuple[Judgement, ...]
    adjuncts: frozenset[str]
    """Characters that may stand alone, but not two together: they make names."""
    vocabulary: frozenset[str]
    """routine, standing, function and adjuncts: what a carried clause may consist of."""

    longest: int = field(init=False)
    """Length of the longest word of the vocabulary."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "longest", max(map(len, self.vocabulary)))

    def with_vocabulary(self, more: frozenset[str]) -> "Words":
        """The lists with more words that say nothing."""
        return replace(self, vocabulary=self.vocabulary | more)


def load_words(*extensions: Path) -> Words:
    """The package's lists, with a bureau's own files added.

    Args:
        extensions: YAML files of the shape of `data/words.yaml`; any list may lack.

    Raises:
        UnreadableFileError: A file is missing or not of that shape.
    """
    return _load(extensions)


@lru_cache(maxsize=8)
def _load(extensions: tuple[Path, ...]) -> Words:
    package = files("drafter.verification").joinpath("data", "words.yaml")
    contents = [_content(package.read_text(encoding="utf-8"), "words.yaml")]
    for path in extensions:
        try:
            contents.append(_content(path.read_text(encoding="utf-8"), str(path)))
        except (OSError, UnicodeDecodeError) as error:
            raise UnreadableFileError(str(path), f"词表打不开（{error}）") from error
    lists = {
        name: tuple(word for content in contents for word in _words(content.get(name)))
        for name in _LISTS
    }
    lists["events"] += (*lists["once"], *lists["honours"], *lists["quantifiers"])
    sorted_lists = {name: _longest_first(words) for name, words in lists.items()}
    judgements: dict[str, Judgement] = {}
    for content in contents:
        judgements |= _judgements(content.get("judgements"))
    return Words(
        **{k: v for k, v in sorted_lists.items() if k not in ("function", "routine", "adjuncts")},
        judgements=tuple(sorted(judgements.values(), key=lambda one: -len(one.word))),
        adjuncts=frozenset(lists["adjuncts"]),
        vocabulary=frozenset(
            word for name in ("routine", "standing", "function", "adjuncts") for word in lists[name]
        ),
    )


def _content(text: str, file: str) -> Mapping[str, object]:
    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise UnreadableFileError(file, "词表不是 YAML 格式") from error
    content = {} if content is None else content
    if not isinstance(content, dict) or not set(content) <= {*_LISTS, "judgements"}:
        names = "、".join((*_LISTS, "judgements"))
        raise UnreadableFileError(file, f"词表只应有这些列表：{names}")
    return content


def _words(value: object) -> list[str]:
    """A list, or words set apart by blanks."""
    if isinstance(value, list):
        return [str(word) for word in value]
    return str(value or "").split()


def _judgements(value: object) -> dict[str, Judgement]:
    if not isinstance(value, dict):
        return {}
    return {
        str(word): Judgement(
            str(word), str(told["needs"]), bool(told.get("adverb")), str(told.get("instead", ""))
        )
        for word, told in value.items()
    }


def _longest_first(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(dict.fromkeys(words), key=lambda word: (-len(word), word)))
