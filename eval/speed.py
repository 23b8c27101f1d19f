"""Speed as ratios of two things measured in one run: the machine's mood cancels out."""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from drafter.numerals import read_mentions
from drafter.records.indicator import IndicatorTable
from drafter.verification import verify
from eval.verifier import Pair, own_pairs

_BARE = re.compile(r"\d+(?:\.\d+)?")
_ROUNDS = 7


def fastest(work: Callable[[], object], rounds: int = _ROUNDS) -> float:
    """Seconds of the fastest of several runs: the one least disturbed."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def report() -> Iterator[str]:
    """One line a ratio, with what it compares and the aim where there is one."""
    pair = own_pairs()[-1]
    text, table = pair.text, pair.table
    bare = fastest(lambda: _BARE.findall(text))
    numerals = fastest(lambda: read_mentions(text))
    check = fastest(lambda: verify(text, table))
    yield f"text {len(text)} characters, table {len(table.rows)} rows"
    yield f"numerals / bare digit pass     {numerals / bare:7.1f}   (aim 40)"
    yield f"check / numerals               {check / numerals:7.1f}   (aim 5)"
    double = fastest(lambda: verify(text + "\n" + text, table), 3)
    yield f"check of the text twice / once {double / check:7.1f}   (linear: 2)"
    large = enlarged(pair, 5000)
    many = fastest(lambda: verify(text, large), 3)
    yield f"check by 5,000 rows / by {len(table.rows):<5} {many / check:7.1f}   (constant: 1)"
    yield f"check itself                   {check * 1000:7.1f} ms"


def enlarged(pair: Pair, rows: int) -> IndicatorTable:
    """The pair's table with made-up rows of other names, up to a number of rows."""
    own = pair.table.rows
    added = tuple(
        replace(
            own[number % len(own)],
            id=f"x{number}",
            ref=f"x{number}",
            name=f"{_NAMES[number % 7]}{chr(0x4E00 + number)}{chr(0x5E00 + number % 4000)}项目数",
            aliases=(),
        )
        for number in range(rows - len(own))
    )
    return IndicatorTable(own + added, pair.table.files)


_NAMES = ("道路", "学校", "医院", "园林", "水利", "粮食", "旅游")
