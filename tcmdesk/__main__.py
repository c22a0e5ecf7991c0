"""``python -m tcmdesk``, the `tcmdesk` command and the frozen program start here."""

from __future__ import annotations

import sys


def main(arguments: list[str] | None = None) -> int:
    """Run a command, or the application when none is named. Returns the exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    if "--version" in given[:1]:
        from tcmdesk import version

        print(f"tcmdesk {version.VERSION}")  # noqa: T201  (answered before anything is loaded)
        return 0
    if "--media-process" in given[:1]:
        # in the frozen program this is how a second process of another kind is started: nothing else may be loaded
        from tcmdesk.media.process.main import run as serve

        exit_code: int = serve(given[1:])
        return exit_code
    from tcmdesk.cli.main import run

    return run(given)


if __name__ == "__main__":
    sys.exit(main())
