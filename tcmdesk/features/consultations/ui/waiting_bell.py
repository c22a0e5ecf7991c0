"""Tells the doctor that a patient has begun to wait, wherever in the program they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from tcmdesk.features.consultations.service import opening
from tcmdesk.features.consultations.types import CALL, VideoVisit
from tcmdesk.features.consultations.ui.choices import CallChoices
from tcmdesk.ui.components.banner import Action
from tcmdesk.ui.messages import Message
from tcmdesk.ui.sound import Sound

if TYPE_CHECKING:
    from tcmdesk.ui.context import UiContext
    from tcmdesk.ui.operation import Operation

TABLES: Final = frozenset({"video_consultations", "desk_video_visits"})
KEY: Final = "video_waits"


class WaitingBell(QObject):
    """A message with the way to the call, and a gentle sound that can be turned off; one a window, by `bell_of`."""

    def __init__(self, context: UiContext, parent: QObject, choices: CallChoices | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._ = context.tr.gettext
        self._choices = choices or CallChoices()
        self._known: frozenset[str] | None = None
        self._operation: Operation[tuple[VideoVisit, ...]] | None = None
        self.sound = Sound("call", self)
        self.sounds = self._choices.chimes
        if context.allowed(CALL) and self._doctor_id is not None:
            context.changes.changed.connect(self._on_changes_changed)
            self.load()

    @property
    def _doctor_id(self) -> str | None:
        found: str | None = getattr(self._context.actor, "doctor_id", None)
        return found

    def toggle_sound(self) -> None:
        """Turn the sound off or on, on this workstation."""
        self.sounds = not self.sounds
        self._choices.keep_chimes(self.sounds)

    def load(self) -> None:
        """Ask who waits."""
        if self._operation is not None:
            self._operation.cancel()
        context = self._context
        today = context.clock.now().astimezone(context.zone).date()
        self._operation = context.operation(
            self,
            lambda: context.database.read(
                lambda connection: opening.visits_of_day(connection, context.actor, today, context.zone)
            ),
        )
        self._operation.on_done(self.take).on_failed(self._on_load_failed).start()

    def take(self, visits: tuple[VideoVisit, ...]) -> None:
        """Tell of those who did not wait before; those who waited when the window opened make no sound."""
        self._operation = None
        mine = [visit for visit in visits if visit.waits and visit.doctor_id == self._doctor_id]
        known, self._known = self._known, frozenset(visit.appointment_id for visit in mine)
        fresh = [visit for visit in mine if visit.appointment_id not in (known or ())]
        if fresh:
            self._tell(fresh[-1])
            if self.sounds and known is not None:
                self.sound.play()
        elif not mine:
            self._context.messages.withdraw(KEY)

    def _tell(self, visit: VideoVisit) -> None:
        text = self._("{name} waits for the video visit").format(name=visit.patient_name)
        see = Action(self._("Open the call"), lambda: self._open(visit))
        message = Message(text, icon="video", actions=(see,), key=KEY, passing=False)
        self._context.messages.post(message)

    def _open(self, visit: VideoVisit) -> None:
        self._context.dock.open(self._context, "call_panel").begin(visit.appointment_id)

    def _on_load_failed(self, _error: BaseException) -> bool:
        # the window says that the database is away
        self._operation = None
        return True

    def _on_changes_changed(self, tables: frozenset[str]) -> None:
        if tables & TABLES:
            self.load()


def bell_of(context: UiContext) -> WaitingBell:
    """The window's bell, made when first asked for."""
    found = context.dock.findChild(WaitingBell)
    return found if isinstance(found, WaitingBell) else WaitingBell(context, context.dock)
