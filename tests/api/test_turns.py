"""Turns of changing a draft: one after the other, and nobody waits for ever."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from time import monotonic, sleep

import pytest

from api import judging
from api.service import Service
from api.settings import ApiSettings
from api.storage.database import Database
from drafter.settings import Settings


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return Service(ApiSettings(data=tmp_path), Database(f"sqlite:///{tmp_path}/s.db"), Settings())


def test_a_draft_is_changed_by_one_after_the_other(service: Service) -> None:
    at_work, most, lock = 0, 0, Lock()

    def change(_: int) -> None:
        nonlocal at_work, most
        with service.changing("draft_1"):
            with lock:
                at_work += 1
                most = max(most, at_work)
            sleep(0.01)
            with lock:
                at_work -= 1

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(change, range(20)))
    assert most == 1


def test_a_long_one_is_not_waited_for(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "TURN", 0.05)
    with service.changing("draft_1"), ThreadPoolExecutor(1) as threads:
        begun = monotonic()

        def other() -> float:
            with service.changing("draft_1"):
                return monotonic() - begun

        assert 0.04 < threads.submit(other).result(5) < 2
