"""Cuts a text into sentences and clauses; the stretches cover the text without gap.

A clause is what a verb and its figures share: it ends at a comma, semicolon, colon or full stop,
half- or full-width, but not within brackets, quotes or titles and not at the comma of 1,234.

>>> [ "甲增长5%，乙（县，区）完成1,234万元。"[a:b] for a, b in clauses("甲增长5%，乙（县，区）完成1,234万元。")]
['甲增长5%，', '乙（县，区）完成1,234万元。']
"""

import re

Stretch = tuple[int, int]

_SENTENCE_END = re.compile(r"[。！？!?]+[”’」』）)》\"]*|\n")
# Pairs are closed within a short distance or not at all: scraped texts lose closing quotes, and
# the bound keeps the search linear however many openings there are.
# One match a clause, its end included.
_CLAUSE = re.compile(
    r"""(?:
      [^，；;。！？：:,!?（(“《\n]++
    | （(?:[^（）\n。]|（[^（）\n]{0,80}）){0,160}）
    | \((?:[^()\n。]|\([^()\n]{0,80}\)){0,160}\)
    | “[^“”\n。]{0,160}”
    | 《[^《》\n。]{0,160}》
    | [（(“《]
    | [,:](?:(?<=[0-9],)(?=[0-9]{3}(?![0-9]))|(?<=[0-9]:)(?=[0-9]))
    )*+(?:[，；;。！？：:\n,!?]|\Z)""",
    re.VERBOSE,
)


def sentences(text: str) -> tuple[Stretch, ...]:
    """Half-open stretches that cover the text; each ends after 。！？ or a newline."""
    return _cut(text, [match.end() for match in _SENTENCE_END.finditer(text)])


def clauses(text: str) -> tuple[Stretch, ...]:
    """Half-open stretches that cover the text; each ends after ，；。！？： or a newline."""
    ends = [match.end() for match in _CLAUSE.finditer(text)]
    if len(ends) > 1 and ends[-1] == ends[-2]:
        ends.pop()  # nothing is left behind the last mark
    return _cut(text, ends)


def _cut(text: str, ends: list[int]) -> tuple[Stretch, ...]:
    if not text:
        return ()
    if not ends or ends[-1] < len(text):
        ends.append(len(text))
    starts = [0, *ends[:-1]]
    return tuple(zip(starts, ends, strict=True))
