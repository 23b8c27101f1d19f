"""What fact points are recognised and compared by: levels, stages, verbs that say the same.

Read from `data/points.yaml`, standing names from `data/standing.yaml` and a bureau's own file of that
shape; the words that the offline writer needs too come from `wordlists`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from drafter.errors import UnreadableFileError
from drafter.keeping import kept
from drafter.verification.facts.wordlists import Words, load_words

GRANTED = "获批"
# 获省科技厅批复, 市科技进步奖: whose it is; 拓市行动 and 都市 name no level.
_BARE_LEVEL = r"(?:(?<=[获被由经在为受评入列进向，。、；\n])|^)[省市](?=[\u4e00-\u9fff“])"
_JOINING = "的地得了与及或在对向为等各共已将由从到于并其以则每是有可等（）()/+：:·"
_STANDING_LISTS = frozenset({"names", "laws", "not_laws"})


@dataclass(frozen=True, slots=True)
class Standing:
    """Names that may stand in any year."""

    names: frozenset[str]
    """Folded."""
    laws: tuple[str, ...]
    not_laws: tuple[str, ...]

    def holds(self, folded: str) -> bool:
        """It is a standing name, or the title of a law."""
        if folded in self.names:
            return True
        return folded.endswith(self.laws) and not folded.endswith(self.not_laws)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All lists, with the patterns made of them."""

    words: Words
    standing: Standing
    levels: Mapping[str, str]
    """Word -> level."""
    level_order: tuple[str, ...]
    stages: Mapping[str, tuple[str, str]]
    """Word -> ladder, stage."""
    ladders: Mapping[str, tuple[str, ...]]
    """Ladder -> its stages, lowest first."""
    weak: frozenset[str]
    synonyms: tuple[tuple[str, ...], ...]
    fillers: frozenset[str]
    weak_honours: frozenset[str]
    granting: frozenset[str]
    """Cues of honours that the offline writer does not ask for."""
    level_pattern: re.Pattern[str]
    stage_pattern: re.Pattern[str]
    award_pattern: re.Pattern[str]
    meeting_pattern: re.Pattern[str]
    post_pattern: re.Pattern[str]
    role_pattern: re.Pattern[str]
    """Callings and honours that stand before a name: 教师, 劳动模范."""
    not_names: frozenset[str]
    """Bodies and things that look like a name: 党委, 车间."""
    surnames: str
    cue_pattern: re.Pattern[str]
    """Once-only doings, honours and quantifiers."""
    judgement_pattern: re.Pattern[str]
    known: Words
    """The lists with the fillers in their vocabulary."""
    bare: Words
    """The lists with nothing but fillers and joining words in their vocabulary."""

    def is_honour(self, cue: str, rest: str) -> bool:
        """A cue and the rest of its clause tell of an honour, not only of something done."""
        grants = self.stages.get(cue, ("", ""))[0] == "grant"
        if cue in self.weak_honours or (grants and cue not in self.words.honours):
            return bool(self.award_pattern.search(rest)) or self._names_high_level(rest)
        return cue in self.words.honours or cue in self.granting

    def _names_high_level(self, text: str) -> bool:
        found = {self.levels.get(one[0]) for one in self.level_pattern.finditer(text)}
        return bool(found.intersection(self.level_order[:3]))


@kept(8192)
def fold(text: str) -> str:
    """A name without its quotes, blanks and kinds of brackets, for comparing."""
    return _LOOSE.sub("", text.translate(_BRACKETS)).casefold()


_LOOSE = re.compile(r"[\s“”\"'‘’「」『』《》〈〉]+")
_BRACKETS = str.maketrans(
    "()[]【】〔〕﹝﹞—–－～０１２３４５６７８９", "（）（）（）（）（）----0123456789"
)


def load_lexicon(standing: Path | None = None) -> Lexicon:
    """The package's lists with a bureau's own standing names.

    Args:
        standing: A YAML file of the shape of `data/standing.yaml`.

    Raises:
        UnreadableFileError: It is missing or of another shape.
    """
    return _load(standing)


@lru_cache(maxsize=4)
def _load(extension: Path | None) -> Lexicon:
    data = _packaged("points.yaml")
    words = load_words()
    levels = {word: level for level, line in data["levels"].items() for word in line.split()}
    stages = {
        word: (ladder, stage)
        for ladder, lines in data["stages"].items()
        for stage, line in lines.items()
        for word in line.split()
    }
    fillers = frozenset(data["fillers"].split())
    cues = (*words.once, *words.honours, *words.quantifiers, *data["granting"].split())
    return Lexicon(
        words=words,
        standing=_standing(extension, words),
        levels={"省": "省", "市": "市", **levels},
        level_order=tuple(data["levels"]),
        stages=stages,
        ladders={ladder: tuple(lines) for ladder, lines in data["stages"].items()},
        weak=frozenset(data["weak"].split()),
        synonyms=tuple(tuple(line.split()) for line in data["synonyms"]),
        fillers=fillers,
        weak_honours=frozenset(data["weak_honours"].split()),
        granting=frozenset(data["granting"].split()),
        level_pattern=re.compile(
            f"{_any((*data['ambient'].split(), *levels)).pattern}|{_BARE_LEVEL}"
        ),
        stage_pattern=_any((*stages, *data["weak"].split())),
        award_pattern=_any(data["awards"].split()),
        meeting_pattern=_any(data["meetings"].split()),
        post_pattern=_any(data["posts"].split()),
        role_pattern=_any(data["roles"].split()),
        not_names=frozenset(data["not_names"].split()),
        surnames="".join(data["surnames"].split()),
        cue_pattern=_any(cues),
        judgement_pattern=_any([one.word for one in words.judgements]),
        known=words.with_vocabulary(fillers),
        bare=replace(words, vocabulary=fillers | words.adjuncts | frozenset(_JOINING)),
    )


def _standing(extension: Path | None, words: Words) -> Standing:
    contents = [_packaged("standing.yaml")]
    if extension is not None:
        contents.append(_own(extension))
    names = {fold(name) for one in contents for name in str(one.get("names", "")).split()}
    names |= {fold(word) for word in words.standing}
    laws, others = (
        tuple(word for one in contents for word in str(one.get(key, "")).split())
        for key in ("laws", "not_laws")
    )
    return Standing(frozenset(names), laws, others)


def _packaged(name: str) -> dict[str, Any]:
    path = files("drafter.verification").joinpath("data", name)
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content


def _own(path: Path) -> dict[str, Any]:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFileError(str(path), f"常用名称表打不开（{error}）") from error
    except yaml.YAMLError as error:
        raise UnreadableFileError(str(path), "常用名称表不是 YAML 格式") from error
    if not isinstance(content, dict) or not set(content) <= _STANDING_LISTS:
        raise UnreadableFileError(str(path), "常用名称表只应有 names、laws、not_laws")
    return content


def _any(words: "tuple[str, ...] | list[str]") -> re.Pattern[str]:
    """One of the words, the longer where two begin together."""
    ordered = sorted(dict.fromkeys(words), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, ordered)))
