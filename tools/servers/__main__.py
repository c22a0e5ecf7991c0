"""`python -m tools.servers get|start …`: database servers for tests and for trying things out by hand."""

from __future__ import annotations

import argparse
import signal
import sys

from tools.servers.flavours import FLAVOURS
from tools.servers.obtain import ServerUnavailableError, obtain
from tools.servers.server import Server

_ENDS = {signal.SIGINT, signal.SIGTERM}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.servers", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    get = commands.add_parser("get", help="unpack a server into the cache")
    start = commands.add_parser("start", help="start one and print its address; it ends with Ctrl+C")
    start.add_argument("--port", type=int, help="default: a free one")
    start.add_argument("--durable", action="store_true", help="acknowledged commits survive a kill")
    start.add_argument("--detach", action="store_true", help="leave it running and print its process id too")
    for command in (get, start):
        command.add_argument("flavour", choices=sorted(FLAVOURS))
    arguments = parser.parse_args()
    flavour = FLAVOURS[arguments.flavour]
    try:
        if arguments.command == "get":
            print(obtain(flavour))
            return 0
        server = Server(flavour, port=arguments.port, durable=arguments.durable, detached=arguments.detach)
        server.start()
    except ServerUnavailableError as error:
        print(error, file=sys.stderr)
        return 69
    print(server.url(), flush=True)
    if arguments.detach:
        print(server.pid)
        return 0
    # only now: the server process would inherit the blocked signals
    signal.pthread_sigmask(signal.SIG_BLOCK, _ENDS)
    signal.sigwait(_ENDS)
    server.remove()
    return 0


if __name__ == "__main__":
    sys.exit(main())
