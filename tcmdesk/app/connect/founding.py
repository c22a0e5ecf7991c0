"""Makes a clinic in a file on this computer. Headless and blocking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tcmdesk.core.actor import System
from tcmdesk.core.ids import uuid7

if TYPE_CHECKING:
    from pathlib import Path

    from tcmdesk.app.connect.own_page import OwnClinic
    from tcmdesk.core.db.unit_of_work import UnitOfWork

ACTOR: Final = System("founding")
FILE_NAME: Final = "clinic.db"


def found(folder: Path, wanted: OwnClinic, *, workstation: str) -> str:
    """Make the database, name the clinic and register its administrator; returns the address.

    A founding that was refused half-way (a password too short) can be done again.

    Raises:
        UserError: a field does not do; `field` names it where one is to blame.
        Unavailable: the file cannot be written.
    """
    from tcmdesk.core.db.database import Database
    from tcmdesk.core.db.schema.upgrade import upgrade
    from tcmdesk.features.identity.service import accounts, passwords
    from tcmdesk.features.identity.types import NewAdmin
    from tcmdesk.features.settings import service as settings
    from tcmdesk.features.settings.types import DEFAULT_HOURS, Clinic

    password_hash = passwords.hash_password(wanted.password)
    url = f"sqlite:///{folder / FILE_NAME}"
    upgrade(url)
    admin = NewAdmin(user_id=uuid7(), account=wanted.account, name=wanted.name, phone=wanted.phone)
    agreed = Clinic(wanted.clinic, settings.zone_of(None), DEFAULT_HOURS)

    def write(unit: UnitOfWork) -> None:
        settings.save_clinic(unit, ACTOR, agreed)
        accounts.create_admin(unit, ACTOR, admin, password_hash)

    database = Database(url, workstation=workstation)
    try:
        database.write(ACTOR, "clinic:founding:write", write, subject=admin.user_id)
    finally:
        database.close()
    return url
