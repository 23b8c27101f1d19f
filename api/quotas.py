"""What a token may use up in a day: counted in the database, so that all processes count together.

A day begins at midnight in Beijing. What fails in its transaction is not counted; an upload is
counted when it has come, as reading it is what costs.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone
from typing import Literal

from sqlalchemy import delete
from sqlalchemy.orm import Session

from api.problems import Problem
from api.settings import ApiSettings
from api.storage.database import Database
from api.storage.schema import QuotaUse
from api.tokens import Principal

Kind = Literal["drafts", "rewrites", "upload_bytes"]
_CHINA = timezone(timedelta(hours=8))
_KEPT = timedelta(days=60)
"""Days for which the counts of a token are kept, for whoever asks who used what."""


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of today."""

    drafts: int
    rewrites: int
    upload_bytes: int
    starts_again: datetime


def spend(
    session: Session,
    who: Principal,
    kind: Kind,
    amount: int,
    settings: ApiSettings,
    *,
    now: datetime | None = None,
) -> None:
    """Counts what somebody uses, within the transaction of what it is used for.

    Args:
        session: Of `Database.writing`.
        who: Whose quota it is.
        kind: Of what.
        amount: How many.
        settings: What every token may.
        now: For tests.

    Raises:
        Problem: 429, and nothing counted, where it is more than what is left.
    """
    now = now or datetime.now(UTC)
    key = (who.token, _day(now), kind)
    use = session.get(QuotaUse, key)
    used = use.used if use else 0
    most = limit_of(who, kind, settings)
    if used + amount > most:
        raise _used_up(kind, (used, amount, most), now)
    if use:
        use.used = used + amount
        return
    old = QuotaUse.token == who.token, QuotaUse.day < _day(now - _KEPT)
    session.execute(delete(QuotaUse).where(*old))
    session.add(QuotaUse(token=who.token, day=key[1], kind=kind, used=amount))
    session.flush()


def uploaded(database: Database, who: Principal, size: int, settings: ApiSettings) -> None:
    """Counts an upload that has come; errors as `spend`."""
    with database.writing() as session:
        spend(session, who, "upload_bytes", size, settings)


def left(
    session: Session, who: Principal, settings: ApiSettings, *, now: datetime | None = None
) -> Left:
    """What somebody may still use today."""
    now = now or datetime.now(UTC)

    def of(kind: Kind) -> int:
        use = session.get(QuotaUse, (who.token, _day(now), kind))
        return max(0, limit_of(who, kind, settings) - (use.used if use else 0))

    return Left(of("drafts"), of("rewrites"), of("upload_bytes"), _tomorrow(now))


def limit_of(who: Principal, kind: Kind, settings: ApiSettings) -> int:
    """How much of a kind somebody may use in a day."""
    if kind == "drafts":
        return settings.drafts_a_day if who.drafts_a_day is None else who.drafts_a_day
    if kind == "rewrites":
        return settings.rewrites_a_day
    if who.upload_bytes_a_day is None:
        return settings.upload_bytes_a_day
    return who.upload_bytes_a_day


def _day(now: datetime) -> str:
    return now.astimezone(_CHINA).date().isoformat()


def _tomorrow(now: datetime) -> datetime:
    day = now.astimezone(_CHINA).date() + timedelta(days=1)
    return datetime.combine(day, time(), _CHINA)


def _used_up(kind: Kind, counts: tuple[int, int, int], now: datetime) -> Problem:
    again = _tomorrow(now)
    used, amount, most = counts
    if kind == "drafts":
        told = f"今天已起草{used}份，每天最多{most}份"
    elif kind == "rewrites":
        told = f"今天已请模型改写{used}次，每天最多{most}次"
    else:
        told = f"今天已上传{_size(used)}，这一份{_size(amount)}，每天最多{_size(most)}"
    return Problem(
        429,
        f"{told}；{again.month}月{again.day}日0时（北京时间）起重新计算",
        code="access.quota",
        headers={"Retry-After": str(max(1, round((again - now).total_seconds())))},
    )


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f}MB" if count >= 100_000 else f"{count}字节"
