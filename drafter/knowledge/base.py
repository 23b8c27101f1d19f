"""The knowledge base of a bureau: past summaries, found by likeness, and last years' tables.

    folder/
        manifest.json          what is held and which generation is in force
        originals/ tables/     copies of the files, by hash
        generations/NAME/      one built index (see `generation`)
        base.lock              held while Chroma is open, here or in another process

Files become summaries in `drafter.reading`; this room takes the summaries. Light to import:
Chroma and its like are loaded when something has to be embedded or searched.
"""

import hashlib
import shutil
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from filelock import FileLock, Timeout

from drafter.errors import OperatorError, UnreadableFileError
from drafter.knowledge.embedders import OFFLINE, Embedder
from drafter.knowledge.intake import THRESHOLD, Arrival, Intake, arrive, take_in, without
from drafter.knowledge.manifest import (
    NAME,
    Manifest,
    Quarantined,
    StoredDocument,
    StoredTable,
    clean_name,
    file_hash,
    read_manifest,
    replace_file,
    with_table,
    without_tables,
    write_manifest,
)
from drafter.knowledge.passages import content_hash, passages_of
from drafter.records.passage import Passage
from drafter.records.summary import PastSummary

if TYPE_CHECKING:  # chromadb takes over a second to import
    from drafter.knowledge.generation import Generation


_LOCK = "base.lock"


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestReport:
    """What an ingest did, by names of files, and how much is indexed now."""

    added: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    """Older forms of files that were replaced."""
    quarantined: tuple[Quarantined, ...] = ()
    passages: int = 0
    embedded: int = 0
    """Texts that were embedded now; 0 where nothing changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSummary:
    """The kept copy of a past summary, and what it was taken in as."""

    path: Path
    organisation: str
    year: int | None
    title: str


class KnowledgeBase:
    """A folder of past summaries that can be searched; a context manager.

    What needs Chroma (ingest and search) takes the folder's lock and keeps it until `close`,
    because Chroma writes even when it is only asked, and two processes would destroy it.
    Names of organisations compare without blanks and with full-width forms folded.
    """

    def __init__(
        self, folder: Path, embedder: Embedder | None, *, threshold: float, wait: float
    ) -> None:
        self._folder = folder
        self._embedder = embedder
        self._threshold = threshold
        self._wait = wait
        # Not by thread: a service opens the base in one thread and closes it in another.
        self._lock = FileLock(folder / _LOCK, thread_local=False)
        self._turn = threading.RLock()
        self._generation: Generation | None = None

    @classmethod
    def open(
        cls,
        directory: Path,
        embeddings: Embedder | None = None,
        *,
        threshold: float = THRESHOLD,
        wait: float = 5.0,
    ) -> Self:
        """The base in that directory, which need not exist yet.

        Args:
            directory: Where the base is; made by the first ingest.
            embeddings: What makes vectors of texts; None for the offline embedder.
            threshold: Quality (0 to 1) below which a summary is refused.
            wait: Seconds to wait while another process has the base in use.

        Raises:
            OperatorError: The base there is damaged or of another version.
        """
        read_manifest(directory)
        return cls(directory, embeddings, threshold=threshold, wait=wait)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of Chroma and of the folder's lock; the base may be used again afterwards."""
        with self._turn:
            self._let_go()
            self._lock.release()

    # Asking: what the manifest alone can answer needs no lock.

    @property
    def documents(self) -> tuple[StoredDocument, ...]:
        """All summaries that the base holds."""
        return self._manifest.documents

    @property
    def held(self) -> Manifest:
        """Everything at one moment: summaries, tables, and what was refused."""
        return self._manifest

    @property
    def _manifest(self) -> Manifest:
        return read_manifest(self._folder)

    @property
    def _label(self) -> str:
        return OFFLINE if self._embedder is None else self._embedder.label

    def newest(self, organisation: str, *, before: int | None = None) -> StoredSummary | None:
        """The organisation's summary of the latest known year (earlier than `before`)."""
        name = clean_name(organisation)
        fitting = [
            (document.year, document.sha, document)
            for document in self.documents
            if document.organisation == name
            and document.year is not None
            and (before is None or document.year < before)
        ]
        if not fitting:
            return None
        return self._stored(max(fitting, key=lambda found: found[:2])[2])

    def named(self, name: str) -> StoredSummary | None:
        """The summary that came as a file of this name, the latest year's where there are several."""
        fitting = [one for one in self.documents if one.name == name]
        return self._stored(max(fitting, key=lambda one: one.year or 0)) if fitting else None

    def _stored(self, document: StoredDocument) -> StoredSummary:
        return StoredSummary(
            path=self._folder / document.file,
            organisation=document.organisation,
            year=document.year,
            title=document.title,
        )

    def older(self, organisation: str, *, before: int) -> tuple[Path, ...]:
        """An organisation's summaries of the years before one, in no order that matters."""
        wanted = clean_name(organisation)
        return tuple(
            self._folder / one.file
            for one in self._manifest.documents
            if one.organisation == wanted and one.year is not None and one.year < before
        )

    def table(self, organisation: str, year: int) -> Path | None:
        """The kept copy of the organisation's indicator table of that year."""
        key = (clean_name(organisation), year)
        for table in self._manifest.tables:
            if (table.organisation, table.year) == key:
                return self._folder / table.file
        return None

    def knows(
        self,
        path: Path,
        *,
        organisation: str = "",
        year: int | None = None,
        override: bool = False,
    ) -> bool:
        """Whether the file need not be read again: its bytes are held or were refused.

        An organisation or year that is given must be the one it is held under; with
        `override`, what was refused has to be read after all.
        """
        manifest, sha, name = self._manifest, file_hash(path), clean_name(organisation)
        held: list[StoredDocument | Quarantined] = [*manifest.documents]
        if not override:
            held += manifest.quarantined
        return any(
            entry.sha == sha and name in ("", entry.organisation) and year in (None, entry.year)
            for entry in held
        )

    def search(
        self,
        text: str,
        organisation: str | None = None,
        before: int | None = None,
        k: int = 3,
    ) -> tuple[Passage, ...]:
        """The passages most like the text, best first (see `drafter.knowledge.retrieval`).

        Raises:
            OperatorError: Another process has the base in use, or the base was indexed with
                another embedder: ingest again.
        """
        if not self._manifest.generation:
            return ()
        from drafter.knowledge import retrieval  # noqa: PLC0415 - loads Chroma

        with self._turn:
            generation = self._opened()
            return retrieval.search(generation, text, organisation=organisation, before=before, k=k)

    # Changing: one process at a time.

    def ingest(self, summaries: Iterable[PastSummary], *, override: bool = False) -> IngestReport:
        """Take in summaries, each from its `file`; what is known already costs nothing.

        Args:
            summaries: As `drafter.reading` makes them; `file` must be the path of the file.
            override: Take in those of low quality too.

        Returns:
            What was added, unchanged, replaced and refused.

        Raises:
            UnreadableFileError: A summary's file is not there; nothing is changed then.
            OperatorError: Another process has the base in use, or embedding failed; the base
                is as before then.
        """
        arrivals = [_arrive(Path(summary.file), summary) for summary in summaries]
        with self._turn:
            self._hold()
            return self._take(arrivals, override=override)

    def ingest_files(
        self,
        paths: Iterable[Path],
        read: Callable[[Path], PastSummary],
        *,
        organisation: str = "",
        year: int | None = None,
        override: bool = False,
    ) -> IngestReport:
        """Like `ingest`, but files whose bytes are known are not even read.

        Args:
            paths: The files.
            read: Makes a summary of a file; should use `organisation` and `year` if given.
            organisation: Take the files in under this name; '' as `read` finds it.
            year: Likewise.
            override: Take in those of low quality too.
        """
        arrivals = [
            Arrival(path, file_hash(path), None)
            if path.is_file()
            and self.knows(path, organisation=organisation, year=year, override=override)
            else _arrive(path, read(path))
            for path in paths
        ]
        with self._turn:
            self._hold()
            return self._take(arrivals, override=override)

    def add_table(self, organisation: str, year: int, path: Path) -> None:
        """Keep a copy of a past year's indicator table; it replaces that year's older one."""
        if not path.is_file():
            raise UnreadableFileError(str(path), "文件不存在。")
        sha = file_hash(path)
        table = StoredTable(
            sha=sha,
            name=path.name,
            file=f"tables/{sha[:16]}/{path.name}",
            organisation=clean_name(organisation),
            year=year,
        )
        if table in self._manifest.tables:
            return
        with self._turn:
            self._hold()
            self._keep(path, table.file)
            write_manifest(self._folder, with_table(self._manifest, table))

    def remove(self, name: str) -> tuple[str, ...]:
        """Take out everything of that file name: summaries, refused ones, tables.

        Returns:
            SHA-256 of the files that are gone; none where nothing has the name.

        Raises:
            OperatorError: Another process has the base in use; it is as before then.
        """
        with self._turn:
            if not _of_name(self._manifest, name):
                return ()  # and no folder is made for the asking
            self._hold()
            before = self._manifest
            self._put(before, without_tables(before, name), without(before, name))
            return _of_name(before, name)

    def _hold(self) -> None:
        """Take the folder's lock, or say who is in the way; clear what a killed process left."""
        if self._lock.is_locked:
            return
        self._refuse_foreign()
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=self._wait)
        except Timeout:
            raise OperatorError(
                f"知识库“{self._folder}”正被另一个程序使用；请等它结束后再试，或另设知识库目录。"
            ) from None
        except OSError as error:
            raise OperatorError(
                f"知识库目录“{self._folder}”无法写入：{error.strerror}。请检查权限和磁盘空间。"
            ) from error
        if not (self._folder / NAME).exists():
            write_manifest(self._folder, Manifest())  # marks the folder as ours from the start
        self._sweep(self._manifest)

    def _refuse_foreign(self) -> None:
        """A folder of other things is not made a base: what a base does not name is removed."""
        if (self._folder / NAME).exists() or not self._folder.is_dir():
            return
        ours = {_LOCK, f"{NAME}.part"}
        if any(entry.name not in ours for entry in self._folder.iterdir()):
            raise OperatorError(
                f"目录“{self._folder}”不是知识库，且已有其他文件；请为知识库另设一个目录。"
            )

    def _opened(self) -> "Generation":
        """The generation in force, opened once."""
        if self._generation is None:
            self._hold()
            manifest = self._manifest
            if manifest.embedder != self._label:
                raise OperatorError(
                    f"知识库“{self._folder}”是用另一种向量建立的；请用当前设置重新入库。"
                )
            from drafter.knowledge.generation import open_generation  # noqa: PLC0415 - Chroma

            folder = self._generation_folder(manifest.generation)
            self._generation = open_generation(folder, self._embedder)
        return self._generation

    def _let_go(self) -> None:
        if self._generation is not None:
            self._generation.close()
            self._generation = None

    def _generation_folder(self, name: str) -> Path:
        return self._folder / "generations" / name

    def _take(self, arrivals: Sequence[Arrival], *, override: bool) -> IngestReport:
        manifest = self._manifest
        intake = take_in(manifest, arrivals, threshold=self._threshold, override=override)
        after, embedded = self._put(manifest, manifest, intake)
        return IngestReport(
            added=tuple(intake.added),
            unchanged=tuple(intake.unchanged),
            removed=tuple(intake.removed),
            quarantined=tuple(intake.refused),
            passages=after.passages,
            embedded=embedded,
        )

    def _put(self, before: Manifest, wanted: Manifest, intake: Intake) -> tuple[Manifest, int]:
        """Puts in force what is wanted with the intake's documents; texts embedded for it."""
        after, embedded = replace(wanted, quarantined=tuple(intake.quarantined)), 0
        if intake.changed or before.embedder != self._label:
            after, embedded = self._rebuilt(after, intake)
        if after != before:
            write_manifest(self._folder, after)
            self._let_go()
            self._sweep(after)
        return after, embedded

    def _rebuilt(self, manifest: Manifest, intake: Intake) -> tuple[Manifest, int]:
        """Build the index anew beside the old one; the manifest that puts it in force."""
        for document in intake.documents:
            if document.sha in intake.fresh:
                self._keep(intake.fresh[document.sha].path, document.file)
        documents = sorted(
            intake.documents, key=lambda held: (held.organisation, held.year or 0, held.sha)
        )
        passages = self._passages(manifest, documents, intake)
        name = _generation_name(self._label, passages) if passages else ""
        embedded = self._build(name, passages, manifest) if passages else 0
        built = replace(
            manifest,
            generation=name,
            embedder=self._label,
            passages=len(passages),
            documents=tuple(documents),
        )
        return built, embedded

    def _passages(
        self, manifest: Manifest, documents: Sequence[StoredDocument], intake: Intake
    ) -> list[Passage]:
        """All passages, those of known documents from the index as it is."""
        held: dict[str, list[Passage]] = {}
        if manifest.generation:
            from drafter.knowledge.generation import read_passages  # noqa: PLC0415 - Chroma

            for passage in read_passages(self._generation_folder(manifest.generation)):
                held.setdefault(passage.id.rpartition("-")[0], []).append(passage)
        passages: list[Passage] = []
        for document in documents:
            key = document.sha[:16]
            arrival = intake.fresh.get(document.sha)
            if arrival is None or arrival.summary is None:
                passages += held.get(key, [])
            else:
                passages += passages_of(arrival.summary, document=key, source=document.name)
        return passages

    def _build(self, name: str, passages: Sequence[Passage], manifest: Manifest) -> int:
        from drafter.knowledge.generation import build  # noqa: PLC0415 - loads Chroma

        folder = self._generation_folder(name)
        if name == manifest.generation:
            return 0
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return build(folder, passages, self._embedder, self._known_vectors(manifest))

    def _known_vectors(self, manifest: Manifest) -> dict[str, list[float]]:
        """Vectors that an endpoint gave before; the offline embedder is fitted anew instead."""
        same = manifest.generation and manifest.embedder == self._label
        if self._embedder is None or not same:
            return {}
        return self._opened().vectors()

    def _keep(self, path: Path, file: str) -> None:
        """Copy a file into the base, whole or not at all."""
        target = self._folder / file
        target.parent.mkdir(parents=True, exist_ok=True)
        replace_file(target, path.read_bytes())

    def _sweep(self, manifest: Manifest) -> None:
        """Remove what the manifest does not name: old generations, replaced files, torn ones."""
        named = {document.file for document in manifest.documents}
        named |= {table.file for table in manifest.tables}
        for kept in (*self._folder.glob("originals/*/*"), *self._folder.glob("tables/*/*")):
            if kept.relative_to(self._folder).as_posix() not in named:
                kept.unlink()
                with suppress(OSError):  # another file of these bytes is still there
                    kept.parent.rmdir()
        for generation in self._folder.glob("generations/*"):
            if generation.name != manifest.generation:
                # What is still open elsewhere (Windows) goes with the next sweep.
                shutil.rmtree(generation, ignore_errors=True)


def _arrive(path: Path, summary: PastSummary) -> Arrival:
    if not path.is_file():
        raise UnreadableFileError(str(path), "文件不存在。")
    return arrive(path, summary)


def _of_name(manifest: Manifest, name: str) -> tuple[str, ...]:
    held: tuple[StoredDocument | Quarantined | StoredTable, ...] = (
        *manifest.documents,
        *manifest.quarantined,
        *manifest.tables,
    )
    return tuple(dict.fromkeys(one.sha for one in held if one.name == name))


def _generation_name(label: str, passages: Sequence[Passage]) -> str:
    """Equal passages and an equal embedder make equal generations."""
    digest = hashlib.sha256(label.encode())
    for passage in passages:
        digest.update(f"{passage.id} {content_hash(passage)}\n".encode())
    return f"passages-{digest.hexdigest()[:16]}"
