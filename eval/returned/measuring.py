"""`python -m eval returned`: scripted edits of a draft's Word copies, and what reading them back finds.

Every document gets one to four edits of `edits`; some are then renamed or stripped of their styles
as other programs do. Counted are the sentences led back to the right one (F1), the changed numbers
that were told, sentences told as changed that nobody touched, and copies without an edit that did
not come back as they were.
"""

import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from drafter.assembly import DraftRequest, draft_summary, load_materials
from drafter.draft_file import read_draft
from drafter.exporting.review import COMMENT_AUTHOR
from drafter.preparing import ingest_paths
from drafter.records.draft import Draft
from drafter.rereading import Reread, reread
from drafter.upkeep import read_copy, with_refs_of
from drafter.writing.comparing import joint_text
from drafter.writing.references import Materials
from eval.bureau import BUREAU, SAMPLE
from eval.returned.edits import EDITS, LAST
from eval.returned.paper import Paper

_MARKS = " \u3000，,；;。！？!?：:、\n”’）】"


@dataclass(slots=True)
class Score:
    """What was counted."""

    documents: int = 0
    edits: Counter[str] = field(default_factory=Counter)
    right: int = 0
    found: int = 0
    wanted: int = 0
    numbers: int = 0
    told: int = 0
    sentences: int = 0
    untouched_told: int = 0
    added: int = 0
    added_kept: int = 0
    same: int = 0
    same_kept: int = 0
    failures: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """Of the pairs of sentences."""
        precision, recall = self.right / max(self.found, 1), self.right / max(self.wanted, 1)
        return 2 * precision * recall / max(precision + recall, 1e-9)


@dataclass(frozen=True, slots=True)
class Base:
    """A draft with its two copies, as they are handed out."""

    draft: Draft
    materials: Materials
    copies: tuple[bytes, ...]


def report(edits: int, seed: int) -> Iterator[str]:
    """Runs the edits and says what was found, a line each."""
    with tempfile.TemporaryDirectory() as folder:
        base = sample(Path(folder))
        score = measured(base, edits, seed, Path(folder))
    yield f"documents {score.documents}, edits {sum(score.edits.values())}: {dict(score.edits)}"
    yield (
        f"sentences realigned: F1 {score.f1:.4f} ({score.right} right of {score.found} found, "
        f"{score.wanted} wanted; aim 0.99)"
    )
    yield f"changed numbers told: {score.told} of {score.numbers} (aim all)"
    yield f"added sentences that stand in the draft: {score.added_kept} of {score.added}"
    yield f"untouched sentences told as changed: {score.untouched_told} of {score.sentences}"
    yield f"copies without an edit that came back unchanged: {score.same_kept} of {score.same}"
    yield from score.failures[:20]


def sample(folder: Path) -> Base:
    """The sample bureau's draft of 2024, written offline."""
    ingest_paths(
        [SAMPLE / "summaries", SAMPLE / "tables"],
        organisation=BUREAU,
        year=None,
        folder=folder / "knowledge",
    )
    tables, facts = [SAMPLE / "tables/2024年指标表.xlsx"], [SAMPLE / "facts/2024年素材表.xlsx"]
    outcome = draft_summary(
        DraftRequest(
            indicators=tuple(tables),
            facts=tuple(facts),
            organisation=BUREAU,
            knowledge=folder / "knowledge",
            out=folder,
            date="2025年1月6日",
        )
    )
    draft = read_draft(outcome.data)
    table, fact_list = load_materials(tables, facts, lenient=True)
    materials = Materials(
        with_refs_of(draft, table), fact_list, draft.year, draft.organisation, draft.title
    )
    assert outcome.clean is not None  # noqa: S101 - the sample has nothing open
    return Base(draft, materials, (outcome.review.read_bytes(), outcome.clean.read_bytes()))


def measured(base: Base, edits: int, seed: int, folder: Path) -> Score:
    """The score of so many edits."""
    chance, score = Random(seed), Score()  # noqa: S311 - chance, no secret
    for content in base.copies:
        score.same += 1
        done = read_back(base, content, folder)
        score.same_kept += done.draft == base.draft and not done.changes
    names, tried = list(EDITS), Counter[str]()
    while sum(score.edits.values()) < edits:
        paper = Paper.opened(chance.choice(base.copies))
        made: list[str] = []
        for _ in range(chance.choice((1, 1, 2, 3, 4))):
            # The rarest so far first, so that every kind of edit comes about equally often.
            name = min(names, key=lambda one: (tried[one], chance.random()))
            tried[name] += 1
            if EDITS[name](paper, chance):
                made.append(name)
        if chance.random() < 0.2:
            name = chance.choice(list(LAST))
            if LAST[name](paper, chance):
                made.append(name)
        if made:
            score.edits.update(made)
            _count(base, paper, made, score, folder)
    return score


def read_back(base: Base, content: bytes, folder: Path) -> Reread:
    """An edited copy taken back into the draft of the base."""
    path = folder / "edited.docx"
    path.write_bytes(content)
    return reread(base.draft, read_copy(path, base.draft), base.materials, ours=COMMENT_AUTHOR)


def _count(base: Base, paper: Paper, made: list[str], score: Score, folder: Path) -> None:
    done = read_back(base, paper.packed(), folder)
    score.documents += 1
    old = joint_text(base.draft.sections).text
    new = joint_text(done.draft.sections).text
    found = Counter(
        (old[slice(*before)].strip(_MARKS), new[slice(*after)].strip(_MARKS))
        for before, after in done.pairs
    )
    wanted = Counter(
        (before.strip(_MARKS), after.strip(_MARKS))
        for after, before in paper.sentences.items()
        if before is not None
    )
    right = found & wanted
    score.right += right.total()
    score.found += found.total()
    score.wanted += wanted.total()
    for sentence, number in paper.numbers:
        score.numbers += 1
        told = any(
            "改数" in one.sentence.kinds
            and sentence.strip(_MARKS) in one.sentence.after
            and any(number in said for said in one.sentence.numbers_after)
            for one in done.changes
        )
        score.told += told
        if not told:
            score.failures.append(f"number not told: {number} in {sentence} ({made})")
    _count_untouched(paper, done, made, score)
    added = [said for said, before in paper.sentences.items() if before is None]
    score.added += len(added)
    score.added_kept += sum(said in new for said in added)
    for pair in (wanted - right) | (found - right):
        score.failures.append(f"pair: {pair} ({made})")


def _count_untouched(paper: Paper, done: Reread, made: list[str], score: Score) -> None:
    still = {after.strip(_MARKS) for after, before in paper.sentences.items() if after == before}
    score.sentences += len(still)
    moving = {"sentences_swapped", "paragraph_moved", "sections_swapped"} & set(made)
    for one in done.changes:
        said = one.sentence.after.strip(_MARKS)
        if said in still and not (moving and one.sentence.kinds == ("移动",)):
            score.untouched_told += 1
            score.failures.append(f"told although untouched: {one.sentence.kinds} {said} ({made})")
