"""The command line: which command, in which language, and what its errors look like.

A command is a module with ``register(subparsers)``, which sets ``run(args, translator) -> int``. Only the module
of the command that is asked for is imported; without a command the application starts.
"""

from __future__ import annotations

import logging
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Final, cast

from tcmdesk.cli import application
from tcmdesk.core import i18n, log
from tcmdesk.core.config import ConfigFile
from tcmdesk.core.errors import TranslatableError, Unavailable
from tcmdesk.core.i18n import N_
from tcmdesk.core.incidents import number_of
from tcmdesk.version import VERSION

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from types import SimpleNamespace

    from tcmdesk.core.i18n import Translator

COMMANDS: Final = {
    "db": "tcmdesk.cli.db",
    "demo": "tcmdesk.cli.demo.command",
    "admin": "tcmdesk.cli.admin",
    "audit": "tcmdesk.cli.audit",
    "rx": "tcmdesk.cli.rx",
    "herbs": "tcmdesk.cli.herbs",
    "shots": "tcmdesk.cli.shots",
    "gallery": "tcmdesk.cli.gallery",
    "gateway": "tcmdesk.cli.gateway",
}

REFUSED: Final = 2
UNAVAILABLE: Final = 69
FAULT: Final = 70
INTERRUPTED: Final = 130
READER_GONE: Final = 141


def run(arguments: Sequence[str]) -> int:
    """Run one command; every error becomes one line on stderr and an exit code.

    2: the request cannot be carried out as it stands; 69: something it needs is away; 70: a fault of the program;
    141: whoever reads the output has gone.
    """
    tr = i18n.translator(_language(arguments))
    args = _parse(arguments, tr)
    log.start()
    try:
        code = cast("int", args.run(args, tr))
        if sys.stdout is not None:
            # a reader that went away is noticed here, not when the interpreter ends
            sys.stdout.flush()
        return code
    except TranslatableError as error:
        print(f"tcmdesk: {error.text(tr)}", file=sys.stderr)
        return UNAVAILABLE if isinstance(error, Unavailable) else REFUSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _drop_output()
        return READER_GONE
    except Exception as error:  # noqa: BLE001  (the last door: written down, and named by its number)
        number = number_of(error)
        text = tr.gettext(
            N_("Something went wrong in the program. The log has it under the number {number}.")
        )
        print(f"tcmdesk: {text.format(number=number)}", file=sys.stderr)
        return FAULT
    finally:
        logging.shutdown()


def _drop_output() -> None:
    """Let what is still to be written vanish: ``… | head`` has read all it wants."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.stdout.fileno())
    os.close(null)


def _language(arguments: Sequence[str]) -> str:
    # before parsing, because the parser speaks it
    for at, word in enumerate(arguments):
        name, _, value = word.partition("=")
        if name == "--lang":
            wanted = value or (arguments[at + 1] if at + 1 < len(arguments) else "")
            if wanted in i18n.LANGUAGES:
                return wanted
    return ConfigFile().config.language


def _parse(arguments: Sequence[str], tr: Translator) -> argparse.Namespace | SimpleNamespace:
    if not arguments:
        # the way the desktop starts it, without the cost of a parser
        return application.defaults()
    return _parser(arguments, tr).parse_args(arguments)


def _parser(arguments: Sequence[str], tr: Translator) -> argparse.ArgumentParser:
    import argparse

    parser = argparse.ArgumentParser(
        "tcmdesk", description=N_("Desktop application for Chinese-medicine clinics.")
    )
    parser.add_argument("--version", action="version", version=f"tcmdesk {VERSION}")
    named = next((word for word in arguments if word in COMMANDS), None)
    asks_for_help = any(word in {"-h", "--help"} for word in arguments)
    application.add_arguments(parser)
    if named or asks_for_help:
        subparsers = parser.add_subparsers(metavar=N_("COMMAND"), title=N_("commands"))
        for name, module in COMMANDS.items():
            if name == named or named is None:
                import_module(module).register(subparsers)
    _translate(parser, tr)
    return parser


def _translate(parser: argparse.ArgumentParser, tr: Translator) -> None:
    import argparse

    parser.description = parser.description and tr.gettext(parser.description)
    parser.epilog = parser.epilog and tr.gettext(parser.epilog)
    for group in parser._action_groups:  # noqa: SLF001  (argparse has no public way to its groups)
        group.title = group.title and tr.gettext(group.title)
    for action in parser._actions:  # noqa: SLF001
        if action.help and action.help is not argparse.SUPPRESS:
            action.help = tr.gettext(action.help)
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            for entry in action._choices_actions:  # noqa: SLF001
                entry.help = entry.help and tr.gettext(entry.help)
            for child in dict.fromkeys(action.choices.values()):
                _translate(child, tr)
