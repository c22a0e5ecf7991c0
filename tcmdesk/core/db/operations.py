"""The table behind the operation ledger."""

from __future__ import annotations

from typing import Annotated

from sqlalchemy import CHAR, BigInteger, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tcmdesk.core.db.base import Base
from tcmdesk.core.db.types import Moment

Digest = Annotated[str, mapped_column(CHAR(64))]


class DeskOperation(Base):
    """One write transaction: the proof that it happened, and who did what.

    Rows are only ever inserted. `detail` is canonical JSON as text, because it is hashed and a JSON column
    would reorder its keys. `seq` counts from 1 in each workstation's chain.
    """

    __tablename__ = "desk_operations"
    __table_args__ = (UniqueConstraint("workstation", "seq", name="desk_operations_chain"),)

    op_id: Mapped[str] = mapped_column(CHAR(36), primary_key=True)
    workstation: Mapped[str] = mapped_column(String(64))
    seq: Mapped[int] = mapped_column(BigInteger)
    previous_hash: Mapped[Digest]
    hash: Mapped[Digest]
    actor_id: Mapped[str | None] = mapped_column(CHAR(36))
    actor_role: Mapped[str] = mapped_column(String(20))
    action: Mapped[str] = mapped_column(String(80))
    subject: Mapped[str | None] = mapped_column(String(80))
    detail: Mapped[str | None] = mapped_column(Text)
    at: Mapped[Moment]
