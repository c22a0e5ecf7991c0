"""What is saved once is saved once, however often it is asked for."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, select

from tcmdesk.core.errors import Unavailable
from tcmdesk.features.identity.models import Department
from tcmdesk.features.schedules.ui.form_sheet import FormSheet
from tcmdesk.ui.components.inputs import TextInput
from tests.support.sql import sql_allowed


class NameSheet(FormSheet):
    """Enters a department; its first answer is lost on the way."""

    def __init__(self, context):
        super().__init__(context, "Department")
        self.name = TextInput(parent=self)
        self.add_row(("name", "Name", self.name, 1))
        self.answers_lost = 1
        self.start_theming()

    def fill(self, row):
        self.name.setText(row)

    def row(self):
        return self.name.text()

    def write(self, row, op_id, *, keep):
        code = f"{row}-{op_id}"[:20]
        self.context.database.write(
            self.context.actor,
            "test",
            lambda uow: uow.execute(insert(Department).values(id=op_id, name=row, code=code)),
            op_id=op_id,
        )
        if self.answers_lost:
            self.answers_lost -= 1
            raise Unavailable("database.away", "The database cannot be reached.")


@pytest.fixture
def sheet(workplace):
    made = NameSheet(workplace.context)
    made.begin("1", "Moxa", "Department")
    workplace.place(made)
    made.submit()
    workplace.until(made.save.isEnabled)
    return made


def names(workplace):
    with sql_allowed():
        return workplace.context.database.read(
            lambda connection: list(connection.scalars(select(Department.name)))
        )


def test_the_same_wish_again_is_the_same_operation(workplace, sheet, qtbot):
    with qtbot.waitSignal(sheet.saved):
        sheet.submit()
    assert names(workplace) == ["Moxa"]


def test_another_wish_is_another_operation(workplace, sheet, qtbot):
    sheet.name.setText("Needling")
    with qtbot.waitSignal(sheet.saved):
        sheet.submit()
    assert sorted(names(workplace)) == ["Moxa", "Needling"]
