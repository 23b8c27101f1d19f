"""Uploaded files: counted while they arrive, named safely, kept by the digest of their bytes."""

import hashlib
import re
from datetime import UTC, datetime
from pathlib import PurePosixPath, PureWindowsPath

from fastapi import UploadFile
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.problems import Problem
from api.storage.schema import Material, Original, Revision

_CHUNK = 64 * 1024
_LONGEST = 100
_BYTES = 240
"""Of a name on disk: file systems take 255, and its owner's characters may have four each."""
# What turns text round, what nobody sees, and what a file system takes for something else.
_STRANGE = re.compile(
    '[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff<>:"/\\\\|?*]'
)


async def received(file: UploadFile, most: int) -> bytes:
    """The bytes of an upload.

    Raises:
        Problem: 413 as soon as there are more than `most`; 422 where there are none.
    """
    pieces, size = [], 0
    while piece := await file.read(_CHUNK):
        size += len(piece)
        if size > most:
            raise Problem(413, f"文件超过{most // 1_000_000}MB的上限", code="upload.large")
        pieces.append(piece)
    if not size:
        raise Problem(422, "文件是空的（0字节），请重新导出", code="upload.empty")
    return b"".join(pieces)


def safe_name(written: str | None) -> str:
    """A file's own name without folders and strange characters; its ending stays.

    A name is a label, never a path: nothing is ever opened by it outside a folder of our own.
    """
    last = PureWindowsPath(PurePosixPath(written or "").name).name
    name = _STRANGE.sub("", last).strip(" .")
    stem, dot, suffix = name.rpartition(".")
    if not dot or not stem:
        return _shortened(name or "未命名", 0)
    ending = f".{suffix[:10]}"
    return _shortened(stem, len(ending.encode())) + ending


def _shortened(name: str, beside: int) -> str:
    """As much of a name as a file system takes, with some bytes beside it; no half characters."""
    return name[:_LONGEST].encode()[: _BYTES - beside].decode(errors="ignore")


def kept(session: Session, organisation: str, content: bytes) -> str:
    """Keeps an original within the transaction; the same bytes are kept once.

    Returns:
        The digest by which it is found again.
    """
    digest = hashlib.sha256(content).hexdigest()
    if session.get(Original, (organisation, digest)) is None:
        session.add(
            Original(
                organisation_id=organisation,
                digest=digest,
                content=content,
                created_at=datetime.now(UTC),
            )
        )
        session.flush()
    return digest


def forgotten(session: Session, organisation: str, digest: str) -> None:
    """Removes an original within the transaction, unless a table or fact list was read from it."""
    used = (
        select(Revision.id)
        .join(Material, Material.id == Revision.material_id)
        .where(Material.organisation_id == organisation, Revision.original == digest)
    )
    held = session.get(Original, (organisation, digest))
    if held is not None and session.scalars(used).first() is None:
        session.delete(held)
