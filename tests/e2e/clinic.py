"""The clinic's database as a test sees it beside the desks."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from tests.support.sql import sql_allowed

if TYPE_CHECKING:
    from collections.abc import Sequence

OPEN_TODAY = """
    SELECT a.id, a.doctor_id, u.name AS doctor, coalesce(p.name, w.name) AS patient, d.starts_at, d.minutes
    FROM appointments a
    JOIN desk_appointments d ON d.appointment_id = a.id
    JOIN doctors o ON o.id = a.doctor_id
    JOIN users u ON u.id = o.user_id
    JOIN users w ON w.id = a.patient_id
    LEFT JOIN patient_profiles p ON p.id = d.profile_id
    LEFT JOIN desk_visits v ON v.appointment_id = a.id
    WHERE a.status = 'confirmed' AND a.visit_type = 'offline' AND v.appointment_id IS NULL AND d.resource_id IS NULL
      AND d.starts_at > :after AND d.starts_at < :until
      AND (SELECT count(*) FROM users n WHERE n.name = coalesce(p.name, w.name))
        + (SELECT count(*) FROM patient_profiles m WHERE m.name = coalesce(p.name, w.name)) = 1
    ORDER BY d.starts_at, a.id
"""
OVERLAPS = """
    SELECT a.id, b.id, x.starts_at
    FROM appointments a
    JOIN desk_appointments x ON x.appointment_id = a.id
    JOIN appointments b ON b.doctor_id = a.doctor_id AND b.id > a.id
    JOIN desk_appointments y ON y.appointment_id = b.id
    WHERE a.status IN ('pending', 'confirmed') AND b.status IN ('pending', 'confirmed')
      AND x.extra = 0 AND y.extra = 0 AND x.overlap_kept = 0 AND y.overlap_kept = 0
      AND x.starts_at < y.starts_at + INTERVAL y.minutes MINUTE
      AND y.starts_at < x.starts_at + INTERVAL x.minutes MINUTE
"""
CELLS_MISSING = """
    SELECT a.id, d.minutes, count(s.cell) AS cells
    FROM appointments a
    JOIN desk_appointments d ON d.appointment_id = a.id
    LEFT JOIN desk_slots s ON s.appointment_id = a.id AND s.resource_id = a.doctor_id
    WHERE a.status IN ('pending', 'confirmed') AND d.extra = 0 AND d.source = 'desk' AND d.starts_at > :after
    GROUP BY a.id, d.minutes
    HAVING cells * 5 <> d.minutes
"""
CELLS_LEFT_OVER = """
    SELECT DISTINCT s.appointment_id
    FROM desk_slots s
    LEFT JOIN appointments a ON a.id = s.appointment_id AND a.status <> 'cancelled'
    LEFT JOIN desk_holds h ON h.id = s.appointment_id
    WHERE s.appointment_id IS NOT NULL AND a.id IS NULL AND h.id IS NULL
"""


class Clinic:
    """Reads, and writes what the platform would write."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._engine = create_engine(url, poolclass=NullPool)

    def rows(self, statement: str, **values: Any) -> Sequence[Any]:
        with sql_allowed(), self._engine.connect() as connection:
            return connection.execute(text(statement), values).all()

    def count(self, statement: str, **values: Any) -> int:
        return int(self.rows(statement, **values)[0][0])

    def platform_books(self, user_id: str, doctor: str, moment: dt.datetime) -> str:
        """A row as the platform writes it: a day that carries any time, and the slot as text. Returns its id."""
        appointment_id = str(uuid.uuid4())
        with sql_allowed(), self._engine.begin() as connection:
            connection.execute(
                text(
                    "INSERT INTO appointments (id, patient_id, doctor_id, appointment_date, time_slot, visit_type,"
                    " symptoms, has_visited_before, status)"
                    " SELECT :id, :user_id, o.id, :day, :slot, 'offline', 'cough', 0, 'pending'"
                    " FROM doctors o JOIN users u ON u.id = o.user_id WHERE u.name = :doctor"
                ),
                {
                    "id": appointment_id,
                    "user_id": user_id,
                    "doctor": doctor,
                    "day": moment.replace(hour=12).astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M:%S"),
                    "slot": moment.strftime("%H:%M"),
                },
            )
        return appointment_id

    def strangers_of_today(self, day: dt.date, number: int) -> list[str]:
        """Names of known patients that only one person has and that nobody sees today."""
        found = self.rows(
            "SELECT u.name FROM users u WHERE u.role = 'patient' AND u.phone LIKE '199%' AND u.status = 'active'"
            " AND char_length(u.name) = 3 AND NOT EXISTS (SELECT 1 FROM patient_profiles p WHERE p.user_id = u.id)"
            " AND NOT EXISTS (SELECT 1 FROM desk_waitlist l WHERE l.user_id = u.id)"
            " AND NOT EXISTS (SELECT 1 FROM appointments a WHERE a.patient_id = u.id AND a.appointment_date"
            "   BETWEEN :day - INTERVAL 1 DAY AND :day + INTERVAL 14 DAY)"
            " GROUP BY u.name HAVING count(*) = 1 ORDER BY u.name LIMIT :number",
            day=day,
            number=number,
        )
        return [row[0] for row in found]
