"""The video call, docked at the left of the main window beside whatever screen is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal

from tcmdesk.features.consultations.jobs.call import CallState
from tcmdesk.features.consultations.jobs.steps import Phase
from tcmdesk.features.consultations.types import VideoVisit, VisitStatus
from tcmdesk.features.consultations.ui.call_keys import add_call_keys
from tcmdesk.features.consultations.ui.call_news import news_of
from tcmdesk.features.consultations.ui.line_plate import LinePlate
from tcmdesk.features.consultations.ui.panel_parts import Mode, PanelParts
from tcmdesk.features.consultations.ui.panel_work import PanelWork
from tcmdesk.features.consultations.ui.session import CallSession
from tcmdesk.features.consultations.ui.waiting_bell import KEY as WAITS
from tcmdesk.features.consultations.ui.words import figures
from tcmdesk.media.protocol import (
    Crashed,
    DevicesChanged,
    QualityChanged,
    Stats,
    Stream,
)
from tcmdesk.ui.components.banner import Action

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from tcmdesk.core.errors import UserError
    from tcmdesk.ui.context import UiContext


class CallPanel(PanelParts):
    """Device check, then the call, then the result; what is written stays through all of it.

    `call_changed` says that a call has begun or ended.
    """

    call_changed = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.context = context
        self.visit: VideoVisit | None = None
        self.mode = Mode.CHECK
        self.state = CallState()
        self.session = CallSession(context, self)
        self.work = PanelWork(context, self)
        self.plate = LinePlate(context.tr, self)
        self.setAccessibleName(self.title)
        self._connect()
        add_call_keys(self, context.shortcuts.add, self.toggle_full, self.hang_up, self._complete)
        self.start_theming()

    @property
    def title(self) -> str:
        return self._("Video call")

    def can_close(self) -> bool:
        """Whether neither a call nor something written would be lost."""
        return not self.session.running and not self.form.dirty

    @property
    def call_running(self) -> bool:
        """Whether what closing would end is a call."""
        return self.session.running

    def _connect(self) -> None:
        session, work = self.session, self.work
        session.event.connect(self._on_session_event)
        session.frame.connect(self._on_session_frame)
        session.state_changed.connect(self._on_session_state_changed)
        session.joined.connect(self._on_session_joined)
        session.refused.connect(self._on_refused)
        work.visit_read.connect(self.show_visit)
        work.templates_read.connect(self.form.offer)
        work.completed.connect(self._on_work_completed)
        work.refused.connect(self._on_refused)
        self.checks.identity_wished.connect(lambda: self.visit and work.check_identity(self.visit))
        self.checks.consent_wished.connect(lambda: self.visit and work.note_consent(self.visit))
        self.checks.filed.connect(
            lambda day, place: self.visit and work.file_diagnosis(self.visit, day, place)
        )
        self.devices.camera_chosen.connect(lambda device: session.choose(camera=device))
        self.devices.microphone_chosen.connect(lambda device: session.choose(microphone=device))
        self.devices.speaker_chosen.connect(lambda device: session.choose(speaker=device))
        self.devices.sound_wished.connect(self._on_devices_sound_wished)
        buttons = self.buttons
        buttons.mute.toggled.connect(session.mute)
        buttons.camera.toggled.connect(session.camera_off)
        buttons.low_data.toggled.connect(session.low_data)
        buttons.audio_only.toggled.connect(session.audio_only)
        buttons.full.clicked.connect(self.toggle_full)
        buttons.end.clicked.connect(self.hang_up)
        self.slider.valueChanged.connect(lambda value: session.volume(value / 100))
        self.picture.size_changed.connect(session.show_size)
        self.picture.left.connect(self.toggle_full)
        self.picture.full_wished.connect(self.toggle_full)
        self.form.complete_wished.connect(self._complete)
        self.form.template_wished.connect(work.keep_template)
        self.join.clicked.connect(self._on_join_clicked)
        self.again.clicked.connect(self._on_join_clicked)
        self.cross.clicked.connect(self.leave)
        self.context.changes.changed.connect(self._on_changes_changed)
        # the process must not outlive the window that shows it
        self.destroyed.connect(session.close)

    def begin(self, appointment_id: str) -> None:
        """Open the video visit of an appointment and check the devices before calling."""
        if self.visit is not None and self.visit.appointment_id == appointment_id:
            self.join.setFocus()
            return
        if not self.can_close() and self.visit is not None:
            text = self._("Finish the visit of {name} first.").format(name=self.visit.patient_name)
            self.notice.say(text, "warn")
            return
        self._forget()
        self.work.open(appointment_id)

    def show_visit(self, visit: VideoVisit) -> None:
        """Show a visit as it is by now; what is typed and the call stay."""
        fresh = self.visit is None
        self.visit = visit
        self.show_person(visit, self.context.clock.now().astimezone(self.context.zone).date())
        self.checks.show_visit(visit)
        self.checks.show_problem("")
        if fresh:
            self.context.messages.withdraw(WAITS)
            self.enter(Mode.ENDED if visit.status is VisitStatus.COMPLETED else Mode.CHECK)
            self.work.read_templates()
            session = self.session
            self.devices.prefer(camera=session.camera, microphone=session.microphone, speaker=session.speaker)
            session.preview()
            self.picture.announce_size()
            self.join.setFocus()

    def call(self, *, force: bool = False) -> None:
        """Let the patient in and call."""
        if self.visit is not None and self.mode is not Mode.CALL:
            self.notice.clear()
            self.session.preview()
            self.join.setEnabled(False)
            self.again.setEnabled(False)
            self.session.join(self.visit, force=force)

    def hang_up(self) -> None:
        """End the call; the result can still be written."""
        if self.session.running:
            self.session.hang_up()
            self.context.messages.withdraw("unsaved")
            # no camera looks on while the result is written
            self.session.close_preview()
            self.enter(Mode.ENDED)

    def leave(self) -> None:
        """Close the panel, unless something would be lost by that."""
        if not self.can_close():
            text = self._("The visit is not completed. Complete it, or hang up and empty the result.")
            self.notice.say(text, "warn")
            return
        self._forget()
        self.context.dock.close()

    def _forget(self) -> None:
        self.session.close_preview()
        self.visit = None
        self.form.clear()
        self.notice.clear()
        for stream in Stream:
            self.picture.forget(stream)

    def enter(self, mode: Mode) -> None:
        """Show what belongs to a stage of the visit."""
        self.mode = mode
        _, calling = self._, mode is Mode.CALL
        self.buttons.setVisible(calling)
        self.devices.setVisible(mode is Mode.CHECK)
        for part in (self.form, self.form.foot):
            part.setVisible(mode is not Mode.CHECK)
        self.join.setVisible(mode is Mode.CHECK)
        self.again.setVisible(mode is Mode.ENDED)
        for button in (self.join, self.again):
            button.setEnabled(True)
        self.line.setVisible(calling)
        self.figures.setText("")
        person = self.visit.patient_name if self.visit is not None else ""
        self.picture.set_name(_("You") if mode is Mode.CHECK else person)
        self.picture.set_own(calling)
        self.picture.main = Stream.LOCAL if mode is Mode.CHECK else Stream.REMOTE
        self.window().setProperty("keeps_awake", calling)
        if calling:
            self.plate.begin(person, self.session.max_minutes)
        else:
            self.plate.end()
            self.picture.forget(Stream.REMOTE)
        ended = mode is Mode.ENDED
        detail = _("The result below is still open.") if ended else ""
        self.picture.set_message("phone-off" if ended else "", _("Call ended") if ended else "", detail)
        self.call_changed.emit()

    def _complete(self) -> None:
        if self.visit is not None and self.mode is not Mode.CHECK:
            self.form.show_error("", "")
            self.work.complete(self.visit, self.form.outcome)

    def _on_join_clicked(self) -> None:
        self.call()

    def _on_devices_sound_wished(self) -> None:
        self.session.client.play_test_sound()

    def _on_session_frame(self, stream: Stream) -> None:
        # a line that is down leaves a still picture, which must not pass for a live one
        self.picture.take(stream, self.session.client.frames(stream))

    def _on_session_joined(self) -> None:
        self.state = CallState()
        self.buttons.reset()
        self.session.reset()
        self.enter(Mode.CALL)

    def _on_session_state_changed(self, state: CallState) -> None:
        before, self.state = self.state, state
        if state.taken_over:
            self.enter(Mode.ENDED)
            text = self._("The call goes on at another workstation.")
            self.notice.say(text, "warn", (Action(self._("Take it back"), lambda: self.call(force=True)),))
            return
        if not state.signalling:
            text = self._(
                "The database is away. The call goes on; a lost line cannot be mended until it is back."
            )
            self.notice.say(text, "warn")
        elif not before.signalling:
            self.notice.clear()
        if state.began is not None and before.began is None and self.visit is not None:
            self.work.reload(self.visit.appointment_id)
        if state.phase is not Phase.CONNECTED:
            self.figures.setText("")
        self.plate.show_state(state)

    def _on_session_event(self, event: Any) -> None:
        self.devices.take(event)
        _ = self._
        match event:
            case DevicesChanged():
                self.session.devices_listed(event)
            case Stats() if self.state.phase is Phase.CONNECTED:
                self.figures.setText(figures(self.context.tr, event))
            case QualityChanged(quality=quality, bars=bars):
                self.plate.show_quality(quality.value, bars)
            case Crashed():
                self.picture.forget(Stream.REMOTE)
        news = news_of(event) if self.mode is Mode.CALL else None
        if news is not None:
            self.say(_(news) if news else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.join.hasFocus():
            self.call()
            return
        super().keyPressEvent(event)

    def _on_refused(self, error: UserError) -> None:
        self.join.setEnabled(True)
        self.again.setEnabled(True)
        text, field = error.text(self.context.tr), getattr(error, "field", None)
        if field in {"day", "place"}:
            self.checks.show_problem(text)
        elif field in {"diagnosis", "treatment_plan", "notes"}:
            self.form.show_error(field, text)
        elif self.visit is None:
            self.context.messages.show_error(error)
            self.context.dock.close()
        else:
            actions: tuple[Action, ...] = ()
            if error.code == "video.elsewhere":
                actions = (Action(self._("Take over"), lambda: self.call(force=True)),)
            self.notice.say(text, "warn", actions)
            if error.code == "video.first_visit":
                self.checks.ask_prior()

    def _on_work_completed(self, visit: VideoVisit) -> None:
        self.hang_up()
        self.form.clear()
        name = visit.patient_name
        self._forget()
        self.context.dock.close()
        self.context.messages.done(self._("The visit of {name} is completed").format(name=name))

    def _on_changes_changed(self, tables: frozenset[str]) -> None:
        if self.visit is not None and tables & {"video_consultations", "desk_video_visits"}:
            self.work.reload(self.visit.appointment_id)
