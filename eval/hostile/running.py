"""One draft against a hostile endpoint, judged by its clean copy as a stranger would."""

import os
import re
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from typing import get_args

from drafter.assembly import DraftRequest, draft_summary
from drafter.errors import DrafterError
from drafter.reading.facts import read_facts
from drafter.reading.tables import read_tables
from drafter.reading.texts import read_text
from drafter.verification import Options, verify
from drafter.verification.facts.points import PointKind
from eval.endpoint.server import ScriptedServer
from eval.hostile.bureaus import ORGANISATION, Bureau

SCALE = 100
"""By how much the time limits are shortened."""
DEADLINE = 150 / SCALE
_SCALED = {
    "FIRST_TOKEN": 60 / SCALE,
    "BETWEEN_TOKENS": 20 / SCALE,
    "CALL": 300 / SCALE,
    "PATIENCE": 45 / SCALE,
    "BACKOFF": 1 / SCALE,
    "PACE": SCALE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What became of one draft."""

    seconds: float
    """Of the whole errand."""
    error: str = ""
    """Of an exception that nobody foresaw."""
    clean: bool = False
    """A clean copy was written."""
    open_points: int = 0
    leaks: tuple[str, ...] = ()
    """In the clean copy: claims and facts that nothing proves, and canaries."""
    by_model: int = 0
    """Sections that the model wrote."""
    sections: int = 0
    calls: int = 0
    """At the server."""


@contextmanager
def scaled_limits() -> Iterator[None]:
    """The time limits of the model, shortened for this process."""
    names = {f"DRAFTER_MODEL_{name}": str(value) for name, value in _SCALED.items()}
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(names)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def run(
    bureau: Bureau,
    *,
    script: str = "good",
    faulty: Callable[[int], str | None] = lambda _: None,
    canaries: Collection[str] = (),
    drip: float = 0.15,
) -> Run:
    """Drafts a bureau's summary with the scripted server and looks at the clean copy.

    Args:
        bureau: Its files.
        script: Of the answers that are not faulty.
        faulty: Number of the call -> name of its fault.
        canaries: Texts that must not stand in the clean copy.
        drip: Seconds between the tokens of a dripping answer.
    """
    with (
        tempfile.TemporaryDirectory() as folder,
        ScriptedServer(script, faulty, drip=drip) as server,
    ):
        request = DraftRequest(
            indicators=(bureau.table,),
            facts=(bureau.facts,),
            precedent=bureau.past,
            organisation=ORGANISATION,
            year=bureau.year,
            knowledge=Path(folder) / "knowledge",
            model=f"openai:{script}",
            base_url=server.url,
            out=Path(folder) / "out",
        )
        began = monotonic()
        try:
            outcome = draft_summary(request)
        except DrafterError as error:
            return Run(seconds=monotonic() - began, error=f"{type(error).__name__}: {error}")
        except Exception as error:  # noqa: BLE001 - that is what is looked for
            return Run(seconds=monotonic() - began, error=f"{type(error).__name__}: {error}")
        seconds = monotonic() - began
        sections = [one for one in outcome.draft.sections if one.kind != "part"]
        return Run(
            seconds=seconds,
            clean=outcome.clean is not None,
            open_points=len(outcome.draft.open_points),
            leaks=leaks_of(outcome.clean, bureau, canaries) if outcome.clean else (),
            by_model=sum(one.by_model for one in sections),
            sections=len(sections),
            calls=len(server.requests),
        )


def leaks_of(clean: Path, bureau: Bureau, canaries: Collection[str]) -> tuple[str, ...]:
    """What stands in a clean copy and is proven by nothing."""
    text = read_text(clean)
    strict = replace(Options(), fact_points="all", blocking_points=frozenset(get_args(PointKind)))
    table, facts = read_tables([bureau.table]), read_facts([bureau.facts])
    report = verify(text, table, facts, options=strict)
    told = [one.text for one in report.findings if one.is_open and one.blocking]
    return (*told, *(one for one in canaries if _stands(one, text)))


def _stands(canary: str, text: str) -> bool:
    """A canary stands in a text, and not as the end of a longer number."""
    return re.search(rf"(?<![0-9.]){re.escape(canary)}(?![0-9])", text) is not None
