"""Which rows go into one sentence: wholes with their parts, shares, outcomes and growth.

A *bundle* is a row with the rows that only make sense beside it (其中, 占…比重, 认定成功, 合并后).
Bundles whose names begin alike stand side by side. Groups are what a sentence holds: rows of one
theme and period, bundles in order of size. Says nothing of words; that is `frames`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from drafter.records.indicator import Indicator
from drafter.records.quantity import unit
from drafter.writing.phrases import bare, is_growth_rate, noun
from drafter.writing.subjects import elided, outcome_of

MOST_ROWS = 4
"""Rows that a sentence holds at most; a list of parts (其中…) counts as one."""

COLON = re.compile(r"[:：]")
EVENT_VERB = re.compile(
    "胜出|申报|获|入选|上榜|公示|公布|发布|印发|认定|通过|成立|开工|竣工|投产|签约|举办|召开|启动|挂牌|揭牌|"
    "建成|投用|列入|纳入|完成|评为|荣|落户|批复|验收"
)
HONOUR = re.compile(r"十佳|十强|百强|先进|优秀|示范|标兵|模范|文明|称号|红旗|激励|表彰")
TASK_SHARE = re.compile(r"(?P<what>.*)(?P<task>完成.*(?:任务|目标))(?:的)?(?:比例|率|进度)$")

Bundle = tuple[Indicator, ...]


def is_printable(row: Indicator) -> bool:
    """The row can stand in a sentence: a zero cannot, nor a row without figure and verb."""
    if row.value is not None:
        return row.value.number.value != 0 or row.value.number.upto is not None
    if is_goal(row):
        return row.yoy is not None
    if any(True for _ in row.figures()):
        return any(row.figure(name) for name in ("yoy", "rank", "yoy_rank", "completion", "share"))
    return is_event(row) and bool(EVENT_VERB.search(row.name) or HONOUR.search(row.name))


def is_event(row: Indicator) -> bool:
    """Only a name and a date."""
    return row.period is not None and not any(True for _ in row.figures())


def is_goal(row: Indicator) -> bool:
    """A row of next year's plan."""
    return row.status == "目标"


def period_key(row: Indicator) -> object:
    """What rows of one sentence share in time."""
    period = row.period
    return None if period is None else (period.iso, period.as_of, period.open_ended)


def groups(rows: Iterable[Indicator]) -> tuple[Bundle, ...]:
    """Printable rows as the sentences they go into: one theme and period, largest first."""
    shelves: dict[tuple[object, ...], list[Indicator]] = {}
    for row in rows:
        if is_printable(row):
            shelves.setdefault((row.section, period_key(row), is_goal(row)), []).append(row)
    sentences: list[Bundle] = []
    for shelf in shelves.values():
        # An event has a sentence of its own, before the figures that it explains.
        sentences.extend((row,) for row in shelf if is_event(row))
        clusters = _by_size(_clusters(bundles([row for row in shelf if not is_event(row)])))
        sentences.extend(_packed([piece for cluster in clusters for piece in _whole(cluster)]))
    return tuple(sentences)


def bundles(rows: Sequence[Indicator]) -> tuple[Bundle, ...]:
    """Rows that cannot be told apart from their whole, behind it; the others alone."""
    heads: list[list[Indicator]] = []
    for row in rows:
        if TASK_SHARE.fullmatch(row.name):
            continue
        home = next((held for held in heads if any(belongs(row, one) for one in held)), None)
        if home is None:
            heads.append([row])
        else:
            home.append(row)
    for row in rows:
        if TASK_SHARE.fullmatch(row.name):
            _placed(row, heads)
    return tuple(tuple(bundle) for bundle in heads)


def _placed(row: Indicator, heads: list[list[Indicator]]) -> None:
    """A 完成…任务比例 goes to the count it speaks of: the one whose name it repeats best."""
    likeness = [(_repeated(held[0], row), -index) for index, held in enumerate(heads)]
    best, index = max(likeness, default=(0.0, 0))
    if best >= 0.75:
        heads[-index].insert(1, row)
    else:
        heads.append([row])


def _repeated(head: Indicator, task: Indicator) -> float:
    """How much of the head's name stands in the task's, in characters."""
    letters = set(noun(head))
    counted = head.value is not None and unit(head.unit).kind != "percent"
    return len(letters & set(task.name)) / len(letters) if counted and letters else 0.0


def belongs(row: Indicator, head: Indicator) -> bool:
    """`row` only makes sense beside `head`."""
    if row.parent:
        return row.parent in head.names
    if COLON.search(row.name):
        return is_part(row, head) or _is_sister(row, head)
    if is_turn(head, row) or is_growth_of(row, head) or is_outcome(row, head):
        return True
    stem = noun(head)
    return len(stem) >= 4 and row.name != head.name and row.name.startswith(stem)


def is_part(row: Indicator, head: Indicator) -> bool:
    """`row` is 其中 of `head`: by its parent, or by the words before its colon."""
    if row.parent:
        return row.parent in head.names
    if not COLON.search(row.name) or COLON.search(head.name) or row.unit != head.unit:
        return False
    return _is_subsequence(bare(COLON.split(row.name)[0], row.unit), head.name)


def _is_sister(row: Indicator, head: Indicator) -> bool:
    """Parts of one whole, or a detail of it counted in another unit."""
    whole = COLON.split(row.name)[0]
    return COLON.split(head.name)[0] == whole or head.name.startswith(whole)


def _is_subsequence(short: str, long: str) -> bool:
    """All characters of `short` in `long`, in order: 放贷金额 in 审核放贷金额."""
    letters = iter(long)
    return len(short) >= 4 and all(char in letters for char in short)


def is_turn(before: Indicator, after: Indicator) -> bool:
    """合并前… and 合并后…."""
    turn = re.match(r"(.{2,6}?)前", before.name)
    if turn is None or before.unit != after.unit:
        return False
    return after.name == f"{turn[1]}后{before.name[turn.end() :]}"


def is_growth_of(row: Indicator, head: Indicator) -> bool:
    """利润增速 beside 利润总额 with the same rate."""
    if not is_growth_rate(row) or row.value is None or head.yoy is None:
        return False
    stem = re.sub(r"(?:增速|增幅|增长率|增长速度)$", "", row.name)
    return head.name.startswith(stem) and head.yoy.number == row.value.number


def is_outcome(row: Indicator, head: Indicator) -> bool:
    """认定成功 of what was 申报."""
    return outcome_of(noun(row), noun(head)) is not None


def _clusters(of_rows: Sequence[Bundle]) -> list[list[Bundle]]:
    """Bundles whose names begin alike, side by side."""
    clusters: list[list[Bundle]] = []
    for bundle in of_rows:
        name = noun(bundle[0])
        home = next((held for held in clusters if _alike(noun(held[0][0]), name)), None)
        if home is None:
            clusters.append([bundle])
        else:
            home.append(bundle)
    return clusters


def _alike(one: str, other: str) -> bool:
    return one == other or elided(one, other) is not None


def _by_size(clusters: Sequence[list[Bundle]]) -> list[list[Bundle]]:
    """Within a run of one dimension the largest first; runs stay in the table's order."""
    ordered: list[list[Bundle]] = []
    run: list[list[Bundle]] = []
    for cluster in clusters:
        if run and _dimension(cluster) != _dimension(run[0]):
            ordered.extend(sorted(run, key=_size, reverse=True))
            run = []
        run.append(cluster)
    return [*ordered, *sorted(run, key=_size, reverse=True)]


def _dimension(cluster: list[Bundle]) -> str:
    row = cluster[0][0]
    return unit(row.unit).dimension if row.value is not None else "—"


def _size(cluster: list[Bundle]) -> Decimal:
    row = cluster[0][0]
    return row.value.number.value * unit(row.unit).factor if row.value else Decimal(0)


def _whole(cluster: Sequence[Bundle]) -> Iterator[Bundle]:
    """A cluster as one piece where a sentence holds it."""
    rows = tuple(row for bundle in cluster for row in bundle)
    if _weight(rows) <= MOST_ROWS:
        yield rows
    else:
        yield from cluster


def _packed(ordered: Sequence[Bundle]) -> Iterator[Bundle]:
    held: Bundle = ()
    for bundle in ordered:
        for piece in _cut(bundle):
            if held and _weight(held) + _weight(piece) > MOST_ROWS:
                yield held
                held = ()
            held += piece
    if held:
        yield held


def _cut(bundle: Bundle) -> Iterator[Bundle]:
    """A bundle that no sentence holds, in pieces."""
    if _weight(bundle) <= MOST_ROWS:
        yield bundle
        return
    for start in range(0, len(bundle), MOST_ROWS):
        yield bundle[start : start + MOST_ROWS]


def _weight(rows: Bundle) -> int:
    parts = [row for row in rows if row.parent or COLON.search(row.name)]
    return len(rows) - len(parts) + bool(parts)
