"""Who is let in, and what their role allows: what the routes ask of access."""

from collections.abc import Awaitable, Callable

from fastapi import Request

from api import tokens
from api.identity import Identity, identity_of
from api.limiting import Guesses, Proxies, Rates, proxies_of, too_many
from api.problems import Problem
from api.settings import ApiSettings
from api.storage.database import Database
from api.tokens import Principal, Right, identifier

__all__ = ["Gate", "Principal", "allowed", "gate_of", "identifier"]


class Gate:
    """Lets requests in: by token, not too many, and slower for whoever guesses."""

    def __init__(
        self,
        database: Database,
        *,
        rates: Rates,
        guesses: Guesses,
        proxies: Proxies,
        identity: Identity | None = None,
    ) -> None:
        """As `gate_of` makes it.

        Args:
            database: Where tokens and organisations are.
            rates: How often.
            guesses: Wrong secrets of single tokens.
            proxies: Whose word is taken for where a request comes from.
            identity: For people signed in elsewhere; None without an issuer.
        """
        self._database, self._rates, self._guesses = database, rates, guesses
        self._proxies, self._identity = proxies, identity

    def admit(self, authorization: str, peer: str, forwarded: str = "") -> Principal:
        """The principal of a header.

        Args:
            authorization: The header; empty without.
            peer: The address that is connected.
            forwarded: `X-Forwarded-For`; empty without.

        Raises:
            Problem: 401 without a valid token, 429 for too many requests or guesses; of people
                signed in elsewhere also 403 and 503, see `Identity.principal`.
        """
        found = self._found(authorization)
        if found is None:
            self._rates.missed(self._proxies.client(peer, forwarded))
            raise Problem(
                401,
                "没有令牌，或令牌无效、已过期、已撤销",
                code="access.token",
                headers={"WWW-Authenticate": "Bearer"},
            )
        self._rates.count(found.token)
        return found

    def _found(self, authorization: str) -> Principal | None:
        scheme, _, written = authorization.partition(" ")
        written = written.strip()
        if scheme.lower() != "bearer":
            return None
        given = tokens.split(written)
        if given is not None:
            return self._of_token(*given)
        return self._identity.principal(written) if self._identity else None

    def _of_token(self, identity: str, secret: str) -> Principal | None:
        wait = self._guesses.wait(identity, secret)
        if wait:
            raise too_many(wait)
        found = tokens.found(self._database, identity, secret)
        if found.is_guess:
            self._guesses.wrong(identity)
        if found.principal is not None:
            self._guesses.right(identity, secret)
        return found.principal


def gate_of(settings: ApiSettings, database: Database) -> Gate:
    """The gate as the operator has set it.

    Raises:
        OperatorError: an issuer or a proxy that cannot be meant.
    """
    return Gate(
        database,
        rates=Rates(
            database, requests=settings.requests_a_minute, attempts=settings.attempts_a_minute
        ),
        guesses=Guesses(),
        proxies=proxies_of(settings.proxies),
        identity=identity_of(settings, database),
    )


def allowed(right: Right) -> Callable[[Request], Awaitable[Principal]]:
    """A dependency: the principal that the guards admitted, if its role has the right."""

    # Of no thread of its own: it waits for nothing.
    async def dependency(request: Request) -> Principal:
        principal: Principal = request.state.principal
        if not principal.may(right):
            raise Problem(403, f"您的角色（{principal.role}）没有这项权限", code="access.role")
        return principal

    return dependency
