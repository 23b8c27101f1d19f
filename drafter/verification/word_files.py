"""Word lists of the verifier: read from `data/`, compiled once.

Lines that begin with # are comments; what a list means is told at its head.
"""

import re
from collections.abc import Iterable
from pathlib import Path

DATA = Path(__file__).parent / "data"
_NOT_BEFORE, _NOT_BEHIND, _BEHIND = "非前=", "非后=", "后="
_GUARDS = (_NOT_BEFORE, _NOT_BEHIND, _BEHIND)


def lines(name: str) -> list[list[str]]:
    """The words of each line of a list, blank lines and comments left out."""
    text = (DATA / name).read_text(encoding="utf-8")
    return [line.split() for line in text.splitlines() if line.strip() and not line.startswith("#")]


def words_of(name: str) -> list[str]:
    """All words of a list whose lines mean nothing by themselves."""
    return [word for line in lines(name) for word in line]


def any_of(words: Iterable[str]) -> str:
    """A pattern for one of the words, longer ones first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def guarded(name: str) -> re.Pattern[str]:
    """A pattern for the words of a list whose lines may end in guards (see empty_words.txt)."""
    branches: list[tuple[str, str]] = []
    for line in lines(name):
        guards = {part[: part.index("=") + 1]: part for part in line if part.startswith(_GUARDS)}
        words = [word for word in line if not word.startswith(_GUARDS)]
        branches += [(word, _branch(word, guards)) for word in words]
    branches.sort(key=lambda branch: -len(branch[0]))
    return re.compile("|".join(pattern for _, pattern in branches))


def _branch(word: str, guards: dict[str, str]) -> str:
    """The word with its guards; it stands first, for the engine looks for its first character."""
    pattern = written = re.escape(word)
    for mark, part in guards.items():
        letters = part.removeprefix(mark)
        if mark == _NOT_BEFORE:
            pattern += f"(?<![{letters}]{written})"
        elif mark == _NOT_BEHIND:
            pattern += f"(?![{letters}])"
        else:
            pattern += f"(?=[{letters}])"
    return pattern
