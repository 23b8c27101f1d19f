"""The newcomer's page is true: its blocks run from the top and answer what stands below them."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.api.process import READY, ROOT, Process, served

PAGE = ROOT / "docs" / "service-tour.md"
_BLOCK = re.compile(r"```(sh|text)\n(.*?)```", re.DOTALL)
_MARK = "@@@"


@dataclass(frozen=True, slots=True)
class Step:
    """A block of commands and what is shown below it."""

    commands: str
    shown: str


def steps() -> list[Step]:
    """The page's steps in order."""
    found: list[Step] = []
    for kind, content in _BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        if kind == "sh":
            found.append(Step(content, ""))
        else:
            found[-1] = Step(found[-1].commands, content)
    return found


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    with served(tmp_path_factory.mktemp("tour")) as process:
        process.wait_for(READY)
        yield process


def answered(service: Process, given: list[Step], folder: Path) -> list[str]:
    """What each step prints, run in one shell in the folder of the repository."""
    script = f"\necho '{_MARK}'\n".join(one.commands for one in given)
    for shown, there in (
        ("http://127.0.0.1:8321", service.url),
        ("dft_…", service.token),
        ("/tmp/", f"{folder}/"),  # noqa: S108 - the page's; a test has its own
    ):
        script = script.replace(shown, there)
    done = subprocess.run(
        ["bash", "-eu", "-o", "pipefail", "-c", script],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, f"{done.stderr}\n{done.stdout[-2000:]}"
    return [
        one.replace(f"{folder}/", "/tmp/")  # noqa: S108 - likewise
        for one in done.stdout.split(f"{_MARK}\n")
    ]


def stands_in(shown: str, answer: str) -> str:
    """The first piece of what is shown, cut at `…`, that the answer does not have in its turn."""
    at = 0
    for piece in re.split(r"…|\n", shown):
        found = answer.find(piece, at)
        if found < 0:
            return piece
        at = found + len(piece)
    return ""


@pytest.mark.heavy
def test_the_page_runs_from_the_top_and_answers_what_it_shows(service: Process, tmp_path: Path):
    start, *rest = steps()
    assert start.commands == "make serve\n"
    printed = "".join(service.lines).replace(service.url, "http://127.0.0.1:8321")
    assert not stands_in(start.shown, printed)
    answers = answered(service, rest, tmp_path)
    for step, answer in zip(rest, answers, strict=True):
        missing = stands_in(step.shown, answer)
        assert not missing, f"{step.commands}\nshown: {missing}\nanswered: {answer}"
    copies = {one.name: one.read_bytes()[:2] for one in tmp_path.glob("*.docx")}
    assert copies == {"审校稿.docx": b"PK", "印发稿.docx": b"PK"}


def test_what_is_not_in_an_answer_is_found_missing():
    assert stands_in("a…c\nd", "a b c\nd") == ""
    assert stands_in("a…c\nd", "a b d") == "c"
    assert stands_in("c…a", "a b c") == "a"
