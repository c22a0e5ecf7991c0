"""What stands on the papers of the front desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import segno

from tcmdesk.features.appointments.types import KIND_LABELS, VISIT_TYPE_LABELS, VisitType
from tcmdesk.features.patients.types import sex_age
from tcmdesk.features.visits.types import STAGE_LABELS
from tcmdesk.ui.printing.blocks import Block, Code, Column, Gap, Line, Pair, PaperDocument, Rule, Table
from tcmdesk.ui.printing.papers import A4, A5, ROLL_58, ROLL_80, Paper

if TYPE_CHECKING:
    import datetime as dt
    from zoneinfo import ZoneInfo

    from tcmdesk.core.i18n import Translator
    from tcmdesk.features.appointments.types import AppointmentCard
    from tcmdesk.features.reception.types import DayList, Slip, Ticket

CODE_PREFIX: Final = "TCMDESK:A:"
"""Begins the text of an appointment's QR code; the appointment's id follows. It says nothing of the person: who finds
the slip learns no more than stands on it, and the desk that scans it finds the appointment.
"""


def ticket(data: Ticket, tr: Translator, zone: ZoneInfo) -> PaperDocument:
    """The number of somebody who waits."""
    _ = tr.gettext

    def blocks(paper: Paper) -> tuple[Block, ...]:
        wide = paper.room > 60
        when = (
            _("walk-in")
            if data.walk_in or data.starts_at is None
            else tr.time(data.starts_at.astimezone(zone))
        )
        ahead = (
            tr.ngettext("{count} person before you", "{count} people before you", data.ahead).format(
                count=data.ahead
            )
            if data.ahead
            else _("You are next")
        )
        date = tr.date(data.day, weekday=True, year=True)
        return (
            Line(data.clinic, 10, bold=True, align="center"),
            Rule(),
            Line(_("Your number"), 9, align="center"),
            Line(str(data.number), 48 if wide else 40, bold=True, align="center"),
            Line(data.patient_name, 14, bold=True, align="center"),
            Gap(1),
            Line(" ".join(part for part in (data.doctor_name, data.department) if part), 12, align="center"),
            *((Line(data.room, 14, bold=True, align="center"),) if data.room else ()),
            Line(ahead, 11, align="center"),
            Rule(),
            Pair(_("Appointment"), when, 9, 22 if wide else 19),
            Pair(_("Arrived"), f"{date} {tr.time(data.arrived_at.astimezone(zone))}", 9, 22 if wide else 19),
            Gap(1),
            Line(_("Watch the screen: your surname and number are called"), 8, align="center"),
        )

    title = _("Ticket {number}").format(number=data.number)
    return PaperDocument("ticket", title, (ROLL_80, ROLL_58), blocks)


def slip(data: Slip, tr: Translator, zone: ZoneInfo, today: dt.date) -> PaperDocument:
    """An appointment to take home."""
    _ = tr.gettext
    code = segno.make_qr(CODE_PREFIX + data.appointment_id, error="m")
    modules = tuple(tuple(bool(module) for module in row) for row in code.matrix)

    def blocks(paper: Paper) -> tuple[Block, ...]:
        roll = paper.height is None
        big, body, labels = (12, 9, 16) if roll else (16, 11, 26)
        date = tr.date(data.day, weekday=True, year=True)
        if data.starts_at is None:
            time = _("{text} (time to be confirmed)").format(text=data.slot_text)
        else:
            time = tr.time(data.starts_at.astimezone(zone))
        person = f"{data.patient_name}  {sex_age(tr, data.gender, data.birthday, today)}"
        doctor = " ".join(part for part in (data.doctor_name, data.department) if part)
        how = _(VISIT_TYPE_LABELS[VisitType.VIDEO if data.video else VisitType.IN_PERSON])
        return (
            Line(data.clinic, body, bold=True, align="center"),
            Line(_("Appointment"), big, bold=True, align="center"),
            Rule(),
            Pair(_("Patient"), person, body, labels, bold=True, label_points=body),
            Pair(_("Date"), date, body, labels, label_points=body),
            Pair(_("Time"), time, big, labels, bold=True, label_points=body),
            Pair(_("Doctor"), doctor, body, labels, label_points=body),
            Pair(_("Visit"), how, body, labels, label_points=body),
            *(
                (Pair(_("Room"), data.room, body, labels, label_points=body),)
                if data.room and not data.video
                else ()
            ),
            Rule(),
            Gap(2),
            Code(modules, 28 if roll else 34),
            Gap(1),
            Line(_("Show this code at the front desk. Come 10 minutes early"), 8, align="center"),
        )

    return PaperDocument("slip", _("Appointment slip"), (ROLL_80, ROLL_58, A5), blocks)


def day_list(data: DayList, tr: Translator, zone: ZoneInfo) -> PaperDocument:
    """A doctor's day."""
    _ = tr.gettext

    def row(card: AppointmentCard) -> tuple[str, ...]:
        time = card.slot_text if card.starts_at is None else tr.time(card.starts_at.astimezone(zone))
        number = str(card.visit.number) if card.visit is not None and card.visit.number else ""
        kind = _(KIND_LABELS[card.kind])
        video = _(VISIT_TYPE_LABELS[card.visit_type]) if card.visit_type is VisitType.VIDEO else ""
        stage = _(STAGE_LABELS[card.visit.stage]) if card.visit is not None else ""
        return (
            time, number, card.patient_name, sex_age(tr, card.gender, card.birthday, data.day),
            " ".join(part for part in (kind, video) if part), stage,
        )  # fmt: skip

    def blocks(_paper: Paper) -> tuple[Block, ...]:
        head = " ".join(part for part in (data.doctor_name, data.department, data.room) if part)
        date = tr.date(data.day, weekday=True, year=True)
        count = tr.ngettext("{count} appointment", "{count} appointments", len(data.cards))
        table = Table(
            (
                Column(_("Time"), 0.12, bold=True), Column(_("No."), 0.08, "right"), Column(_("Name"), 0.28, bold=True),
                Column(_("Sex, age"), 0.16), Column(_("Visit"), 0.2), Column(_("State"), 0.16),
            ),
            tuple(row(card) for card in data.cards),
            9,
        )  # fmt: skip
        return (
            Line(data.clinic, 9),
            Line(f"{head}  {date}", 14, bold=True),
            Line(count.format(count=len(data.cards)), 9),
            Gap(3),
            table if data.cards else Line(_("No appointments"), 10),
        )

    return PaperDocument("day_list", _("Day list {doctor}").format(doctor=data.doctor_name), (A4, A5), blocks)
