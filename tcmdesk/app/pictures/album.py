"""Takes every picture and looks for text that was cut."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QDialog

from tcmdesk.app.gallery import full_gallery
from tcmdesk.app.menus import ROLE_LABELS
from tcmdesk.app.pictures.first_windows import CLINIC, WINDOWS
from tcmdesk.app.pictures.stage import PictureStage
from tcmdesk.core.actor import Role
from tcmdesk.core.registry import load_features
from tcmdesk.ui.clipping import find_clipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from tcmdesk.app.look import Look
    from tcmdesk.app.preparing import Prepared
    from tcmdesk.core.actor import Staff
    from tcmdesk.core.clock import Clock
    from tcmdesk.ui.clipping import Clip
    from tcmdesk.ui.scenes import Scene


@dataclass
class Album:
    """Pictures of one look. `taken` lists the files, `clipped` what was cut in which picture."""

    folder: Path
    look: Look
    clock: Clock
    size: QSize
    only: Sequence[str] = ()
    taken: list[Path] = field(default_factory=list)
    clipped: list[tuple[str, Clip]] = field(default_factory=list)

    def take_all(self, prepared: Prepared, actor_of: Callable[[Role], Staff]) -> None:
        """Every window, every registered screen and every scene of the features, each by somebody of its role."""
        self.folder.mkdir(parents=True, exist_ok=True)
        QApplication.setCursorFlashTime(0)
        today = self.clock.now().astimezone(prepared.zone).date()
        for name, make in WINDOWS.items():
            self._take_window(name, lambda make=make: make(self.look.tr, today))
        self._take_window("gallery", self._gallery)
        self._take_scene("key-overview", prepared, actor_of(Role.FRONT_DESK), _key_overview)
        self._take_scene("locked", prepared, actor_of(Role.FRONT_DESK), _locked)
        for scene in scenes():
            self._take_scene(scene.name, prepared, actor_of(scene.role), scene.play)
        for screen in self._screens_without_scene():
            self._take_scene(
                _file_name(screen),
                prepared,
                actor_of(Role.ADMIN),
                lambda stage, name=screen: _open(stage, name),
            )

    def _screens_without_scene(self) -> list[str]:
        taken = {path.stem for path in self.taken}
        screens = [spec.name for feature in load_features() for spec in feature.screens]
        return [name for name in screens if _file_name(name) not in taken]

    def _wanted(self, name: str) -> bool:
        return not self.only or name in self.only

    def _gallery(self) -> QWidget:
        gallery = full_gallery(self.look.tr)
        gallery.resize(self.size)
        return gallery

    def _take_window(self, name: str, make: Callable[[], QWidget]) -> None:
        if not self._wanted(name):
            return
        window = make()
        window.show()
        QApplication.processEvents()
        self._take(name, window)
        window.hide()
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _take_scene(
        self, name: str, prepared: Prepared, actor: Staff, play: Callable[[PictureStage], QWidget | None]
    ) -> None:
        if not self._wanted(name):
            return
        stage = PictureStage(prepared, actor, self.look, self.clock, self.size)
        try:
            subject = play(stage)
            stage.settle()
            self._take(name, subject or stage.window)
        finally:
            stage.strike()

    def _take(self, name: str, window: QWidget) -> None:
        path = self.folder / f"{name}.png"
        picture, dialogs = window.grab(), _dialogs_over(window)
        painter = QPainter(picture)
        for dialog in dialogs:
            painter.drawPixmap(_place(dialog, window), dialog.grab())
        painter.end()
        if not picture.save(str(path)):
            raise OSError(f"cannot write {path}")
        self.taken.append(path)
        self.clipped += [(name, clip) for shown in (window, *dialogs) for clip in find_clipped(shown)]
        sys.stderr.write(f"{path}\n")


def scenes() -> Iterator[Scene]:
    """The scenes of every feature; `ValueError` when two have one name."""
    seen: set[str] = set()
    for feature in load_features():
        if feature.shots is None:
            continue
        module, _, attribute = feature.shots.partition(":")
        for scene in getattr(import_module(module), attribute):
            if scene.name in seen:
                raise ValueError(f"two scenes are named {scene.name}")
            seen.add(scene.name)
            yield scene


def _dialogs_over(window: QWidget) -> list[QDialog]:
    # windows of their own, so that the picture of their parent lacks them
    return [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]


def _place(dialog: QDialog, window: QWidget) -> QPoint:
    return window.mapFromGlobal(dialog.mapToGlobal(dialog.rect().topLeft()))


def _file_name(screen: str) -> str:
    return screen.replace("_", "-")


def _open(stage: PictureStage, screen: str) -> QWidget | None:
    stage.open(screen)
    return None


def _locked(stage: PictureStage) -> QWidget | None:
    from tcmdesk.app.lock.cover import LockCover

    context = stage.context
    role = context.tr.gettext(ROLE_LABELS[context.actor.role])
    today = context.clock.now().astimezone(context.zone).date()
    cover = LockCover(stage.window, context.tr, name=context.actor.name, role=role, clinic=CLINIC, day=today)
    cover.put_on()
    return None


def _key_overview(stage: PictureStage) -> QWidget | None:
    first = stage.window.first_screen
    if first is not None:
        stage.open(first)
    stage.window.show_overview()
    return None
