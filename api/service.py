"""What the requests share: settings, database, gate, and the materials as they are read."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from shutil import disk_usage
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Annotated, Any, TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import Depends, Request

from api.judging import Judge, in_turn
from api.keeping import Kept
from api.settings import ApiSettings
from api.storage.database import Database
from drafter.assembly import read_settings_options
from drafter.errors import OperatorError, UnreadableFileError
from drafter.records.fact import FactList
from drafter.records.indicator import IndicatorTable
from drafter.records.outline import Outline
from drafter.settings import Settings
from drafter.verification import Options

T = TypeVar("T")
_MOST_WAITING = 8
"""Threads that wait for a judgement; the others are for requests that need none."""
WAIT = 60.0
"""Seconds for which the past summaries are waited for while a job reads them."""
_FREE = 32_000_000
"""Bytes of the disk below which the service says that it is not ready: an upload or two."""
_MOST_KEPT = 10_000
"""Rows, and facts, that are kept read."""


@dataclass(frozen=True)
class Service:
    """One for the life of the process."""

    settings: ApiSettings
    database: Database
    core: Settings
    """The drafter's own."""
    judge: Judge | None = None
    _waiting: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(_MOST_WAITING))
    _changing: tuple[Lock, ...] = field(default_factory=lambda: tuple(Lock() for _ in range(64)))
    _turns: defaultdict[str, Lock] = field(default_factory=lambda: defaultdict(Lock))

    @cached_property
    def options(self) -> Options:
        """How strictly texts are judged."""
        return read_settings_options(self.core)

    async def judged(self, errand: Callable[..., T], *given: Any) -> T:
        """What an errand gives that judges a text; done beside this process where that is set.

        Args:
            errand: A function of a module, of a service and what is given.
            given: Can be pickled, as what the errand gives.
        """
        done = (
            partial(errand, self) if self.judge is None else partial(self.judge.done, self, errand)
        )
        return await to_thread.run_sync(done, *given, limiter=self._waiting)

    @contextmanager
    def changing(self, draft: str) -> Iterator[None]:
        """While a section of a draft is changed: side by side all but one would be judged twice."""
        with in_turn(self._changing[hash(draft) % len(self._changing)]):
            yield

    @contextmanager
    def knowledge(self, organisation: str) -> Iterator[Path]:
        """The organisation's folder of past summaries, by one at a time: Chroma wants that."""
        with self._turns[organisation]:
            yield self.knowledge_of(organisation)

    def probe(self) -> None:
        """Returns if requests could be answered, changes included.

        Raises:
            SQLAlchemyError, OperatorError: they could not.
        """
        self.database.probe()
        try:
            free = disk_usage(self.settings.data).free
        except OSError as error:
            raise OperatorError(f"数据目录无法使用：{error.strerror}") from error
        if free < _FREE:
            raise OperatorError(f"磁盘将满：数据目录只剩{free // 1_000_000}MB")

    def knowledge_of(self, organisation: str) -> Path:
        """The folder of an organisation's past summaries: never shared with another's."""
        return self.settings.data / "knowledge" / organisation


async def _service(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


Serving = Annotated[Service, Depends(_service)]
"""The service, as a route asks for it."""


@contextmanager
def on_disk(name: str, content: bytes) -> Iterator[Path]:
    """An uploaded file under its own name in a folder of its own, gone afterwards.

    The drafter names files in evidence and messages: they are to be called as their owner calls
    them. `name` is one that `uploads.safe_name` made.

    Raises:
        UnreadableFileError: What is raised within, with the name alone: where the folder is
            concerns nobody.
    """
    with TemporaryDirectory(prefix="drafter-") as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        try:
            yield path
        except UnreadableFileError as error:
            raise UnreadableFileError(Path(error.file).name, error.reason) from error


def _table(name: str, content: bytes, lenient: bool) -> IndicatorTable:
    from drafter.reading.tables import read_tables  # noqa: PLC0415 - openpyxl takes its time

    with on_disk(name, content) as path:
        return read_tables([path], lenient=lenient)


def _facts(name: str, content: bytes, lenient: bool) -> FactList:
    from drafter.reading.facts import read_facts  # noqa: PLC0415 - likewise

    with on_disk(name, content) as path:
        return read_facts([path], lenient=lenient)


table_of = Kept(_table, weight=lambda table: len(table.rows), most=_MOST_KEPT)
"""The rows of an uploaded indicator table.

Raises:
    TableError: it has problems; all of them, with cells.
    UnreadableFileError: it is no table, damaged, dangerous or too large.
"""
facts_of = Kept(_facts, weight=lambda held: len(held.facts) + len(held.pending), most=_MOST_KEPT)
"""The facts of an uploaded list; errors as `table_of`."""


def outline_of(name: str, content: bytes, *, lenient: bool = True) -> Outline:
    """The sections of an uploaded outline; of what year and whose is not known yet.

    Raises:
        MaterialError: it is no YAML of an outline; all that is wrong is named.
        UnreadableFileError: it is no text, or too large.
    """
    del lenient  # an outline is taken whole
    from drafter.assembly import read_outline_text  # noqa: PLC0415 - likewise
    from drafter.writing.planning import outline_from_yaml  # noqa: PLC0415 - likewise

    with on_disk(name, content) as path:
        return outline_from_yaml(read_outline_text(path))
