"""The throughput of the service beside a bare stand-in, closed loop, one after the other."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from eval.load.bare import filled
from eval.load.generator import Order, Result
from eval.load.measuring import sent
from eval.load.mix import Target, read_paths
from eval.load.serving import (
    Served,
    answers,
    cpu_of,
    free_port,
    running,
    served,
    target_of,
    wait_until,
)

_SECONDS = 6.0
_ROUNDS = 2
_WARM = 2.0
"""Seconds before the first round: what is loaded once is not measured."""
_AIM = 0.4


def report() -> Iterator[str]:
    """The ratio of requests a second, and that of processor time a request."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        service = stack.enter_context(served(Path(folder)))
        target = target_of(service)
        bare = stack.enter_context(_standing_in(service, target, Path(folder)))
        # The worker has nothing to do meanwhile; it counts all the same.
        pids = ([*service.processes().values()], [bare.pid])
        orders = [
            (Order(one.url, one.token, target, _SECONDS), own)
            for one, own in zip((service, bare), pids, strict=True)
        ]
        for order, _ in orders:
            sent(replace(order, seconds=_WARM))
        # In turns, so that what else the machine does meets both.
        runs = [
            [_measured(replace(order, seed=seed), own) for order, own in orders]
            for seed in range(1, _ROUNDS + 1)
        ]
    yield from lines_of([one for one, _ in runs], [one for _, one in runs])


def lines_of(own: list[tuple[Result, float]], bare: list[tuple[Result, float]]) -> Iterator[str]:
    """Ratios of the service to the stand-in.

    Args:
        own: Of each round what came of the load, and seconds of the processor that it took.
        bare: Likewise.
    """
    rates, costs = [], []
    for one in (own, bare):
        count = sum(len(result.times) for result, _ in one)
        rates.append(count / sum(result.seconds for result, _ in one))
        costs.append(sum(seconds for _, seconds in one) / count * 1000)
    errors = sum(sum(result.errors.values()) for result, _ in (*own, *bare))
    yield (
        f"service / bare stand-in, requests a second {rates[0] / rates[1]:.2f}   (aim {_AIM:.2f}; "
        f"{rates[0]:.0f} / {rates[1]:.0f}; errors {errors})"
    )
    yield (
        f"bare stand-in / service, processor a request {costs[1] / costs[0]:.2f}   "
        f"(aim {_AIM:.2f}; {costs[1]:.1f} ms / {costs[0]:.1f} ms)"
    )


def _measured(order: Order, pids: Sequence[int]) -> tuple[Result, float]:
    before = sum(map(cpu_of, pids))
    result = sent(order)
    return result, sum(map(cpu_of, pids)) - before


@contextmanager
def _standing_in(service: Served, target: Target, folder: Path) -> Iterator[Served]:
    """The stand-in as a process, with what the service answers now."""
    file, port = folder / "bare.db", free_port()
    sections = [read_paths(target.draft, one).values() for one in target.sections]
    with service.client() as client:
        paths = {path for one in sections for path in one}
        kept = {path: client.get(path).raise_for_status().json() for path in paths}
        revision = f"/v1/indicator-tables/{target.table}/revisions/1/original"
        table = client.get(revision).raise_for_status().content
    filled(file, kept, (target.table, table))
    with running(["-m", "eval.load.bare", str(file), str(port)], dict(os.environ)) as pid:
        found = Served(f"http://127.0.0.1:{port}", "none", folder, pid)
        wait_until(lambda: answers(found.url + "/ready"), "the stand-in")
        yield found
