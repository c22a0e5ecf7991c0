"""The call of this window: the media process, the controller, and what is asked of both, on the UI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

from tcmdesk.core.errors import Conflict
from tcmdesk.core.i18n import N_
from tcmdesk.features.consultations.jobs.call import CallController, CallState
from tcmdesk.features.consultations.service import calls, leases, opening
from tcmdesk.features.consultations.types import CallEvent
from tcmdesk.features.consultations.ui.choices import CallChoices, absent
from tcmdesk.media.client import MediaClient

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcmdesk.features.consultations.types import CallSetup, Lease, VideoVisit
    from tcmdesk.media.protocol import DevicesChanged, Stream
    from tcmdesk.ui.context import UiContext


class _Post(QObject):
    """Carries news of other threads to the UI thread."""

    event = Signal(object)
    frame = Signal(object)
    state = Signal(object)


class CallSession(QObject):
    """One call at a time.

    `event` hands on what the media process says, `frame` that a stream has a newer picture, `state_changed` a
    `CallState`; `joined` that the room is ours and the call begins, `refused` why not.
    """

    event = Signal(object)
    frame = Signal(object)
    state_changed = Signal(object)
    joined = Signal()
    refused = Signal(object)

    def __init__(
        self,
        context: UiContext,
        parent: QObject,
        *,
        make_client: Callable[..., Any] = MediaClient,
        choices: CallChoices | None = None,
    ) -> None:
        super().__init__(parent)
        self.context = context
        self._choices = choices or CallChoices()
        self._kept = self._choices.devices
        self.camera = self._kept.get("camera", "")
        self.microphone = self._kept.get("microphone", "")
        self.speaker = self._kept.get("speaker", "")
        self.relay_only = False
        self.make_client = make_client
        self._client: Any = None
        self._holder = ""
        self._controller: CallController | None = None
        self._leaving: CallController | None = None
        # no parent: threads emit on it until the client is closed
        self._post = _Post()
        queued = Qt.ConnectionType.QueuedConnection
        self._post.event.connect(self.event, queued)
        self._post.frame.connect(self.frame, queued)
        self._post.state.connect(self._on_post_state, queued)
        QCoreApplication.instance().aboutToQuit.connect(self.close)

    @property
    def client(self) -> Any:
        """The media process's client; started when it is first asked for."""
        if self._client is None:
            self._client = self.make_client(self._on_event, self._post.frame.emit)
            self._client.start()
        return self._client

    @property
    def running(self) -> bool:
        """Whether a call is under way here."""
        return self._controller is not None

    def preview(self) -> None:
        """Open camera and microphone, and start the process if need be."""
        self.client.devices()
        self.client.open_preview(self.camera, self.microphone, self.speaker)

    def show_size(self, stream: Stream, width: int, height: int) -> None:
        """How large a stream is shown, in the screen's own pixels: the process makes its pictures fit."""
        if self._client is not None:
            self._client.show_size(stream, width, height)

    def close_preview(self) -> None:
        if self._client is not None:
            self._client.close_preview()

    def choose(
        self, *, camera: str | None = None, microphone: str | None = None, speaker: str | None = None
    ) -> None:
        """Use other devices, in a call as well, and next time."""
        for kind, chosen in (("camera", camera), ("microphone", microphone), ("speaker", speaker)):
            if chosen is not None:
                self._kept.pop(kind, None)
                self._choices.keep_device(kind, chosen)
        self.camera = self.camera if camera is None else camera
        self.microphone = self.microphone if microphone is None else microphone
        self.speaker = self.speaker if speaker is None else speaker
        self.client.choose_devices(camera, microphone, speaker)

    def devices_listed(self, listed: DevicesChanged) -> None:
        """Of the devices that were remembered those that are not plugged in give way to the system's choice."""
        for kind in absent(self._kept, listed):
            del self._kept[kind]
            setattr(self, kind, "")
            self.client.choose_devices(**{kind: ""})

    @property
    def max_minutes(self) -> int:
        """How long the clinic lets a call last; 0 without a call."""
        return self._controller.setup.max_minutes if self._controller is not None else 0

    def join(self, visit: VideoVisit, *, force: bool = False) -> None:
        """Let the patient in and call; by `force` from a workstation that has the call already."""
        if self._controller is not None or visit.consultation_id is None or visit.room_id is None:
            return
        database, actor = self.context.database, self.context.actor
        consultation_id, room_id = visit.consultation_id, visit.room_id
        self._holder = leases.holder_name(database.ledger.workstation)

        before = self._leaving

        def work() -> tuple[Lease, CallSetup]:
            if before is not None:
                # the call before lets go of the room on threads of its own
                before.hang_up()
            database.write(
                actor,
                "consultations:visit:admit",
                lambda uow: calls.admit(uow, actor, consultation_id),
                subject=consultation_id,
            )
            lease = leases.take_lease(database, actor, room_id, self._holder, force=force)
            if not lease.held:
                raise Conflict(
                    "video.elsewhere",
                    N_("The call is running at {workstation}. Take it over, or go on there."),
                    workstation=lease.workstation.partition("#")[0],
                )
            return lease, database.read(
                lambda connection: opening.call_setup(connection, actor, room_id, now=database.clock.now())
            )

        self.context.operation(self, work).on_done(self._begin).on_failed(self._on_join_failed).start()

    def _begin(self, taken: tuple[Lease, CallSetup]) -> None:
        lease, setup = taken
        self._controller = CallController(
            self.context.database,
            self.context.actor,  # type: ignore[arg-type]  (whoever signed in is staff)
            setup,
            lease,
            self.client,
            on_change=self._post.state.emit,
            relay_only=self.relay_only,
        )
        self._controller.start()
        self.joined.emit()

    def hang_up(self) -> None:
        """End the call here; what was written stays to be completed."""
        controller, self._controller = self._controller, None
        if controller is not None:
            # it says goodbye to the table on its own threads; the window does not wait
            controller.leave()
            self._leaving = controller

    def reset(self) -> None:
        """Everything is sent, as at the beginning of a call."""
        for switch in (
            self.client.mute,
            self.client.camera_off,
            self.client.low_data,
            self.client.audio_only,
        ):
            switch(False)

    def mute(self, on: bool) -> None:
        self.client.mute(on)
        self._tell(CallEvent.MIC_OFF if on else CallEvent.MIC_ON)

    def camera_off(self, on: bool) -> None:
        self.client.camera_off(on)
        self._tell(CallEvent.CAMERA_OFF if on else CallEvent.CAMERA_ON)

    def low_data(self, on: bool) -> None:
        self.client.low_data(on)

    def audio_only(self, on: bool) -> None:
        self.client.audio_only(on)

    def volume(self, level: float) -> None:
        """0 to 1."""
        self.client.volume(level)

    def close(self) -> None:
        """End call and media process; waits for both."""
        controller, self._controller = self._controller, None
        if controller is not None:
            controller.hang_up()
        client, self._client = self._client, None
        if client is not None:
            client.close()

    def _tell(self, event: CallEvent) -> None:
        if self._controller is not None:
            self._controller.tell(event)

    def _on_event(self, event: object) -> None:
        # on the client's thread
        controller = self._controller
        if controller is not None:
            controller.media_event(event)  # type: ignore[arg-type]
        self._post.event.emit(event)

    def _on_post_state(self, state: CallState) -> None:
        if state.taken_over:
            self._controller = None
        self.state_changed.emit(state)

    def _on_join_failed(self, error: BaseException) -> bool:
        if isinstance(error, Conflict):
            self.refused.emit(error)
            return True
        return False
