"""`python -m eval endpoint`: the scripted server in the foreground, for demonstration."""

import argparse
import threading
from collections.abc import Iterator

from eval.endpoint.faults import FAULTS
from eval.endpoint.scripts import SCRIPTS
from eval.endpoint.server import ScriptedServer


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--script", choices=sorted(SCRIPTS), default="good")
    parser.add_argument("--fault", choices=sorted(FAULTS), help="answer every call with it")
    parser.add_argument("--before", type=float, default=0.0, help="seconds before an answer")
    parser.add_argument("--latency", type=float, default=0.02, help="seconds a token")


def run(given: argparse.Namespace) -> Iterator[str]:
    """Serves until interrupted."""
    server = ScriptedServer(
        given.script,
        lambda _: given.fault,
        latency=given.latency,
        port=given.port,
        before=given.before,
    )
    with server:
        yield f"{server.url}  script {given.script}, fault {given.fault or 'none'}"
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            yield "stopped"
