"""Language, light or dark, and size: chosen anywhere, in force everywhere, remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator, Signal
from PySide6.QtWidgets import QApplication

from tcmdesk.core.i18n import Translator, translator
from tcmdesk.ui.theme.current import apply
from tcmdesk.ui.theme.theme import Theme

if TYPE_CHECKING:
    from tcmdesk.app.launch import Launch
    from tcmdesk.core.config import ConfigFile


class Look(QObject):
    """The look in force.

    `language_changed` asks windows to say everything anew; colours and sizes reach every widget by Qt itself.
    """

    language_changed = Signal()
    theme_changed = Signal()

    def __init__(self, settings: ConfigFile, launch: Launch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        config = settings.config
        self.theme = Theme(
            mode="dark" if (launch.mode or config.mode) == "dark" else "light",
            language="en" if (launch.language or config.language) == "en" else "zh_CN",
            scale=launch.scale or config.scale,
            motion=config.motion,
        )
        self._qt_translator: QTranslator | None = None
        self._put_in_force()

    @property
    def tr(self) -> Translator:
        """The translator of the language in force."""
        return translator(self.theme.language)

    def set_mode(self, mode: str) -> None:
        """``light`` or ``dark``."""
        self._change(mode=mode)

    def set_scale(self, scale: float) -> None:
        """1.0, 1.15 or 1.3."""
        self._change(scale=scale)

    def set_motion(self, motion: bool) -> None:
        """Whether panels may slide."""
        self._change(motion=motion)

    def set_language(self, language: str) -> None:
        """``zh_CN`` or ``en``."""
        if language == self.theme.language:
            return
        self._change(language=language)
        self.install_qt_words()
        self.language_changed.emit()

    def _change(self, **fields: Any) -> None:
        self.theme = self.theme.with_(**fields)
        self._settings.change(**fields)
        self._put_in_force()
        self.theme_changed.emit()

    def _put_in_force(self) -> None:
        apply(_qt(), self.theme)

    def install_qt_words(self) -> None:
        """The words of Qt's own menus, such as a text field's; called once the first window is shown."""
        if self._qt_translator is not None:
            _qt().removeTranslator(self._qt_translator)
            self._qt_translator = None
        QLocale.setDefault(QLocale(self.theme.language))
        if self.theme.language == "en":
            return
        words = QTranslator(self)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if words.load(f"qtbase_{self.theme.language}", folder):
            _qt().installTranslator(words)
            self._qt_translator = words


def _qt() -> QApplication:
    return cast("QApplication", QApplication.instance())
