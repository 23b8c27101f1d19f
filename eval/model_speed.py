"""How long a draft by a model takes beside its longest necessary chain of calls."""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from drafter.assembly import (
    DraftRequest,
    assignment_for,
    load_materials,
    load_prompts,
    open_knowledge,
    open_model,
)
from drafter.drafting import materials_for, planned, writing_for
from drafter.modelling import written_by_model
from drafter.pipeline import finished
from drafter.preparing import ingest_paths
from drafter.records.call import Reply
from drafter.records.draft import DraftSection
from drafter.records.step import silent
from drafter.settings import Settings, load_settings
from drafter.writing.model.desk import Model, Progress
from drafter.writing.model.task import WRITTEN_LAST
from eval.bureau import BUREAU, SAMPLE
from eval.endpoint.scripts import good


def report(latency: float, runs: int) -> Iterator[str]:
    """Wall time over the chain of calls, and the tool's own processor time a section.

    Args:
        latency: Seconds before the first token of each answer.
        runs: How many; the median counts.
    """
    with tempfile.TemporaryDirectory() as folder:
        knowledge = Path(folder)
        past = [SAMPLE / "summaries", SAMPLE / "tables"]
        ingest_paths(past, organisation=BUREAU, year=None, folder=knowledge)
        found = [_one(knowledge, latency) for _ in range(runs)]
        alone = [_one(knowledge, None) for _ in range(runs)]
    ratios, own, chains, sections = zip(*found, strict=True)
    yield f"sections {sections[0]}, latency {latency} s, median of {runs} runs"
    yield f"wall time / longest chain of calls {statistics.median(ratios):6.3f}   (aim 1.05)"
    yield f"longest chain                      {statistics.median(chains):6.2f} s"
    yield f"processor time a section           {statistics.median(own) * 1000:6.1f} ms with the client"
    bare = statistics.median(one[1] for one in alone) * 1000
    yield f"                                   {bare:6.1f} ms without it (aim 50)"


@contextmanager
def _server(latency: float) -> Iterator[str]:
    """The scripted server in a process of its own: its work is not the tool's."""
    command = [sys.executable, "-m", "eval", "endpoint", "--port", "0", "--latency", "0.01"]
    process = subprocess.Popen(  # noqa: S603 - our own module
        [*command, "--before", str(latency)],
        cwd=SAMPLE.parent,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None  # noqa: S101 - a pipe was asked for
    try:
        yield process.stdout.readline().split()[0]
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def _one(knowledge: Path, latency: float | None) -> tuple[float, float, float, int]:
    """Ratio, own seconds a section, seconds of the chain, sections.

    Args:
        knowledge: The sample bureau's knowledge base.
        latency: Of the server; None asks the script itself, without server and client.
    """
    settings = load_settings().model_copy(update={"model_parallel": 16})
    request = DraftRequest(
        indicators=(SAMPLE / "tables" / "2024年指标表.xlsx",),
        facts=(SAMPLE / "facts" / "2024年素材表.xlsx",),
        organisation=BUREAU,
        knowledge=knowledge,
    )
    table, facts = load_materials(request.indicators, request.facts)
    with open_knowledge(knowledge, settings) as base, _model(latency, settings) as model:
        assignment = assignment_for(request, table, facts, base)
        plan, materials = planned(assignment), materials_for(assignment)
        writing = writing_for(assignment, materials)
        model.ask([("user", "在吗")], None)  # the client's own start is not the tool's
        began, worked = time.monotonic(), time.process_time()
        settled, judged = written_by_model(plan, assignment.title, writing, model, None, silent)
        wall, own = time.monotonic() - began, time.process_time() - worked
    done = [
        finished(one, rendering, findings)
        for one, rendering, findings in zip(
            settled, judged.renderings, judged.findings, strict=True
        )
    ]
    chain = longest_chain(done) or wall
    asked = sum(bool(one.calls) for one in done)
    return wall / chain, own / asked, chain, asked


@contextmanager
def _model(latency: float | None, settings: Settings) -> Iterator[Model]:
    if latency is None:
        yield Model(ask=_script, name="good", book=load_prompts(settings))
        return
    with _server(latency) as url, open_model("openai:good", url, settings) as model:
        assert model is not None  # noqa: S101 - openai was asked for
        yield model


def _script(messages: Sequence[tuple[str, str]], _: Progress | None) -> Reply:
    return Reply(text=good("\n".join(text for _, text in messages)))


def longest_chain(sections: Sequence[DraftSection]) -> float:
    """Seconds of the calls that had to follow each other: early, late, repetition."""
    late = [one for one in sections if one.kind in WRITTEN_LAST]
    early = [one for one in sections if one not in late]
    first = max((_seconds(one, again=False) for one in early), default=0.0)
    then = max((_seconds(one, again=False) for one in late), default=0.0)
    return first + then + max((_seconds(one, again=True) for one in sections), default=0.0)


def _seconds(section: DraftSection, *, again: bool) -> float:
    """Of a section's calls, those that mend repetition apart."""
    return sum(
        float(str(call["seconds"]))
        for call in section.calls
        if (call["purpose"] == "去除重复") is again
    )
