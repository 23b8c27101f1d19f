"""Names, slogans and idioms that hold numerals: a data file of the package, extensible per bureau.

The numerals of a name (二十大, 12345热线, 三大攻坚战) are in the census but are no data; those of an
idiom (进一步, 万无一失) are words and stand nowhere.

>>> load_lexicon().at("落实十四五规划", 2)
Entry(text='十四五', offset=0, idiom=False)
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import yaml

from drafter.errors import UnreadableFileError

_NUMERAL = re.compile(r"[0-9零〇一二两三四五六七八九十百千万亿几半]")


class Entry(NamedTuple):
    """A name or idiom; `offset` is the place of its first numeral within it."""

    text: str
    offset: int
    idiom: bool


_AFTER_CODE = re.compile(
    r"热线|平台|电话|专线|举报|投诉|服务|工单|政务|市民|便民|系统|[”’\"）)》，。；、,;！!？?\s]|$"
)


class Lexicon:
    """Entries found by the place of their first numeral, in time independent of their number."""

    def __init__(self, names: Iterable[str] = (), idioms: Iterable[str] = ()) -> None:
        # The numeral and its neighbour make the key: the next character, or the one before a
        # numeral that ends its entry. The longest entry stands first.
        self._leading: dict[str, tuple[Entry, ...]] = {}
        self._ending: dict[str, tuple[Entry, ...]] = {}
        for text, idiom in [*((n, False) for n in names), *((i, True) for i in idioms)]:
            numeral = _NUMERAL.search(text)
            if numeral:
                self._add(Entry(text, numeral.start(), idiom))

    def _add(self, entry: Entry) -> None:
        text, numeral = entry.text, entry.offset
        if numeral + 1 < len(text):
            index, key = self._leading, text[numeral : numeral + 2]
        else:
            index, key = self._ending, text[max(0, numeral - 1) : numeral + 1]
        index[key] = tuple(sorted([*index.get(key, ()), entry], key=lambda other: -len(other.text)))

    def at(self, text: str, position: int) -> Entry | None:
        """The longest entry whose first numeral stands at `position` of `text`."""
        leading = self._leading.get(text[position : position + 2])
        ending = self._ending.get(text[max(0, position - 1) : position + 1])
        best = _first_standing(leading, text, position) if leading else None
        last = _first_standing(ending, text, position) if ending else None
        if best is None or (last is not None and len(last.text) >= len(best.text)):
            return last
        return best


def _stands(entry: Entry, text: str, start: int) -> bool:
    """A bare code (12345) is a name before 热线 and the like, a figure before a measure."""
    if not entry.text.replace(".", "").isdecimal():
        return True
    end = start + len(entry.text)
    return _AFTER_CODE.match(text, end) is not None


def _first_standing(entries: tuple[Entry, ...], text: str, position: int) -> Entry | None:
    for entry in entries:
        start = position - entry.offset
        if start >= 0 and text.startswith(entry.text, start) and _stands(entry, text, start):
            return entry
    return None


def load_lexicon(*extensions: Path) -> Lexicon:
    """The package's lexicon, with a bureau's own files added.

    Args:
        extensions: YAML files with the lists `names` and `idioms`, either of which may lack.

    Raises:
        UnreadableFileError: A file is missing or not of that shape.
    """
    return _load(extensions)


@lru_cache(maxsize=16)
def _load(extensions: tuple[Path, ...]) -> Lexicon:
    package = files("drafter.numerals").joinpath("data", "names.yaml").read_text(encoding="utf-8")
    names, idioms = _lists(package, "names.yaml")
    for path in extensions:
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise UnreadableFileError(str(path), f"词表打不开（{error}）") from error
        more_names, more_idioms = _lists(text, str(path))
        names, idioms = names + more_names, idioms + more_idioms
    return Lexicon(names, idioms)


def _lists(text: str, file: str) -> tuple[list[str], list[str]]:
    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise UnreadableFileError(file, "词表不是 YAML 格式") from error
    content = {} if content is None else content
    if not isinstance(content, dict) or not set(content) <= {"names", "idioms"}:
        raise UnreadableFileError(file, "词表应只有 names 和 idioms 两个列表")
    return [str(n) for n in content.get("names") or []], [
        str(i) for i in content.get("idioms") or []
    ]
