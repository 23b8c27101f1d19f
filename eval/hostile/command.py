"""`python -m eval hostile`: every fault so many times; with --firewall canaries in number."""

import argparse
from collections.abc import Iterator

from eval.hostile import measuring


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--runs", type=int, default=4, help="drafts a fault")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--firewall", action="store_true", help="canaries instead of faults")
    parser.add_argument("--numbers", type=int, default=10_000)
    parser.add_argument("--events", type=int, default=400)
    parser.add_argument("--drafts", type=int, default=250)
    parser.add_argument("--seed", type=int, default=1)


def lines(given: argparse.Namespace) -> Iterator[str]:
    """The table, a line as soon as it is known."""
    if given.firewall:
        return measuring.firewall_report(given.numbers, given.events, given.drafts, given.seed)
    return measuring.report(given.runs, given.processes)
