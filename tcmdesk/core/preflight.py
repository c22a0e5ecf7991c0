"""What must be true before Qt is loaded: Qt ends the process when a library or the display is missing.

Only the standard library is imported, so that `./dev` asks the same question with the system's Python before
anything is installed: ``python3 -m tcmdesk.core.preflight display`` or ``… packages``.

Library names were found by loader failures of PySide6 on a bare Debian 12.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

#: exit status of a program that lacks something of the system (EX_UNAVAILABLE of sysexits.h)
UNAVAILABLE: Final = 69

Libraries = dict[str, str]
WIDGETS: Final[Libraries] = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libbrotlidec.so.1": "libbrotli1",
}
X11: Final[Libraries] = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
MULTIMEDIA: Final[Libraries] = {
    "libpulse.so.0": "libpulse0",
    "libXrandr.so.2": "libxrandr2",
    "libXext.so.6": "libxext6",
    "libdrm.so.2": "libdrm2",
}
CHINESE_FONT_PACKAGE: Final = "fonts-noto-cjk"
_FONT_FOLDERS: Final = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
_CHINESE_FONTS: Final = (
    "*CJK*",
    "*SourceHan*",
    "*wqy-*",
    "*DroidSansFallback*",
    "*uming*",
    "*ukai*",
    "*simsun*",
    "*msyh*",
)


def problem(translate: Callable[[str], str] = str) -> str | None:
    """Why the desktop cannot start here, in the user's language and with the remedy; None when it can.

    Call it before the first PySide6 import. Costs a few file look-ups.
    """
    if not sys.platform.startswith("linux"):
        return None
    _ = translate
    platform = display_platform()
    if platform is None:
        return _(
            "There is no display: neither DISPLAY nor WAYLAND_DISPLAY is set. Start from a desktop session, or on a "
            "virtual one with “xvfb-run -a” before the command (package xvfb)."
        )
    packages = missing(WIDGETS | X11 if platform == "xcb" else WIDGETS)
    if packages:
        return _("System libraries are missing. Install them with: {command}").format(
            command=install_command(packages)
        )
    return None


def display_platform() -> str | None:
    """The Qt platform that the environment leads to, or None when there is no display at all."""
    chosen = os.environ.get("QT_QPA_PLATFORM", "").split(";")[0].split(":")[0]
    if chosen:
        return chosen
    if os.environ.get("WAYLAND_DISPLAY"):
        return "wayland"
    return "xcb" if os.environ.get("DISPLAY") else None


def missing(libraries: Libraries) -> list[str]:
    """The Debian packages of those libraries that cannot be loaded, in order."""
    return [package for library, package in libraries.items() if not _loadable(library)]


def has_chinese_font() -> bool:
    """Whether a font with Chinese characters is installed; without one every text is empty boxes."""
    folders = (Path(folder).expanduser() for folder in _FONT_FOLDERS)
    return any(next(folder.rglob(pattern), None) for folder in folders for pattern in _CHINESE_FONTS)


def install_command(packages: Iterable[str]) -> str:
    """What a person types to install Debian packages."""
    return f"sudo apt install {' '.join(packages)}"


def _loadable(library: str) -> bool:
    # looking is a hundred times cheaper than loading, and almost always enough
    machine = os.uname().machine
    folders = (f"/usr/lib/{machine}-linux-gnu", f"/lib/{machine}-linux-gnu", "/usr/lib64", "/usr/lib")
    if any(Path(folder, library).exists() for folder in folders):
        return True
    import ctypes

    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _main(question: str) -> int:
    if question == "display":
        if display_platform() is None and sys.platform.startswith("linux"):
            sys.stderr.write(f"{problem()}\n")
            return UNAVAILABLE
        return 0
    packages = missing(WIDGETS | X11 | MULTIMEDIA)
    if not has_chinese_font():
        packages.append(CHINESE_FONT_PACKAGE)
    sys.stdout.write("".join(f"{package}\n" for package in packages))
    return 0


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1]))
