"""Scores of the census and of the verifier on invented summaries of other bureaus.

A text's gold names every numeral by place with its kind and value, and for claims the row (by its
position in the table) and the field; `*` stands for a figure derived from the row, `open` for a
claim that the table cannot prove, `any` for what readers may well see differently.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from drafter.numerals import read_mentions
from drafter.numerals.report import as_json
from drafter.reading.tables import read_tables
from drafter.reading.texts import read_text
from drafter.records.claim import Finding, Report
from drafter.records.indicator import IndicatorTable
from drafter.verification import bind, verify

HERE = Path(__file__).parent


def names_in(folder: str = "") -> tuple[str, ...]:
    """The texts of a folder: `unseen/` holds those written without sight of the code."""
    paths = (HERE / folder).glob("*.gold.json")
    return tuple(sorted(str(path.relative_to(HERE)).removesuffix(".gold.json") for path in paths))


NAMES = names_in()
UNSEEN = names_in("unseen")
CHINESE = "一二三四五六七八九"
VALUES = ("quantity", "percent", "rate_change", "points", "multiple", "fraction", "range", "rank")
ALIKE = ({"percent", "rate_change"}, {"date", "period"})
"""Whether a rate is a state or a change, 截至9月底 a day or a span, is not settled by the contract."""


@dataclass
class Tally:
    """Hits, misses and the misses themselves, for people to read."""

    right: int = 0
    wrong: list[str] = field(default_factory=list)

    def count(self, good: bool, told: str) -> None:
        if good:
            self.right += 1
        else:
            self.wrong.append(told)

    @property
    def all(self) -> int:
        return self.right + len(self.wrong)

    @property
    def rate(self) -> float:
        return self.right / self.all if self.all else 1.0


def table_path(name: str) -> Path:
    (path,) = [one for one in HERE.glob(f"{name}*") if one.suffix in (".csv", ".xlsx")] or [
        HERE / f"{name}_table.json"
    ]
    return path


@lru_cache
def material(name: str) -> tuple[str, IndicatorTable, list[dict[str, Any]]]:
    gold = json.loads((HERE / f"{name}.gold.json").read_text(encoding="utf-8"))
    return read_text(HERE / f"{name}.txt"), read_tables([table_path(name)]), gold


def around(text: str, start: int, end: int) -> str:
    return f"{text[max(0, start - 14) : start]}【{text[start:end]}】{text[end : end + 6]}".replace(
        "\n", " "
    )


def touching(items: Any, one: dict[str, Any]) -> list[Any]:
    return [item for item in items if item.start < one["end"] and item.end > one["start"]]


def same_value(said: object, gold: object) -> bool:
    if isinstance(gold, list):
        return said == gold
    return str(said).replace(",", "") == str(gold)


def score_census(name: str) -> dict[str, Tally]:
    """Recall of claim values, precision of claims, kinds and units."""
    text, _, gold = material(name)
    mentions = read_mentions(text)
    found = {key: Tally() for key in ("recall", "precision", "kinds", "units")}
    for one in gold:
        hits = touching(mentions, one)
        place = around(text, one["start"], one["end"])
        if one.get("any"):
            continue
        if one["claim"] and one["kind"] in VALUES:
            good = [
                hit for hit in hits if hit.claim and same_value(as_json(hit)["value"], one["value"])
            ]
            read = [(hit.core, hit.kind, hit.claim, as_json(hit)["value"]) for hit in hits]
            found["recall"].count(bool(good), f"{place} {read}")
            for hit in good:
                if one["unit"] is not None:
                    said = as_json(hit)["unit"]
                    good_unit = one["unit"] in (said or "", str(said).removeprefix("个"))
                    found["units"].count(good_unit, f"{place} {said}")
        if hits and one["kind"] != "name":
            kind = hits[0].kind
            good_kind = kind == one["kind"] or {kind, one["kind"]} in ALIKE
            found["kinds"].count(good_kind, f"{place} {kind} for {one['kind']}")
    known = [one for one in gold if one.get("claim") or one.get("any")]
    for hit in mentions:
        if hit.claim:
            good_claim = any(hit.start < one["end"] and hit.end > one["start"] for one in known)
            found["precision"].count(good_claim, f"{around(text, hit.start, hit.end)} {hit.kind}")
    return found


def score_binding(name: str) -> Tally:
    """Row and field of every claim that the gold gives a row."""
    text, table, gold = material(name)
    bound = bind(text, read_mentions(text), table)
    tally = Tally()
    for one in gold:
        if "row" not in one or one["field"] == "*":
            continue
        row = table.rows[one["row"]]
        hits = touching([binding.mention for binding in bound], one)
        bests = [binding.best for binding in bound if binding.mention in hits]
        good = any(
            best is not None and best.indicator == row.id and one["field"] == best.field
            for best in bests
        )
        read = [(best.indicator, best.field) if best else None for best in bests]
        tally.count(
            good,
            f"{around(text, one['start'], one['end'])} -> {row.id}.{one['field']} read {read}",
        )
    return tally


def judged(report: Report, one: dict[str, Any]) -> list[Finding]:
    return touching(report.findings, one)


def score_verdicts(name: str) -> dict[str, Tally]:
    """Every true claim proved; nothing true contradicted; nothing unprovable proved."""
    text, table, gold = material(name)
    report = verify(text, table)
    found = {key: Tally() for key in ("proved", "not_contradicted", "open_stays_open", "issues")}
    for one in gold:
        findings = judged(report, one)
        place = around(text, one["start"], one["end"])
        told = "; ".join(
            f"{hit.verdict} {hit.rule} {hit.indicator}.{hit.field} {hit.message}"
            for hit in findings
        )
        if "row" in one:
            good = bool(findings) and not any(hit.is_open for hit in findings)
            found["proved"].count(good, f"{place} {told}")
        if one.get("open"):
            good = bool(findings) and all(hit.verdict == "unsupported" for hit in findings)
            found["open_stays_open"].count(good, f"{place} {told}")
    for hit in report.findings:
        found["not_contradicted"].count(
            hit.verdict != "contradicted", f"{around(text, hit.start, hit.end)} {hit.message}"
        )
    for issue in report.issues:
        place = f"{around(text, issue.start, issue.end)} {issue.rule} {issue.message}"
        found["issues"].count(issue.level != "error", place)
    return found


def mutants(text: str, one: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The text with one digit of a claim changed: its first digit, and its last."""
    digits = [match.start() for match in re.finditer(r"\d", text[one["start"] : one["end"]])]
    if not digits:
        for match in re.finditer(f"[{CHINESE}]", text[one["start"] : one["end"]]):
            position = one["start"] + match.start()
            other = CHINESE[(CHINESE.index(text[position]) + 2) % 9]
            yield other, text[:position] + other + text[position + 1 :]
            return
        return
    loose = re.search(
        r"以上|以下|近|超|约|左右|余|多", text[max(0, one["start"] - 3) : one["end"] + 3]
    )
    for place in dict.fromkeys([digits[0]] if loose else [digits[0], digits[-1]]):
        position = one["start"] + place
        digit = int(text[position])
        other = str(digit + 2 if digit < 8 else digit - 2)
        yield other, text[:position] + other + text[position + 1 :]


def score_mutants(name: str) -> Tally:
    """Every claim with a row, a digit of it changed: is the claim or its neighbour flagged?"""
    text, table, gold = material(name)
    clean = {(one.start, one.rule) for one in verify(text, table).issues}
    tally = Tally()
    for one in gold:
        if "row" not in one:
            continue
        for _, changed in mutants(text, one):
            report = verify(changed, table)
            flagged = any(hit.is_open for hit in judged(report, one))
            flagged = flagged or any(
                (issue.start, issue.rule) not in clean and issue.level == "error"
                for issue in report.issues
            )
            told = around(changed, one["start"], one["end"])
            said = [(hit.verdict, hit.rule, hit.indicator) for hit in judged(report, one)]
            tally.count(flagged, f"{told} {said}")
    return tally
