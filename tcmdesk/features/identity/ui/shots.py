"""The states of the administrators' screen that pictures are taken of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QApplication

from tcmdesk.core.actor import Role
from tcmdesk.features.identity.ui.change_password import ChangePasswordDialog
from tcmdesk.ui.scenes import Scene

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tcmdesk.features.identity.ui.staff_screen import StaffScreen
    from tcmdesk.ui.scenes import Stage

LONG_NAME: Final = "阿依古丽·买买提江·努尔艾合买提"


def _open(stage: Stage, show: str = "staff") -> StaffScreen:
    screen = stage.open("staff", show=show)
    stage.settle()
    return screen


def _staff(stage: Stage) -> None:
    _open(stage)


def _found(stage: Stage) -> None:
    _open(stage)
    stage.keys("Ctrl+F")
    stage.write("lin")


def _not_found(stage: Stage) -> None:
    _open(stage)
    stage.keys("Ctrl+F")
    stage.write("zzz")


def _edit(stage: Stage) -> None:
    screen = _open(stage)
    screen.directory.choose(_id_of(screen, "方芸"))
    stage.keys("Return")


def _new(stage: Stage) -> None:
    screen = _open(stage)
    stage.keys("N")
    # what is thrown by dice would make each picture differ
    screen.staff_sheet.password.setText("made3up4wd")
    stage.write("路遥知")


def _conflict(stage: Stage) -> None:
    screen = _open(stage)
    screen.directory.choose(_id_of(screen, "方芸"))
    stage.keys("Return")
    sheet = screen.staff_sheet
    sheet.name.setText("方云")
    theirs = replace(sheet.before, name="方芸儿", role=Role.PHARMACIST)
    sheet.show_theirs(
        stage.context.tr.gettext("Changed by someone else while you were editing. Nothing was overwritten."),
        theirs,
        sheet.form(),
    )


def _doctors(stage: Stage) -> None:
    _open(stage, "doctors")


def _doctor(stage: Stage) -> None:
    screen = _open(stage, "doctors")
    screen.directory.choose(_id_of(screen, "陈景和"))
    stage.keys("Return")


def _departments(stage: Stage) -> None:
    _open(stage, "departments")


def _department(stage: Stage) -> None:
    screen = _open(stage, "departments")
    screen.directory.choose_first()
    stage.keys("Return")


def _empty(stage: Stage) -> None:
    _open(stage, "departments").directory.show_rows(())


def _long_names(stage: Stage) -> None:
    screen = _open(stage)
    directory = screen.directory
    directory.show_rows(
        tuple(
            replace(
                row, fields=replace(row.fields, name=LONG_NAME, account=f"{row.fields.account}.of.clinic")
            )
            for row in directory.rows
        )
    )


def _change_password(stage: Stage) -> QWidget | None:
    _open(stage)
    dialog = ChangePasswordDialog(stage.context, stage.window)
    dialog.open()
    dialog.old.setText("made-up-word")
    dialog.new.setText("一句很长的话可以当作密码用")
    dialog.new.textEdited.emit(dialog.new.text())
    QApplication.processEvents()
    return None


def _id_of(screen: StaffScreen, name: str) -> str:
    rows = screen.directory.rows
    return next(row.user_id for row in rows if getattr(row, "fields", row).name == name)


SCENES: Final = (
    Scene("staff", _staff, Role.ADMIN),
    Scene("staff-found", _found, Role.ADMIN),
    Scene("staff-nobody-found", _not_found, Role.ADMIN),
    Scene("staff-edit", _edit, Role.ADMIN),
    Scene("staff-new", _new, Role.ADMIN),
    Scene("staff-two-versions", _conflict, Role.ADMIN),
    Scene("staff-long-names", _long_names, Role.ADMIN),
    Scene("doctors", _doctors, Role.ADMIN),
    Scene("doctor-edit", _doctor, Role.ADMIN),
    Scene("departments", _departments, Role.ADMIN),
    Scene("department-edit", _department, Role.ADMIN),
    Scene("departments-empty", _empty, Role.ADMIN),
    Scene("change-password", _change_password, Role.ADMIN),
)
