"""`python -m eval verifier`: what it takes and prints."""

import argparse
import json
import os
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import NoReturn

from eval.verifier.proof import Wish, prove
from eval.verifier.scenes import Pair, bureau_pairs, own_pairs, read_pair
from eval.verifier.worth import lines, weigh


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    add = parser.add_argument
    add("--mutants", type=int, default=2000, help="corruptions, all false (2000)")
    add("--claims", type=int, help="claims of clean and reworded texts (twice the mutants)")
    add("--random", type=int, default=0, metavar="N", help="random values in places of claims")
    add("--seed", type=int, default=1)
    add("--jobs", type=int, default=os.cpu_count() or 1, help="processes (one a core)")
    add("--examples", type=int, default=5, help="examples printed for each operator")
    add("--text", type=Path, action="append", default=[], help="a clean text; may be repeated")
    add(
        "--indicators",
        type=Path,
        action="append",
        default=[],
        help="the table that proves it; as many as texts, in their order",
    )
    add("--bureaus", action="store_true", help="the invented bureaus of tests/bureaus too")
    add(
        "--ablate",
        action="store_true",
        help="judge the same mutants and rewritings without each check of the verifier in turn",
    )
    add("--json", type=Path, metavar="FILE", help="also write all figures as JSON")


def run(given: argparse.Namespace, refuse: Callable[[str], NoReturn]) -> None:
    """Prove and print."""
    if len(given.text) != len(given.indicators):
        refuse("--text and --indicators belong together")
    wish = Wish(
        mutants=given.mutants,
        claims=2 * given.mutants if given.claims is None else given.claims,
        random_values=given.random,
        seed=given.seed,
        jobs=given.jobs,
        examples=given.examples,
    )
    if given.ablate:
        _ablate(_pairs(given), wish, given.json)
        return
    proof = prove(_pairs(given), wish)
    print("\n".join(proof.lines(given.examples)))
    if given.json is not None:
        _write(given.json, proof.as_json())


def _ablate(pairs: tuple[Pair, ...], wish: Wish, file: Path | None) -> None:
    found = list(weigh(pairs, wish))
    print("\n".join(lines(found)))
    if file is not None:
        _write(file, [asdict(one) for one in found])


def _write(file: Path, figures: object) -> None:
    file.write_text(json.dumps(figures, ensure_ascii=False, indent=1), encoding="utf-8")


def _pairs(given: argparse.Namespace) -> tuple[Pair, ...]:
    chosen = tuple(
        read_pair(text, table) for text, table in zip(given.text, given.indicators, strict=True)
    )
    if given.bureaus:
        return (*(chosen or own_pairs()), *bureau_pairs())
    return chosen or own_pairs()
