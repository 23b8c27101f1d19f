"""`python -m eval endpoint`: the scripted server in the foreground, for demonstration."""

import argparse
import threading

from eval.endpoint.faults import FAULTS
from eval.endpoint.scripts import SCRIPTS
from eval.endpoint.server import ScriptedServer


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--script", choices=sorted(SCRIPTS), default="good")
    parser.add_argument("--fault", choices=sorted(FAULTS), help="answer every call with it")
    parser.add_argument("--latency", type=float, default=0.02, help="seconds a token")


def run(given: argparse.Namespace) -> None:
    """Serves until interrupted."""
    server = ScriptedServer(
        given.script, lambda _: given.fault, latency=given.latency, port=given.port
    )
    with server:
        print(f"{server.url}  script {given.script}, fault {given.fault or 'none'}", flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            print("stopped")
