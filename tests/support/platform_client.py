"""A patient's client as the platform has it: looks once a second, knows no generations, writes its own payload shapes.

It is a real media process; only the signalling is as simple as that of the platform's pages.
"""

from __future__ import annotations

import json
import threading
import time
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import create_engine, text

from tcmdesk.core.ids import uuid7
from tcmdesk.media.protocol import DescriptionType, LocalDescription, Ready, Role
from tests.support.calls import Party
from tests.support.sql import sql_allowed

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcmdesk.features.consultations.types import Room

POLL_SECONDS = 1.0


class PlatformClient:
    """Answers the doctor's offers, or makes one itself when `offers`.

    Args:
        url: the database.
        rewrite: what becomes of descriptions on their way, ``(attempt, sender, sdp) -> sdp``; the sender is a for the
            doctor and b for the patient, as for `LossyUdp.rewrite`.
    """

    def __init__(
        self,
        url: str,
        room: Room,
        *,
        offers: bool = False,
        rewrite: Callable[[int, str, str], str] = lambda _attempt, _sender, sdp: sdp,
    ) -> None:
        self.party = Party("b" if not offers else "a")
        self.party.on_description = self._on_description
        self._engine = create_engine(url, isolation_level="AUTOCOMMIT")
        self._room, self._offers, self._rewrite = room, offers, rewrite
        self.away = False
        """Whether the patient's line is down: it neither looks nor sends then, and looks at its usual turn afterwards."""
        self._attempt = 0
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._poll, name="platform-client", daemon=True)

    def __enter__(self) -> Self:
        self.party.wait(Ready)
        if self._offers:
            self.party.start(self._attempt, Role.OFFER)
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._closing.set()
        self._thread.join()
        self.party.client.close()
        self._engine.dispose()

    def post(self, kind: str, payload: dict[str, Any]) -> None:
        if self.away:
            return
        with sql_allowed(), self._engine.connect() as connection:
            connection.execute(
                text(
                    "INSERT INTO webrtc_signals (id, room_id, from_user_id, to_user_id, signal_type, payload, delivered)"
                    " VALUES (:id, :room, :me, :to, :kind, :payload, 0)"
                ),
                {
                    "id": uuid7(), "room": self._room.room_id, "me": self._room.patient_user_id,
                    "to": self._room.doctor_user_id, "kind": kind, "payload": json.dumps(payload),
                },
            )  # fmt: skip

    def _poll(self) -> None:
        while not self._closing.is_set():
            for kind, payload in () if self.away else self._take():
                self._handle(kind, payload)
            self._closing.wait(POLL_SECONDS)

    def _take(self) -> list[tuple[str, dict[str, Any]]]:
        with sql_allowed(), self._engine.connect() as connection:
            rows = connection.execute(
                text(
                    "SELECT id, signal_type, payload FROM webrtc_signals"
                    " WHERE room_id = :room AND to_user_id = :me AND delivered = 0 ORDER BY created_at, id"
                ),
                {"room": self._room.room_id, "me": self._room.patient_user_id},
            ).all()
            for row in rows:
                connection.execute(
                    text("UPDATE webrtc_signals SET delivered = 1 WHERE id = :id"), {"id": row.id}
                )
        return [(row.signal_type, json.loads(row.payload)) for row in rows]

    def _handle(self, kind: str, payload: dict[str, Any]) -> None:
        if kind == "offer":
            # a new connection for every offer, as the platform's page makes one
            self._attempt += 1
            sdp = self._rewrite(self._attempt, "a", payload["sdp"])
            self.party.start(self._attempt, Role.ANSWER)
            self.party.client.remote_description("call-of-a-test", self._attempt, sdp, DescriptionType.OFFER)
        elif kind == "answer":
            sdp = self._rewrite(self._attempt, "a", payload["sdp"])
            self.party.client.remote_description("call-of-a-test", self._attempt, sdp, DescriptionType.ANSWER)

    def _on_description(self, _party: Party, event: LocalDescription) -> None:
        sdp = self._rewrite(event.generation, "b", event.sdp)
        self.post(event.type.value, {"sdp": sdp})


def wait_until(what: Callable[[], Any], seconds: float = 20.0) -> Any:
    """Wait until something is true; returns it."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = what()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError("it did not come to that")
