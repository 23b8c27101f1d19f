"""Speed as ratios of two things measured in one run: the machine's mood cancels out."""

import re
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from importlib import import_module, util

from drafter.numerals import read_mentions
from drafter.records.indicator import IndicatorTable
from drafter.verification import verify
from eval import word_speed
from eval.load import throughput
from eval.verifier import Pair, own_pairs

_BARE = re.compile(r"\d+(?:\.\d+)?")
_ROUNDS = 7
_MANY = 60  # for what takes milliseconds
# Inputs that make careless patterns square: long runs, brackets that never close, endless lists.
_HOSTILE = (
    "1",
    "1,234",
    "一",
    "一1",
    "、",
    "1、",
    "（",
    "（1",
    "“1",
    "《》",
    "1-",
    "1/",
    "8.7%",
    "百分之",
)
_HOSTILE_LENGTH = 25_000


def fastest(work: Callable[[], object], rounds: int = _ROUNDS) -> float:
    """Processor seconds of the fastest of several runs: the one least disturbed."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def report() -> Iterator[str]:
    """One line a ratio, with what it compares and the aim where there is one."""
    pair = own_pairs()[-1]
    text, table = pair.text, pair.table
    bare = fastest(lambda: _BARE.findall(text), _MANY)
    numerals = fastest(lambda: read_mentions(text), _MANY)
    check = fastest(lambda: verify(text, table))
    yield f"text {len(text)} characters, table {len(table.rows)} rows"
    yield f"numerals / bare digit pass     {numerals / bare:7.1f}   (aim 40)"
    yield from numerals_report(text, numerals)
    yield f"check / numerals               {check / numerals:7.1f}   (aim 5)"
    double = fastest(lambda: verify(text + "\n" + text, table), 3)
    yield f"check of the text twice / once {double / check:7.1f}   (linear: 2)"
    large = enlarged(pair, 5000)
    many = fastest(lambda: verify(text, large), 3)
    yield f"check by 5,000 rows / by {len(table.rows):<5} {many / check:7.1f}   (constant: 1)"
    yield f"check itself                   {check * 1000:7.1f} ms"
    yield from word_speed.report(fastest)
    yield from throughput.report()


def numerals_report(text: str, numerals: float) -> Iterator[str]:
    """The census beside another reader, and how its cost grows on plain and on hostile texts.

    Args:
        text: A report.
        numerals: Seconds that the census of it takes.
    """
    if util.find_spec("cn2an"):
        transform = import_module("cn2an").transform
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of every 亿 that it cannot place
            other = fastest(lambda: _BARE.findall(transform(text, "cn2an")), _MANY)
        yield f"numerals / cn2an and one regex {numerals / other:7.1f}   (aim below 1)"
    else:
        yield "numerals / cn2an and one regex: cn2an is not in this environment"
    twice = fastest(lambda: read_mentions(text + "\n" + text), _MANY)
    yield f"numerals of the text twice     {twice / numerals:7.1f}   (linear: 2)"
    worst, piece = max((_growth(piece), piece) for piece in _HOSTILE)
    yield f"hostile text four times as long{worst:7.1f}   (linear: 4; the worst of {len(_HOSTILE)}: {piece!r})"


def _growth(piece: str) -> float:
    """How much longer four times the repetitions of a piece take, in processor time."""
    copies = _HOSTILE_LENGTH // len(piece)
    once, four = (
        fastest(partial(read_mentions, piece * number), 3) for number in (copies, 4 * copies)
    )
    return four / once


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
