"""The worker beside the service: started again when it dies, and nothing of the old one is left."""

import gc
import sys
from pathlib import Path
from time import monotonic, sleep

import pytest

from api.settings import ApiSettings
from api.work import embedded
from api.work.embedded import EmbeddedWorker


def test_a_worker_that_dies_is_started_again_and_its_pipe_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    starts, short_lived = tmp_path / "starts", tmp_path / "python"
    short_lived.write_text(f"#!/bin/sh\nprintf . >> '{starts}'\n")
    short_lived.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(short_lived))
    monkeypatch.setattr(embedded, "_PAUSE", 0.01)
    worker = EmbeddedWorker(ApiSettings(data=tmp_path))
    worker.start()
    until = monotonic() + 20
    while not (starts.exists() and len(starts.read_text()) >= 3):
        assert monotonic() < until
        sleep(0.02)
    worker.close()
    del worker
    gc.collect()  # a pipe left open would be warned of here, and a warning is an error
