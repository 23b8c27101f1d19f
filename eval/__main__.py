"""`python -m eval`: evaluation runs and benchmarks, one command each."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from eval import clauses, gathering, issues, retrieval, speed, years
from eval.canaries import measuring as canaries
from eval.endpoint import command as endpoint_command
from eval.facts import measuring
from eval.verifier import command as verifier_command

_CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpus"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run an evaluation; 0 when it ran, whatever it found."""
    parser = argparse.ArgumentParser(prog="python -m eval", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("speed", help="speed as ratios of two things in one run")
    verifier_command.add_arguments(
        commands.add_parser("verifier", help="corrupt texts and count what gets past")
    )
    search = commands.add_parser("retrieval", help="recall and rank of past passages")
    search.add_argument("folder", type=Path)
    carried = commands.add_parser("clauses", help="carried clauses beside a reader's labels")
    carried.add_argument("--corpus", type=Path, default=_CORPUS, help="the folder of real texts")
    found = commands.add_parser("issues", help="document rules on real texts beside labels")
    found.add_argument("--corpus", type=Path, default=_CORPUS, help="the folder of real texts")
    facts = commands.add_parser("facts", help="corrupt told facts and count what gets past")
    facts.add_argument("--mutants", type=int, default=1200)
    facts.add_argument("--invented", type=int, default=12, help="how many invented years")
    facts.add_argument("--seed", type=int, default=1)
    planted = commands.add_parser("canaries", help="plant matters of last year and look for them")
    planted.add_argument("--plantings", type=int, default=1200)
    planted.add_argument("--seed", type=int, default=1)
    planted.add_argument("--matters", type=Path, help="a file of matters, as eval/canaries/*.tsv")
    planted.add_argument("--corpus", type=Path, default=_CORPUS, help="the folder of real texts")
    commands.add_parser("gather", help="facts proposed from material beside a reader's labels")
    yearly = commands.add_parser("years", help="what drafts carry from year to year")
    yearly.add_argument("folder", type=Path, help="reports named PLACE_YEAR.txt")
    yearly.add_argument("--table", type=Path, help="their figures, with a column report_year")
    yearly.add_argument("--every", action="store_true", help="from each earlier report too")
    yearly.add_argument("--out", type=Path, help="where the carried clauses go, a line each")
    endpoint_command.add_arguments(
        commands.add_parser("endpoint", help="a scripted OpenAI-compatible server on loopback")
    )
    given = parser.parse_args(arguments)
    if given.command == "speed":
        print("\n".join(speed.report()))
    elif given.command == "clauses":
        print("\n".join(clauses.report(given.corpus if given.corpus.is_dir() else None)))
    elif given.command == "issues":
        print("\n".join(issues.report(given.corpus if given.corpus.is_dir() else None)))
    elif given.command == "canaries":
        corpus = given.corpus if given.corpus.is_dir() else None
        print("\n".join(canaries.report(given.plantings, given.seed, corpus, given.matters)))
    elif given.command == "gather":
        print("\n".join(gathering.report_all()))
    elif given.command == "facts":
        print(
            "\n".join(
                measuring.report(mutants=given.mutants, invented=given.invented, seed=given.seed)
            )
        )
    elif given.command == "years":
        lines = years.report(given.folder, given.table, given.out, every=given.every)
        print("\n".join(lines))
    elif given.command == "endpoint":
        endpoint_command.run(given)
    elif given.command == "retrieval":
        print("\n".join(retrieval.report(given.folder)))
    else:
        verifier_command.run(given, parser.error)
    return 0


if __name__ == "__main__":
    sys.exit(main())
