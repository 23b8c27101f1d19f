"""What the command line prints: Chinese for officers, JSON lines for programs.

Works on a GBK console: what its code page lacks is replaced, never a crash. JSON always goes
out as UTF-8, one object a line.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn
from rich.table import Table

from drafter.records.step import Step


def prepare_streams() -> None:
    """Let a console of any code page take what it can show."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def say(text: str) -> None:
    """A plain line for the officer, on standard output."""
    sys.stdout.write(text + "\n")


def complain(text: str) -> None:
    """A line on standard error."""
    sys.stderr.write(text + "\n")


def emit(value: dict[str, Any]) -> None:
    """One JSON object on its own line, in UTF-8 whatever the console is."""
    line = json.dumps(value, ensure_ascii=False) + "\n"
    sys.stdout.flush()
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:  # a stream that a test put in place
        sys.stdout.write(line)
        return
    buffer.write(line.encode("utf-8"))
    buffer.flush()


def show_table(title: str, head: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """A table on standard output; contents are text, never markup."""
    table = Table(title=escape(title), title_justify="left", show_lines=False)
    for name in head:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(escape(cell) for cell in row))
    Console(file=sys.stdout, legacy_windows=False).print(table)


@contextmanager
def progress(label: str) -> Iterator["Steps"]:
    """A bar on standard error while work goes on; silent where no one watches."""
    console = Console(file=sys.stderr)
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        TextColumn("{task.completed:.0f}/{task.total:.0f}"),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as bar:
        yield Steps(bar, bar.add_task(label, total=1))


class Steps:
    """Moves a progress bar: `steps(Step(done, total, what))`."""

    def __init__(self, bar: Progress, task: Any) -> None:
        self._bar, self._task = bar, task

    def __call__(self, step: Step) -> None:
        """Show how far the work is and what comes now."""
        self._bar.update(
            self._task,
            completed=step.done,
            total=max(step.total, 1),
            description=escape(step.what),
        )
