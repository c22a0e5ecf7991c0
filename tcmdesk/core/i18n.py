"""Languages: one gettext catalogue for screens, services and the gateway.

Msgids are English. A translator is an object that is handed on, never a global, because the gateway
speaks to two people in two languages at once. Constants are marked with `N_` and translated where used.
"""

from __future__ import annotations

import gettext
import locale
import os
from functools import cache
from typing import TYPE_CHECKING, Final

from tcmdesk.core import paths

if TYPE_CHECKING:
    import datetime as dt

DOMAIN: Final = "tcmdesk"
LANGUAGES: Final = ("zh_CN", "en")


def N_(message: str) -> str:  # noqa: N802  (gettext's conventional name, which the extractor looks for)
    """Mark a constant for translation without translating it."""
    return message


WEEKDAYS: Final = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
MONTHS: Final = (
    N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"),
    N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec"),
)  # fmt: skip


class Translator:
    """Texts and dates in one language."""

    def __init__(self, language: str) -> None:
        if language not in LANGUAGES:
            raise ValueError(f"no catalogue for {language!r}; there is {', '.join(LANGUAGES)}")
        self.language = language
        self._catalogue: gettext.NullTranslations = (
            gettext.NullTranslations()
            if language == "en"
            else gettext.translation(DOMAIN, paths.resources() / "locale", [language])
        )

    @property
    def chinese(self) -> bool:
        return self.language == "zh_CN"

    def gettext(self, message: str) -> str:
        return self._catalogue.gettext(message)

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        return self._catalogue.ngettext(singular, plural, count)

    def pgettext(self, context: str, message: str) -> str:
        return self._catalogue.pgettext(context, message)

    __call__ = gettext

    def weekday(self, day: dt.date) -> str:
        """``周二`` or ``Tue``."""
        return self.gettext(WEEKDAYS[day.weekday()])

    def date(self, day: dt.date, *, weekday: bool = False, year: bool = False) -> str:
        """``11月24日 周二`` or ``Tue 24 Nov``, with the year when asked for."""
        if self.chinese:
            text = f"{day.year}年{day.month}月{day.day}日" if year else f"{day.month}月{day.day}日"
            return f"{text} {self.weekday(day)}" if weekday else text
        text = f"{day.day} {MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")
        return f"{self.weekday(day)} {text}" if weekday else text

    def time(self, moment: dt.datetime | dt.time) -> str:
        """``09:05``, of a value that is already in the clinic's zone."""
        return moment.strftime("%H:%M")


@cache
def translator(language: str) -> Translator:
    """The translator of a language; loaded once."""
    return Translator(language)


def system_language() -> str:
    """The language of the computer: Chinese unless it says otherwise."""
    named = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    if not named or named.split(".")[0] in {"C", "POSIX"}:
        named = locale.getlocale()[0] or ""
    return "en" if named[:2].lower() == "en" else "zh_CN"
