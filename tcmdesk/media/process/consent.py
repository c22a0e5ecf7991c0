"""Whether the other side is still there: asked every second, and heard in everything that arrives.

aioice asks every five seconds, gives up after six answers are missing and then tears the connection down: a dropped line is
noticed after more than half a minute. Here it is noticed after three seconds, and the connection is kept for thirty (the
consent of RFC 7675 lasts that long), because it goes on by itself when the line returns.
"""

from __future__ import annotations

import asyncio
import random
import time
from typing import Any, Final

from aioice import ice, stun

INTERVAL: Final = 1.0
FAILURES: Final = 3
SILENCE: Final = 2.5
EXPIRES: Final = 30.0


class WatchedConnection(ice.Connection):
    """An ICE connection that knows when it last heard from the other side, and how long an answer takes."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.heard_at = time.monotonic()
        self.rtt: float | None = None
        """Seconds, of the newest answer."""
        self.unanswered = 0
        """Questions since the last answer."""
        self._answered_at = time.monotonic()

    @property
    def is_lost(self) -> bool:
        """Three questions in a row without an answer, and nothing else arrived either."""
        return self.unanswered >= FAILURES and time.monotonic() - self.heard_at > SILENCE

    def data_received(self, data: bytes, component: int) -> None:
        self.heard_at = time.monotonic()
        super().data_received(data, component)

    def request_received(self, message: stun.Message, addr: tuple[str, int], protocol: Any) -> None:
        self.heard_at = time.monotonic()
        super().request_received(message, addr, protocol)

    async def query_consent(self) -> None:
        """Replaces aioice's: same question (RFC 7675), other patience."""
        self._answered_at = self.heard_at = time.monotonic()
        asking: set[asyncio.Task[None]] = set()
        try:
            while time.monotonic() - self._answered_at < EXPIRES:
                await asyncio.sleep(INTERVAL * (0.8 + 0.4 * random.random()))  # noqa: S311  (spreads load)
                for pair in list(self._nominated.values()):
                    # not awaited: an answer that is late must not delay the next question
                    task = asyncio.ensure_future(self._ask(pair))
                    asking.add(task)
                    task.add_done_callback(asking.discard)
        finally:
            for task in asking:
                task.cancel()
        self._query_consent_task = None
        await self.close()

    async def _ask(self, pair: ice.CandidatePair) -> None:
        request = self.build_request(pair, nominate=False)
        asked_at = time.monotonic()
        self.unanswered += 1
        try:
            await pair.protocol.request(
                request,
                pair.remote_addr,
                integrity_key=(self.remote_password or "").encode(),
                # asked twice, half a second apart, and waited for another second: a slow line is no dropped one
                retransmissions=1,
            )
        except stun.TransactionError:
            return
        now = time.monotonic()
        self.rtt = now - asked_at
        self.heard_at = self._answered_at = now
        self.unanswered = 0
