"""Names of rows and facts in templates: readable, valid and unique identifiers.

Python folds identifiers to NFKC, so `ＧＤＰ` and `GDP` would print the same row: names are
normalised before they are made unique. Words of the template grammar are never given away.

>>> unique_refs(["规模工业增加值", "ＧＤＰ", "GDP", "5G基站数（个）"])
('规模工业增加值', 'GDP', 'GDP_2', '_5G基站数')
"""

import keyword
import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import count

LONGEST = 16

# Calls and document references of the template grammar, and what Jinja2 keeps for itself.
RESERVED = frozenset(
    {
        *("年份", "上年", "下年", "单位", "据", "占比", "合计", "相差", "其余", "完成率", "倍数"),
        *("true", "false", "none", "not", "and", "or", "is", "in", "if", "else", "for", "set"),
        *("loop", "self", "super", "caller", "varargs", "kwargs", "context", "environment"),
    }
)

_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_NO_LETTERS = re.compile(r"\W+")
_LOOSE_GAP = re.compile(r"(?<![0-9A-Za-z])_+|_+(?![0-9A-Za-z])")
# F07 and n1 belong to facts.
_FACT = re.compile(r"[Ff][0-9]+|n[0-9]+")


def unique_refs(names: Sequence[str]) -> tuple[str, ...]:
    """Names of rows to their names in templates.

    Args:
        names: As in the table, in its order; may repeat, may be anything.

    Returns:
        One ref for each name: an NFKC identifier of at most 16 characters, no keyword and no
        word of the template grammar, no two equal. The same names give the same refs; the
        first of several equal names keeps the plain form.
    """
    taken: set[str] = set()
    numbered: dict[str, Iterator[str]] = {}
    refs = []
    for name in names:
        ref = _unused(_readable(name), taken, numbered)
        taken.add(ref)
        refs.append(ref)
    return tuple(refs)


def _readable(name: str) -> list[str]:
    """Identifiers for a name, best first: without what stands in brackets, then with it."""
    folded = unicodedata.normalize("NFKC", name)
    cores = [_letters(_BRACKETED.sub("", folded)), _letters(folded)]
    return [_shortened(_begun(core)) for core in cores if core] or ["指标"]


def _letters(text: str) -> str:
    """Only what an identifier may hold; between Latin letters or digits a gap stays visible."""
    joined = _NO_LETTERS.sub("_", text).strip("_")
    kept = _LOOSE_GAP.sub("", joined)
    kept = "".join(char for char in kept if f"_{char}".isidentifier())
    return unicodedata.normalize("NFKC", kept)


def _begun(core: str) -> str:
    return core if core[0].isidentifier() else f"_{core}"


def _shortened(core: str) -> str:
    """Long names lose their middle: the end tells sisters apart (…企业数, …占比)."""
    if len(core) <= LONGEST:
        return core
    head = LONGEST // 2
    return unicodedata.normalize("NFKC", f"{core[:head]}_{core[head + 1 - LONGEST :]}")


def _unused(cores: list[str], taken: set[str], numbered: dict[str, Iterator[str]]) -> str:
    """The first readable form that is free, else the first one numbered from 2.

    What was numbered before stays taken, so that each core goes on where it was left.
    """
    for core in cores:
        if _free(core, taken):
            return core
    rest = numbered.setdefault(cores[0], _numbered(cores[0]))
    return next(ref for ref in rest if _free(ref, taken))


def _numbered(core: str) -> Iterator[str]:
    for number in count(2):
        tail = f"_{number}"
        yield unicodedata.normalize("NFKC", core[: LONGEST - len(tail)] + tail)


def _free(ref: str, taken: set[str]) -> bool:
    folded = ref.lower()
    reserved = folded in RESERVED or keyword.iskeyword(ref) or keyword.issoftkeyword(ref)
    return ref not in taken and not reserved and _FACT.fullmatch(ref) is None
