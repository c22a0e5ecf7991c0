"""What the demo's clerk has saved about the board: views on function keys."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from tcmdesk.cli.demo import people
from tcmdesk.features.appointments.types import BoardView, Span

if TYPE_CHECKING:
    from tcmdesk.cli.demo.clinic import Clinic
    from tcmdesk.cli.demo.rows import Rows


def build(rows: Rows, clinic: Clinic) -> None:
    """Everybody's day on F1, one doctor's week on F2, a department on F3, the month on F4."""
    clerk = next(row["id"] for row in rows.tables["users"] if row["account"] == people.OTHERS[0].account)
    names = {row["id"]: row["name"] for row in rows.tables["users"]}
    doctors = {row["id"]: (names[row["user_id"]], row["department"]) for row in rows.tables["doctors"]}
    first, last = clinic.doctors[0], clinic.doctors[-1]
    views = (
        ("全部医生", BoardView()),
        (f"{doctors[first][0]}一周", BoardView(Span.WEEK, doctor_id=first)),
        (doctors[last][1], BoardView(department=doctors[last][1])),
        ("本月", BoardView(Span.MONTH)),
    )
    for key, (name, view) in enumerate(views, start=1):
        rows.add("desk_saved_views", user_id=clerk, key=key, name=name, view=json.dumps(asdict(view)))
