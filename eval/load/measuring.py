"""`python -m eval load`: how long requests take while drafts are being written beside them."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from time import monotonic, sleep

from eval.endpoint.server import ScriptedServer
from eval.load.generator import Order, Result, result_from, written
from eval.load.mix import READS, SHARES, group_of
from eval.load.serving import ROOT, Served, asked, cpu_of, served, state_of, target_of

_AIM = 150
_LONGEST_WAIT = 300.0
_THINKING = 0.3
"""Seconds that the scripted model takes before it answers."""
_ENDED = ("done", "failed", "cancelled")


def report(
    seconds: float, rate: float, drafts: int, *, by_model: bool = False, seed: int = 1
) -> Iterator[str]:
    """A line for each thing that was measured.

    Args:
        seconds: For which requests are sent.
        rate: Requests a second.
        drafts: That are asked for as the load begins.
        by_model: By a scripted model on loopback instead of offline.
        seed: Of the mix.
    """
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        settings = {}
        if by_model:
            model = stack.enter_context(ScriptedServer(before=_THINKING))
            settings = {"DRAFTER_API_MODEL": "openai:m", "DRAFTER_BASE_URL": model.url}
        service = stack.enter_context(served(Path(folder), **settings))
        target = target_of(service)
        order = Order(service.url, service.token, target, seconds, rate, seed=seed)
        yield from _loaded(service, order, drafts, "model" if by_model else "offline")


def _loaded(service: Served, order: Order, drafts: int, writer: str) -> Iterator[str]:
    """Asks for the drafts, sends the load, waits for the drafts."""
    pids = service.processes()
    before = {name: cpu_of(pid) for name, pid in pids.items()}
    with service.client() as client:
        begun = monotonic()
        made = [
            asked(client, order.target.table, order.target.facts, writer) for _ in range(drafts)
        ]
        result = sent(order)
        used = {name: cpu_of(pid) - before[name] for name, pid in pids.items()}
        states = [state_of(client, one) for one in made]
        yield from lines_of(result, order)
        yield (
            f"drafts done at the end of the load {states.count('done')} of {drafts} ({writer}); "
            f"all after {_ended(service, made, begun):.0f} s"
        )
    told = ", ".join(f"{name} {one:.1f} s" for name, one in used.items())
    yield f"processor in {result.seconds:.0f} s: {told}, generator {result.cpu:.1f} s"


def _ended(service: Served, drafts: Sequence[str], begun: float) -> float:
    """Seconds until the last draft was done.

    Raises:
        TimeoutError: they take too long.
    """
    with service.client() as client:
        for one in drafts:
            while state_of(client, one) not in _ENDED:
                if monotonic() - begun > _LONGEST_WAIT:
                    raise TimeoutError(f"draft {one}")
                sleep(0.2)
    return monotonic() - begun


def sent(order: Order) -> Result:
    """The load of an order by a process of its own.

    Raises:
        subprocess.CalledProcessError: it broke.
    """
    done = subprocess.run(
        [sys.executable, "-m", "eval.load.generator"],
        input=written(order),
        cwd=ROOT,
        check=True,
        text=True,
        encoding="utf-8",
        stdout=subprocess.PIPE,
    )
    return result_from(done.stdout)


def lines_of(result: Result, order: Order) -> Iterator[str]:
    """Latencies by kind, then errors."""
    answered = len(result.times)
    yield (
        f"asked for {order.rate:g} a second, answered {answered / result.seconds:.1f}; "
        f"sent at most {result.late:.0f} ms late"
    )
    yield f"{'milliseconds':<12}{'count':>7}{'p50':>8}{'p95':>8}{'p99':>8}{'most':>8}"
    for name in ("all", *SHARES, *READS):
        times = sorted(time for kind, time in result.times if name in ("all", kind, group_of(kind)))
        aim = f"   (aim: p95 {_AIM})" if name == "all" else ""
        if times:
            shown = "".join(f"{quantile(times, one):8.1f}" for one in (0.5, 0.95, 0.99, 1))
            yield f"{name:<12}{len(times):7}{shown}{aim}"
    yield f"edits sent again after 412 {result.outrun}"
    said = ", ".join(f"{name}: {count}" for name, count in sorted(result.errors.items()))
    yield f"errors {sum(result.errors.values())} (aim 0){': ' + said if said else ''}"


def quantile(times: Sequence[float], share: float) -> float:
    """The value that so large a share of sorted values does not exceed."""
    return times[max(0, min(len(times) - 1, -int(-share * len(times) // 1) - 1))]
