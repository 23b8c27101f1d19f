"""A text prepared for reading: normal width, clause starts, quotes, and signs of scraping damage.

`norm` has the length of the text, so offsets in it are offsets of the file's own text.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

from drafter.numerals.scoping import PeriodScope
from drafter.numerals.segments import clauses

_WIDE_RUN = re.compile(r"[０-９Ａ-Ｚａ-ｚ．％﹪＋\u3000\u00a0\u2002-\u200a\u202f]+")
_NARROW = {ord(c): chr(ord(c) - 0xFEE0) for c in "０１２３４５６７８９．％＋"}
_NARROW |= {code: code - 0xFEE0 for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_NARROW |= {ord("﹪"): "%", 0x3000: " ", 0xA0: " ", 0x202F: " "}
_NARROW |= dict.fromkeys(range(8194, 8203), " ")
_FORMAL_DIGITS = "壹贰叁肆伍陆柒捌玖"
_PLAIN = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟萬億", "一二三四五六七八九十百千万亿")
# Sums as contracts write them (壹佰贰拾万元); a single 壹 is a brand's.
_FORMAL_RUN = re.compile(
    f"[{_FORMAL_DIGITS}拾][{_FORMAL_DIGITS}拾佰仟萬億万亿零十百千]+(?=[元圆人户家个亩吨]|$)"
)
_OLD_SCALE = re.compile(r"(?<=[0-9一二三四五六七八九十百千万亿萬億多余几])[萬億]")
_WIDE_COMMA = re.compile(r"，(?=[0-9]{3}(?![0-9]))(?<=[0-9]，)")

_ENCLOSED = re.compile(
    r"《[^《》\n]{1,120}》|“[^“”\n。]{1,60}”|\"[^\"\n。]{1,60}\"|「[^「」\n。]{1,60}」|『[^『』\n。]{1,60}』"
)
_SEGMENT_MARK = re.compile(r"(?m)^[ \u3000]*([0-9]{1,3})、")
_SENTENCE_CLOSERS = "。！？!?：:；;”》）)"
# 20230%, 2023.9%, 2023余人次: a year set in place of other digits by whoever scraped the text.
_YEAR_DAMAGE = re.compile(
    r"20[12][0-9](?<![0-9.].{4})(?:[0-9]{0,2}(?:\.[0-9]{1,2})?%|(?<!0)[余多](?![年月]))"
)


@dataclass(frozen=True, slots=True)
class Page:
    """A text and what its readers ask of it again and again."""

    text: str
    norm: str
    clause_starts: tuple[int, ...]
    enclosed: tuple[tuple[int, int], ...]
    """Stretches within 《》, “” and the like, without their marks, in order."""
    segment_marks: frozenset[int]
    """Places of numbers that only mark segments of a scraped text."""
    false_years: frozenset[str]
    """Years that were put in place of other digits somewhere in the text."""
    periods: PeriodScope
    """Which period holds where the reader stands."""

    def clause_start(self, position: int) -> int:
        """Where the clause of a place begins."""
        return self.clause_starts[bisect_right(self.clause_starts, position) - 1]

    def enclosure(self, position: int) -> tuple[int, int] | None:
        """The quoted or titled stretch that holds a place."""
        index = bisect_right(self.enclosed, (position, len(self.norm) + 1)) - 1
        if index < 0:
            return None
        start, end = self.enclosed[index]
        return (start, end) if start <= position < end else None


def open_page(text: str) -> Page:
    """Prepares a text of any content and length."""
    norm = _WIDE_RUN.sub(lambda match: match[0].translate(_NARROW), text)
    norm = _WIDE_COMMA.sub(",", norm)
    if any(digit in norm for digit in f"{_FORMAL_DIGITS}拾"):
        norm = _FORMAL_RUN.sub(lambda match: match[0].translate(_PLAIN), norm)
    if "萬" in norm or "億" in norm:
        norm = _OLD_SCALE.sub(lambda match: match[0].translate(_PLAIN), norm)
    return Page(
        text=text,
        norm=norm,
        clause_starts=tuple(start for start, _ in clauses(norm)) or (0,),
        enclosed=tuple((m.start() + 1, m.end() - 1) for m in _ENCLOSED.finditer(norm)),
        segment_marks=_segment_marks(norm),
        false_years=frozenset(m[0][:4] for m in _YEAR_DAMAGE.finditer(norm)),
        periods=PeriodScope(norm),
    )


def _segment_marks(norm: str) -> frozenset[int]:
    """Line numbers `1、` `2、` … of a page reader, told by lines that they cut in mid-sentence."""
    if "2、" not in norm:
        return frozenset()
    marks = list(_SEGMENT_MARK.finditer(norm))
    run: list[int] = []
    cuts = 0
    for mark in marks:
        if int(mark[1]) != len(run) + 1:
            continue
        run.append(mark.start(1))
        before = norm[max(0, mark.start() - 40) : mark.start()].rstrip()
        cuts += bool(before) and before[-1] not in _SENTENCE_CLOSERS
    return frozenset(run) if cuts >= 3 and cuts * 2 >= len(run) else frozenset()
