"""The operation ledger, which is the audit trail as well.

The first statement of every write transaction inserts one row of `desk_operations`. That row proves that
the operation was applied (a lost COMMIT reply is ambiguous; on the next try the row is there or it is not)
and says who did what. Rows of a workstation form a hash chain: each holds the hash of the one before, so a
row that is changed or taken out later breaks the chain. One chain a workstation, because one for all would
serialise every writer of the clinic.
"""

from __future__ import annotations

import hashlib
import json
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, insert, select

from tcmdesk.core.actor import Actor, actor_id, actor_role
from tcmdesk.core.db.operations import DeskOperation

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

GENESIS: Final = "0" * 64
_PAGE: Final = 500


@dataclass(frozen=True, slots=True)
class OperationRecord:
    """What is asked for, before it is done."""

    op_id: str
    action: str
    subject: str | None
    detail: Mapping[str, object] | None


@dataclass(frozen=True, slots=True)
class ChainHead:
    """The last row of a workstation's chain."""

    seq: int
    hash: str


def canonical(detail: Mapping[str, object] | None) -> str | None:
    """JSON text that is stored and hashed as it is; the server's JSON type would reorder its keys."""
    if detail is None:
        return None
    return json.dumps(detail, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def _hash(previous: str, *fields: str | None) -> str:
    text = json.dumps([previous, *fields], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


class Ledger:
    """Writes the rows of one workstation. One writer at a time holds `lock` for its whole transaction."""

    def __init__(self, workstation: str) -> None:
        self.workstation = workstation
        self.lock = threading.RLock()
        self._head: ChainHead | None = None

    def read_head(self, connection: Connection) -> None:
        """Find the end of this workstation's chain."""
        row = connection.execute(
            select(DeskOperation.seq, DeskOperation.hash)
            .where(DeskOperation.workstation == self.workstation)
            .order_by(DeskOperation.seq.desc())
            .limit(1)
        ).first()
        self._head = ChainHead(row.seq, row.hash) if row else ChainHead(0, GENESIS)

    @property
    def knows_head(self) -> bool:
        return self._head is not None

    def forget_head(self) -> None:
        """Read the head again before the next row: another process may have written to this chain."""
        self._head = None

    def insert(
        self, connection: Connection, record: OperationRecord, actor: Actor, at: dt.datetime
    ) -> ChainHead:
        """Insert the operation's row; the head it returns holds once the transaction is committed."""
        if self._head is None:
            raise RuntimeError("read_head comes before the first insert")
        at = at.replace(microsecond=0)
        seq = self._head.seq + 1
        detail = canonical(record.detail)
        digest = _hash(
            self._head.hash, self.workstation, str(seq), record.op_id, actor_id(actor), actor_role(actor),
            record.action, record.subject, detail, at.isoformat(),
        )  # fmt: skip
        connection.execute(
            insert(DeskOperation).values(
                op_id=record.op_id,
                workstation=self.workstation,
                seq=seq,
                previous_hash=self._head.hash,
                hash=digest,
                actor_id=actor_id(actor),
                actor_role=actor_role(actor),
                action=record.action,
                subject=record.subject,
                detail=detail,
                at=at,
            )
        )
        return ChainHead(seq, digest)

    def advance(self, head: ChainHead) -> None:
        """The transaction of `head` is committed."""
        self._head = head


def was_applied(connection: Connection, op_id: str) -> bool:
    """Whether an operation's transaction was committed."""
    return (
        connection.execute(select(DeskOperation.seq).where(DeskOperation.op_id == op_id)).first() is not None
    )


@dataclass(frozen=True, slots=True)
class ChainBreak:
    """A row that does not follow from the one before it."""

    workstation: str
    seq: int


def broken_links(connection: Connection, workstation: str) -> Iterator[ChainBreak]:
    """Walk a workstation's chain and yield every row whose place or hash is wrong."""
    table = DeskOperation
    previous, expected, after = GENESIS, 1, 0
    while True:
        rows = connection.execute(
            select(
                table.seq, table.previous_hash, table.hash, table.op_id, table.actor_id, table.actor_role,
                table.action, table.subject, table.detail, table.at,
            )
            .where(table.workstation == workstation, table.seq > after)
            .order_by(table.seq)
            .limit(_PAGE)
        ).all()  # fmt: skip
        for row in rows:
            digest = _hash(
                row.previous_hash, workstation, str(row.seq), row.op_id, row.actor_id, row.actor_role,
                row.action, row.subject, row.detail, row.at.isoformat(),
            )  # fmt: skip
            if row.seq != expected or row.previous_hash != previous or row.hash != digest:
                yield ChainBreak(workstation, row.seq)
            previous, expected, after = row.hash, row.seq + 1, row.seq
        if len(rows) < _PAGE:
            return
