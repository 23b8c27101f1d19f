"""Decides what an ingest changes: which summaries are new, known, replaced or refused.

Values only; nothing is written here and nothing embedded.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from drafter.knowledge.manifest import (
    Manifest,
    Quarantined,
    StoredDocument,
    clean_name,
    file_hash,
)
from drafter.records.summary import PastSummary

THRESHOLD = 0.6
"""Quality below which a summary is refused."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file at the door; `summary` is None where its bytes are known already."""

    path: Path
    sha: str
    summary: PastSummary | None


@dataclass(slots=True)
class Intake:
    """What the base will hold, while arrivals are taken in one after the other."""

    documents: list[StoredDocument]
    quarantined: list[Quarantined]
    fresh: dict[str, Arrival] = field(default_factory=dict)
    """By hash of the file: what has to be cut into passages and kept."""
    added: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    refused: list[Quarantined] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """The documents are others than before."""
        return bool(self.added or self.removed)


def arrive(path: Path, summary: PastSummary | None) -> Arrival:
    """A summary with its file; its organisation's name in the form in which names compare."""
    if summary is not None:
        summary = replace(summary, organisation=clean_name(summary.organisation))
    return Arrival(path, file_hash(path), summary)


def take_in(
    manifest: Manifest, arrivals: Sequence[Arrival], *, threshold: float, override: bool
) -> Intake:
    """What becomes of each arrival.

    A summary whose bytes, organisation, year and reading are known is unchanged. Another one
    takes the place of the same bytes, and of the same file name of that organisation and year.
    A summary of lower quality than `threshold` is refused unless `override`.
    """
    intake = Intake(list(manifest.documents), list(manifest.quarantined))
    for arrival in arrivals:
        _take(intake, arrival, threshold=threshold, override=override)
    return intake


def _take(intake: Intake, arrival: Arrival, *, threshold: float, override: bool) -> None:
    if arrival.summary is None:
        _take_known(intake, arrival)
        return
    document = _document(arrival, arrival.summary)
    if any(_same(held, document) for held in intake.documents):
        intake.unchanged.append(document.name)
        return
    intake.quarantined = [held for held in intake.quarantined if held.sha != arrival.sha]
    if arrival.summary.quality.score < threshold and not override:
        refusal = _refusal(arrival, arrival.summary, threshold)
        intake.quarantined.append(refusal)
        intake.refused.append(refusal)
        return
    replaced = [held for held in intake.documents if _replaces(document, held)]
    intake.removed += [held.name for held in replaced]
    intake.documents = [held for held in intake.documents if held not in replaced]
    intake.documents.append(document)
    intake.added.append(document.name)
    intake.fresh[document.sha] = arrival


def _take_known(intake: Intake, arrival: Arrival) -> None:
    refusals = [held for held in intake.quarantined if held.sha == arrival.sha]
    intake.refused += refusals
    if not refusals:
        intake.unchanged.append(arrival.path.name)


def without(manifest: Manifest, name: str) -> Intake:
    """The intake that leaves out every summary of that file name, refused ones too."""
    gone = [held.name for held in manifest.documents if held.name == name]
    return Intake(
        documents=[held for held in manifest.documents if held.name != name],
        quarantined=[held for held in manifest.quarantined if held.name != name],
        removed=gone,
    )


def _same(held: StoredDocument, document: StoredDocument) -> bool:
    """Equal but for name and judgement: a copy of a file is nothing new."""

    def plain(one: StoredDocument) -> StoredDocument:
        return replace(one, name="", file="", score=None, damage="")

    return plain(held) == plain(document)


def _replaces(document: StoredDocument, held: StoredDocument) -> bool:
    if held.sha == document.sha:
        return True
    key = (document.organisation, document.year, document.name)
    return (held.organisation, held.year, held.name) == key


def _document(arrival: Arrival, summary: PastSummary) -> StoredDocument:
    blocks = [(block.kind, block.level, block.text) for block in summary.blocks]
    content = json.dumps([summary.title, blocks], ensure_ascii=False)
    return StoredDocument(
        sha=arrival.sha,
        name=arrival.path.name,
        file=f"originals/{arrival.sha[:16]}/{arrival.path.name}",
        organisation=summary.organisation,
        year=summary.year,
        title=summary.title,
        content=hashlib.sha256(content.encode()).hexdigest(),
        score=summary.quality.score,
        damage="；".join(summary.quality.reasons),
    )


def _refusal(arrival: Arrival, summary: PastSummary, threshold: float) -> Quarantined:
    reasons = "；".join(summary.quality.reasons) or "文本残缺"
    score = summary.quality.score
    return Quarantined(
        sha=arrival.sha,
        name=arrival.path.name,
        organisation=summary.organisation,
        year=summary.year,
        score=score,
        reason=f"质量分{score:.2f}，低于{threshold:.2f}：{reasons}",
    )
