"""An OIDC issuer on loopback: a real server, real keys, and every way of failing."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import sleep, time
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm

AUDIENCE = "drafter"
RSA_KEY = rsa.generate_private_key(65537, 2048)
"""Made once: it takes a while."""


@dataclass
class Issuer:
    """What it answers may be changed while it runs."""

    url: str = ""
    keys: dict[str, tuple[str, Any]] = field(
        default_factory=lambda: {
            "r1": ("RS256", RSA_KEY),
            "e1": ("ES256", ec.generate_private_key(ec.SECP256R1())),
            "d1": ("EdDSA", ed25519.Ed25519PrivateKey.generate()),
        }
    )
    asked: list[str] = field(default_factory=list)
    says: dict[str, Any] = field(default_factory=dict)
    """In place of parts of its document."""
    listed: list[dict[str, Any]] = field(default_factory=list)
    """Beside its keys."""
    status: int = 200
    location: str = ""
    body: bytes = b""
    seconds: float = 0

    def claims(self, **more: Any) -> dict[str, Any]:
        """Those of somebody who may come in; None takes one away."""
        now = int(time())
        found = {
            "iss": self.url,
            "aud": AUDIENCE,
            "sub": "u-1001",
            "iat": now,
            "nbf": now,
            "exp": now + 300,
            "name": "李明（示例）",
            "organisation": "云岭县科技和工业信息化局",
            "role": "editor",
            **more,
        }
        return {name: value for name, value in found.items() if value is not None}

    def token(self, kid: str = "r1", **more: Any) -> str:
        """A token signed with one of its keys."""
        algorithm, key = self.keys[kid]
        return jwt.encode(self.claims(**more), key, algorithm, headers={"kid": kid})

    def described(self, kid: str) -> dict[str, Any]:
        """A public key as it is listed."""
        algorithm, key = self.keys[kid]
        kinds: dict[str, Any] = {"R": RSAAlgorithm, "E": ECAlgorithm}
        kind = OKPAlgorithm if algorithm == "EdDSA" else kinds[algorithm[0]]
        found: dict[str, Any] = kind.to_jwk(key.public_key(), as_dict=True)
        return {**found, "kid": kid, "use": "sig", "alg": algorithm}

    def answer(self, path: str) -> bytes:
        """The two documents."""
        if self.body:
            return self.body
        if path == "/.well-known/openid-configuration":
            found: Any = {"issuer": self.url, "jwks_uri": f"{self.url}/keys", **self.says}
        else:
            found = {"keys": [*map(self.described, self.keys), *self.listed]}
        return json.dumps(found).encode()


@contextmanager
def issuing() -> Iterator[Issuer]:
    """The issuer while it runs."""
    issuer = Issuer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            issuer.asked.append(self.path)
            sleep(issuer.seconds)
            content = issuer.answer(self.path)
            self.send_response(issuer.status)
            if issuer.location:
                self.send_header("Location", issuer.location)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    issuer.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
