"""A claim may walk past cells that others are laying; going back for them with later ones in hand could deadlock."""

import datetime as dt

from tcmdesk.features.appointments.queries import cells

STEP = dt.timedelta(minutes=10)


def test_a_claim_that_missed_free_cells_begins_again_with_nothing_in_hand(
    schedule, doctor, patient, monkeypatch
):
    schedule.book(doctor, patient, "14:00")  # the cells of this afternoon are laid
    claim = cells.claim
    transactions = []

    def walks_past_the_first_cells(uow, doctor_id, start, end, holder):
        transactions.append(uow)
        first_time = len(transactions) == 1
        return claim(uow, doctor_id, start + STEP if first_time else start, end, holder)

    monkeypatch.setattr(cells, "claim", walks_past_the_first_cells)
    booked = schedule.book(doctor, patient, "14:30")

    assert len(transactions) == 2
    assert transactions[0] is not transactions[1]
    held = schedule.held(booked.appointment_id)
    assert held == cells.cells_of(booked.starts_at, booked.starts_at + dt.timedelta(minutes=booked.minutes))
