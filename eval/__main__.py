"""`python -m eval`: evaluation runs and benchmarks, one command each."""

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from eval import (
    clauses,
    gathering,
    issues,
    killed,
    model_speed,
    operations,
    retrieval,
    speed,
    years,
)
from eval.canaries import measuring as canaries
from eval.endpoint import command as endpoint_command
from eval.facts import measuring
from eval.hostile import command as hostile_command
from eval.load import measuring as load
from eval.returned import measuring as returning
from eval.uploads import measuring as uploading
from eval.verifier import command as verifier_command

_CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpus"


Lines = Iterable[str]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run an evaluation; 0 when it ran, whatever it found."""
    parser = argparse.ArgumentParser(prog="python -m eval", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for add in (_measurements, _on_real_texts, _with_servers):
        add(commands)
    given = parser.parse_args(arguments)
    if given.command == "verifier":
        verifier_command.run(given, parser.error)
        return 0
    for line in given.lines(given):
        print(line, flush=True)
    return 0


def _measurements(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """On the sample bureau and invented ones."""
    fast = _add(
        commands,
        "speed",
        "speed as ratios of two things in one run",
        lambda given: (
            speed.report() if given.model is None else model_speed.report(given.model, given.runs)
        ),
    )
    fast.add_argument("--model", type=float, help="drafts by a model of so many seconds a call")
    fast.add_argument("--runs", type=int, default=5)
    returned = _add(
        commands,
        "returned",
        "scripted edits of Word copies, and how well they are read back",
        lambda given: returning.report(given.edits, given.seed),
    )
    returned.add_argument("--edits", type=int, default=300)
    returned.add_argument("--seed", type=int, default=6)
    verifier_command.add_arguments(
        commands.add_parser("verifier", help="corrupt texts and count what gets past")
    )
    facts = _add(
        commands,
        "facts",
        "corrupt told facts and count what gets past",
        lambda given: measuring.report(
            mutants=given.mutants, invented=given.invented, seed=given.seed
        ),
    )
    facts.add_argument("--mutants", type=int, default=1200)
    facts.add_argument("--invented", type=int, default=12, help="how many invented years")
    facts.add_argument("--seed", type=int, default=1)
    _add(
        commands,
        "gather",
        "facts proposed from material beside a reader's labels",
        lambda _: gathering.report_all(),
    )


def _on_real_texts(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """On texts of a folder."""
    search = _add(
        commands,
        "retrieval",
        "recall and rank of past passages",
        lambda given: retrieval.report(given.folder),
    )
    search.add_argument("folder", type=Path)
    for name, help_text, report in (
        ("clauses", "carried clauses beside a reader's labels", clauses.report),
        ("issues", "document rules on real texts beside labels", issues.report),
    ):
        one = _add(commands, name, help_text, _on_corpus(report))
        one.add_argument("--corpus", type=Path, default=_CORPUS, help="the folder of real texts")
    planted = _add(
        commands,
        "canaries",
        "plant matters of last year and look for them",
        lambda given: canaries.report(
            given.plantings, given.seed, _present(given.corpus), given.matters
        ),
    )
    planted.add_argument("--plantings", type=int, default=1200)
    planted.add_argument("--seed", type=int, default=1)
    planted.add_argument("--matters", type=Path, help="a file of matters, as eval/canaries/*.tsv")
    planted.add_argument("--corpus", type=Path, default=_CORPUS, help="the folder of real texts")
    yearly = _add(
        commands,
        "years",
        "what drafts carry from year to year",
        lambda given: years.report(given.folder, given.table, given.out, every=given.every),
    )
    yearly.add_argument("folder", type=Path, help="reports named PLACE_YEAR.txt")
    yearly.add_argument("--table", type=Path, help="their figures, with a column report_year")
    yearly.add_argument("--every", action="store_true", help="from each earlier report too")
    yearly.add_argument("--out", type=Path, help="where the carried clauses go, a line each")


def _with_servers(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """With the scripted endpoint."""
    endpoint_command.add_arguments(
        _add(
            commands,
            "endpoint",
            "a scripted OpenAI-compatible server on loopback",
            endpoint_command.run,
        )
    )
    kills = _add(
        commands,
        "killed",
        "kill the service at random moments of a draft by a model, and see what is lost",
        lambda given: killed.report(given.runs, given.seed),
    )
    kills.add_argument("--runs", type=int, default=100)
    kills.add_argument("--seed", type=int, default=9)
    together = _add(
        commands,
        "operations",
        "several people at one draft at the same time, and what of their work is lost",
        lambda given: operations.report(given.count, given.people, given.seed, given.database),
    )
    together.add_argument("--count", type=int, default=5000)
    together.add_argument("--people", type=int, default=4)
    together.add_argument("--seed", type=int, default=12)
    together.add_argument("--database", default="", help="PostgreSQL; SQLite by default")
    uploads = _add(
        commands,
        "uploads",
        "malformed uploads against the service, and what they cost and leave",
        lambda given: uploading.report(given.count, given.seed, given.log),
    )
    uploads.add_argument("--count", type=int, default=2000)
    uploads.add_argument("--seed", type=int, default=1)
    uploads.add_argument("--log", type=Path, help="where the messages of the service go")
    loaded = _add(
        commands,
        "load",
        "requests at fixed moments while drafts are written: how long they take",
        lambda given: load.report(
            given.seconds, given.rate, given.drafts, by_model=given.model, seed=given.seed
        ),
    )
    loaded.add_argument("--seconds", type=float, default=30)
    loaded.add_argument("--rate", type=float, default=60, help="requests a second")
    loaded.add_argument("--drafts", type=int, default=10, help="asked for as the load begins")
    loaded.add_argument("--model", action="store_true", help="by a scripted model on loopback")
    loaded.add_argument("--seed", type=int, default=1)
    hostile_command.add_arguments(
        _add(
            commands,
            "hostile",
            "faulty endpoints and inventing models: what reaches a clean copy",
            hostile_command.lines,
        )
    )


def _add(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    help_text: str,
    lines: Callable[[argparse.Namespace], Lines],
) -> argparse.ArgumentParser:
    """A command that prints lines as they come."""
    parser = commands.add_parser(name, help=help_text)
    parser.set_defaults(lines=lines)
    return parser


def _on_corpus(
    report: Callable[[Path | None], Lines],
) -> Callable[[argparse.Namespace], Lines]:
    return lambda given: report(_present(given.corpus))


def _present(folder: Path) -> Path | None:
    """The folder of real texts, where there is one."""
    return folder if folder.is_dir() else None


if __name__ == "__main__":
    sys.exit(main())
