"""The worker of the embedded default: a process beside the one that answers requests.

Writing holds the processor; in the same process it would make every request wait. It lives as long
as its parent: the pipe between them ends with whichever ends first.
"""

import logging
import os
import subprocess
import sys
import threading
from time import monotonic

from api.settings import ApiSettings, environment_of

_PAUSE, _LONGEST_PAUSE = 1.0, 30.0
_SOUND = 60.0
"""Seconds after which a worker counts as having started well."""
_log = logging.getLogger(__name__)


class EmbeddedWorker:
    """Starts the worker, and starts it again if it should die."""

    def __init__(self, settings: ApiSettings) -> None:
        self._environment = environment_of(settings)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="worker", daemon=True)
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def start(self) -> None:
        """Comes back at once."""
        self._thread.start()

    def close(self) -> None:
        """Ends the worker; what it was at is gone on with at the next start."""
        self._stop.set()
        with self._lock:
            process = self._process
            if process is not None and process.stdin is not None:
                process.stdin.close()
        self._thread.join(20)

    def _keep(self) -> None:
        pause = _PAUSE
        while not self._stop.is_set():
            begun = monotonic()
            with self._lock:
                if self._stop.is_set():
                    return
                self._process = subprocess.Popen(
                    [sys.executable, "-m", "api", "work", "--embedded"],
                    env=self._environment,
                    stdin=subprocess.PIPE,
                )
            with self._process:  # closes the pipe to what has ended
                status = self._process.wait()
            if self._stop.is_set():
                return
            _log.error("the worker ended with %s; starting another", status)
            pause = _PAUSE if monotonic() - begun > _SOUND else min(pause * 2, _LONGEST_PAUSE)
            self._stop.wait(pause)


def end_with_parent() -> None:
    """Has this process end when the one that started it does."""

    def watch() -> None:
        while sys.stdin.buffer.read(1):
            pass
        os._exit(0)

    threading.Thread(target=watch, name="parent", daemon=True).start()


def give_way() -> None:
    """Lets requests have the processor first, where the system knows such a thing."""
    if hasattr(os, "nice"):
        os.nice(10)
