"""The public keys of an OIDC issuer: fetched when they are needed, kept, renewed when they rotate.

Nothing that comes from outside decides where is asked: the address is the operator's, what the
issuer's own document names is held to the same rules.
"""

import ipaddress
import json
import logging
import math
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import httpx2
import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

ALGORITHMS = {
    **dict.fromkeys(("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"), "RSA"),
    **dict.fromkeys(("ES256", "ES384", "ES512"), "EC"),
    "EdDSA": "OKP",
}
"""Those with a public key alone, and the kind of key: a shared secret would be ours to lose."""
FRESH = 600.0
"""Seconds after which keys are fetched again: so long one that was withdrawn still counts."""
STALE = 3600.0
"""Seconds for which keys serve on while the issuer cannot be reached."""
ROTATION = 60.0
"""Seconds between two fetches for keys that nobody knows: anybody can name one."""
RETRY = 10.0
"""Seconds between two fetches where the last one failed."""
_PATIENCE = 2.0
"""Seconds that the issuer may be silent."""
_DEADLINE = 5.0
"""Seconds for all that is fetched."""
_MOST = 256_000
_TURN = 1.0
"""Seconds that a request waits for another one's fetch."""
_WEAK = 2048
_log = logging.getLogger(__name__)


class IssuerError(Exception):
    """The issuer cannot be reached, or what it answers is of no use."""


def is_safe(url: str) -> bool:
    """Encrypted, or on this machine; without user, query and fragment."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    if not host or parts.username is not None or parts.fragment:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))


def is_loopback(host: str) -> bool:
    """This machine and no other."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class _Held:
    keys: tuple[tuple[str, Mapping[str, Any], Any], ...]
    """Id, description and key."""
    at: float

    def find(self, kid: str | None, algorithm: str) -> Any:
        """The key that a header names; without a name the only one of its kind; None for none."""
        fitting = [
            key
            for name, described, key in self.keys
            if described.get("kty") == ALGORITHMS[algorithm]
            and described.get("alg", algorithm) == algorithm
            and (kid is None or kid == name)
        ]
        return fitting[0] if len(fitting) == 1 else None


class Keys:
    """The keys of one issuer; made once for the process."""

    def __init__(
        self, issuer: str, *, authorities: str = "", clock: Callable[[], float] = monotonic
    ) -> None:
        """Fetches nothing yet.

        Args:
            issuer: Its address, as its tokens name it; one that `is_safe`.
            authorities: File of certificates to trust; empty for those of the system.
            clock: Seconds.
        """
        self._issuer, self._authorities, self._clock = issuer, authorities, clock
        self._held: _Held | None = None
        self._asked = -math.inf
        self._turn = Lock()

    def find(self, kid: str | None, algorithm: str) -> Any:
        """The key that a token says it is signed with; None where the issuer has none such.

        Raises:
            IssuerError: it cannot be asked, and what it said is too old.
        """
        held = self._held
        if held is None or self._age(held) > FRESH:
            held = self._renewed(held, RETRY)
        key = held.find(kid, algorithm)
        if key is None:
            key = self._renewed(held, ROTATION).find(kid, algorithm)
        return key

    def _age(self, held: _Held) -> float:
        return self._clock() - held.at

    def _renewed(self, known: _Held | None, pause: float) -> _Held:
        """Newer keys where it is time to ask for them; the known ones where it is not.

        One request asks. Others do not wait for it as long as they have keys that are of use:
        else an issuer that hangs would take every thread of the service.
        """
        usable = known if known is not None and self._age(known) <= STALE else None
        if not self._turn.acquire(timeout=0 if usable else _TURN):
            return _usable(usable)
        try:
            if self._held is not known and self._held is not None:
                return self._held
            if self._clock() - self._asked < pause:
                return _usable(usable)
            self._asked = self._clock()
            self._held = _Held(self._fetched(), self._clock())
        except IssuerError as error:
            _log.warning("OIDC issuer %s: %s", self._issuer, error)
            return _usable(usable)
        finally:
            self._turn.release()
        return self._held

    def _fetched(self) -> tuple[tuple[str, Mapping[str, Any], Any], ...]:
        until = monotonic() + _DEADLINE
        told = _json_of(
            f"{self._issuer.rstrip('/')}/.well-known/openid-configuration",
            until,
            self._authorities,
        )
        if told.get("issuer") != self._issuer:
            raise IssuerError(f"names itself {str(told.get('issuer'))[:200]!r}")
        place = told.get("jwks_uri")
        if not isinstance(place, str) or not is_safe(place):
            raise IssuerError(f"keys at {str(place)[:200]!r}, which is not safe")
        if is_loopback(urlsplit(place).hostname or "") and not is_loopback(
            urlsplit(self._issuer).hostname or ""
        ):
            raise IssuerError("points at this machine for its keys")
        listed = _json_of(place, until, self._authorities).get("keys")
        if not isinstance(listed, list):
            raise IssuerError("lists no keys")
        return tuple(key for one in listed[:100] for key in _key(one))


def _usable(held: _Held | None) -> _Held:
    if held is None:
        raise IssuerError("no keys")
    return held


def _key(described: Any) -> tuple[tuple[str, Mapping[str, Any], Any], ...]:
    """A listed key; nothing for one that is secret, weak, damaged or of no use for signatures."""
    if not isinstance(described, dict) or described.get("kty") not in ALGORITHMS.values():
        return ()
    if described.get("use", "sig") != "sig":
        return ()
    try:
        key = jwt.PyJWK(described).key
    except (jwt.PyJWTError, TypeError, ValueError) as error:
        _log.warning("OIDC issuer: a key is left out: %s", type(error).__name__)
        return ()
    if isinstance(key, RSAPublicKey) and key.key_size < _WEAK:
        _log.warning("OIDC issuer: a key is left out: %d bits", key.key_size)
        return ()
    return ((str(described.get("kid", "")), described, key),)


def _json_of(url: str, until: float, authorities: str) -> dict[str, Any]:
    """What an address answers.

    Never by a proxy of the environment, never where a redirect points, no more bytes and no more
    seconds than such a document needs, however slowly it drips.

    Raises:
        IssuerError: anything but a JSON object.
    """
    content = bytearray()
    try:
        with (
            httpx2.Client(
                verify=_trusted(url, authorities), trust_env=False, timeout=_PATIENCE
            ) as client,
            client.stream(
                "GET", url, headers={"Accept": "application/json", "Accept-Encoding": "identity"}
            ) as answer,
        ):
            if answer.status_code != 200:
                raise IssuerError(f"answers {answer.status_code}")
            for piece in answer.iter_raw():
                content += piece
                if len(content) > _MOST or monotonic() > until:
                    raise IssuerError("answers too much or too slowly")
        found = json.loads(content)
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError, ValueError, RecursionError) as error:
        raise IssuerError(f"cannot be read: {type(error).__name__}") from error
    if not isinstance(found, dict):
        raise IssuerError("answers no object")
    return found


def _trusted(url: str, authorities: str) -> ssl.SSLContext | bool:
    if url.startswith("http:"):
        return False  # on this machine: nothing to read certificates for
    return ssl.create_default_context(cafile=authorities) if authorities else True
