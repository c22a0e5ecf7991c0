"""What a clerk does at a desk, by its keys; every step waits until the screen shows that it was taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.desk import Desk


@dataclass(frozen=True, slots=True)
class Clerk:
    """A person at a desk. `pictures` is a folder for what the screen looked like."""

    desk: Desk
    name: str
    pictures: Path

    def press(self, *keys: str) -> None:
        self.desk.do("keys", keys=list(keys))

    def write(self, text: str) -> None:
        self.desk.do("write", text=text)

    def wait(self, what: str, condition: Any) -> float:
        return self.desk.wait(lambda _desk: condition(), what)

    def see(self, text: str) -> float:
        """Wait until a label says it."""
        return self.wait(f"“{text}”", lambda: self.desk.says(text))

    def picture(self, step: str) -> None:
        self.desk.do("grab", path=str(self.pictures / f"{step}-{self.name}.png"))

    def go(self, key: str, focused: str) -> None:
        """Open a screen by its key; what has the keyboard there is named."""
        self.press(key)
        self.wait(f"the keyboard at {focused}", lambda: focused in self.desk.do("focused"))

    def find(self, patient: str) -> None:
        """Ctrl K, a name, Enter: the person's card of today is in hand."""
        self.press("Ctrl+K")
        self.see("Actions only")
        self.write(patient)
        self.press("Return")
        self.wait(f"{patient}'s card in hand", lambda: patient in self.desk.do("chosen"))

    def _offers(self, patient: str) -> bool:
        return any(patient in item for item in self.desk.do("near"))

    def _begin_walk_in(self, patient: str) -> None:
        self.press("W")
        self.see("Walk-in")
        self.wait("the field", lambda: self.desk.do("focused").endswith("Patient"))
        self.write(patient)

    def _take_ticket(self) -> None:
        self.press("Return")
        self.wait("the ticket", lambda: self.desk.do("window") == "PreviewDialog")
        self.press("Esc")
        self.wait("the board", lambda: self.desk.do("window") == "MainWindow")

    def walk_in(self, patient: str) -> None:
        """Somebody known."""
        self._begin_walk_in(patient)
        self.wait(f"{patient} among the matches", lambda: self._offers(patient))
        self.press("Return")
        self.see("The ticket is printed at once")
        self._take_ticket()

    def walk_in_new(self, patient: str, age: str, phone: str = "") -> None:
        """Somebody who was never here, perhaps without a telephone."""
        self._begin_walk_in(patient)
        self.press("Ctrl+N")
        self._fill_in(age, phone)
        self.see("The ticket is printed at once" if phone else "No phone: nobody is notified")
        self._take_ticket()

    def walk_in_child(self, parent: str, child: str, age: str) -> None:
        """A child that the parent's account does not have yet."""
        self._begin_walk_in(parent)
        self.wait(f"{parent} among the matches", lambda: self._offers(parent))
        self.press("Return")
        self.wait("the family", lambda: self.desk.do("offers", name="New member"))
        self.press("Alt+2")
        self.wait("the new member's form", lambda: self.desk.do("focused").endswith("Name"))
        self.write(child)
        self.press("Tab", "Tab")
        self._fill_in(age, "")
        self._take_ticket()

    def _fill_in(self, age: str, phone: str) -> None:
        self.wait("the birthday's field", lambda: self.desk.do("focused").endswith("Birthday or age"))
        self.write(age)
        if phone:
            self.press("Tab")
            self.write(phone)
        self.press("Return")
        self.wait("the search again", lambda: self.desk.do("focused").endswith("Patient"))

    def book(self, patient: str) -> None:
        """Somebody on the telephone: the next opening, or the one after when others were faster."""
        self.press("N")
        self.wait("the field", lambda: self.desk.do("focused").endswith("Patient"))
        self.write(patient)
        self.wait(f"{patient} among the matches", lambda: self._offers(patient))
        self.press("Return")
        self.see("Notified as the patient has set it")
        self.press("Return")
        booked, taken = f"{patient} is booked", "has just been taken"
        self.wait("an answer", lambda: self.desk.says(booked) or self.desk.says(taken))
        if not self.desk.says(booked):
            self.press("Alt+Right", "Return")
            self.see(booked)
        self.wait("the new card in hand", lambda: patient in self.desk.do("chosen"))

    def free_times(self) -> list[str]:
        """What the board says of its free cells: ``10:30 name, free``."""
        return [text.removesuffix(", free") for text in self.desk.do("items") if text.endswith(", free")]
