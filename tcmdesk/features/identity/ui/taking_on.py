"""A number that a patient has: the patient may begin to work here, with the one account there can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tcmdesk.features.identity.service import accounts
from tcmdesk.features.identity.service import staff as service
from tcmdesk.features.identity.types import ROLE_LABELS
from tcmdesk.ui.components.banner import Action

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tcmdesk.core.actor import Role
    from tcmdesk.features.identity.types import NumberHolder
    from tcmdesk.ui.components.notice import Notice
    from tcmdesk.ui.context import UiContext


class TakingOn(QObject):
    """Offers it in the notice of a sheet. `taken_on` carries the account's id."""

    taken_on = Signal(str)

    def __init__(self, context: UiContext, notice: Notice, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._notice, self._ = context, notice, context.tr.gettext

    def look(self, phone: str, role: Role) -> None:
        """Ask whose the number is, and offer the role to a patient."""
        database, actor = self._context.database, self._context.actor

        def work() -> NumberHolder | None:
            return database.read(lambda connection: service.number_holder(connection, actor, phone))

        self._context.operation(self, work).on_done(lambda holder: self._offer(holder, role)).start()

    def _offer(self, holder: NumberHolder | None, role: Role) -> None:
        if holder is None or holder.works_here:
            return
        text = self._("This is the number of the patient {name}, who can work here with the same account.")
        word = self._("Take on as: {role}").format(role=self._(ROLE_LABELS[role]))
        action = Action(word, lambda: self._take_on(holder, role))
        self._notice.say(text.format(name=holder.name), "warn", (action,))

    def _take_on(self, holder: NumberHolder, role: Role) -> None:
        database, actor = self._context.database, self._context.actor

        def work() -> None:
            database.write(
                actor,
                "identity:staff:take_on",
                lambda uow: accounts.set_staff_role(uow, actor, holder.user_id, role),
                subject=holder.user_id,
            )

        operation = self._context.operation(self, work)
        operation.on_done(lambda _done: self.taken_on.emit(holder.user_id)).start()
