"""`python -m local`: AWS on this machine."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from local import endpoint
from local.announcement import announce


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m local", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, text in (
        ("up", "start the endpoint"),
        ("down", "stop it and wait until it is gone"),
        ("status", "say where it is"),
    ):
        command = commands.add_parser(name, help=text)
        command.add_argument("--state-dir", type=Path, default=Path(".local"), metavar="DIR")
        if name == "up":
            _add_up_options(command)
    options = parser.parse_args(arguments)
    options.state_dir = options.state_dir.resolve()
    commands_by_name = {"up": _up, "down": _down, "status": _status}
    return commands_by_name[options.command](options)


def _add_up_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--port", type=int, default=4566, help="a free one is taken if it is not")
    command.add_argument("--region", default="us-east-1")
    command.add_argument("--no-textract", action="store_true", help="start no local Textract")
    command.add_argument("--textract-argument", action="append", default=[], metavar="ARG")
    command.add_argument(
        "--code", type=Path, default=Path.cwd(), help="where image functions run from"
    )
    command.add_argument("--detach", action="store_true", help="return once it is ready")
    command.add_argument("--quiet", action="store_true")
    command.add_argument(
        "--until-parent-ends", action="store_true", help="stop when the starting process is gone"
    )


def _up(options: argparse.Namespace) -> int:
    state = endpoint.find(options.state_dir)
    if state:
        print(f"already running: {state.endpoint} (pid {state.pid})", file=sys.stderr)
        return 1
    if options.detach:
        state = endpoint.start(
            options.state_dir,
            port=options.port,
            code=options.code.resolve(),
            textract=not options.no_textract,
            textract_arguments=options.textract_argument,
        )
        print(announce(state))
        return 0
    # Imported here: `down` and `status` need none of it.
    from local.supervisor import Options, serve  # noqa: PLC0415

    serve(
        Options(
            state_directory=options.state_dir,
            code=options.code.resolve(),
            port=options.port,
            region=options.region,
            with_textract=not options.no_textract,
            textract_arguments=tuple(options.textract_argument),
            quiet=options.quiet,
            until_parent_ends=options.until_parent_ends,
        )
    )
    return 0


def _down(options: argparse.Namespace) -> int:
    state = endpoint.find(options.state_dir)
    if state is None:
        print("not running")
        return 0
    endpoint.stop(state)
    print(f"stopped {state.endpoint}")
    return 0


def _status(options: argparse.Namespace) -> int:
    state = endpoint.find(options.state_dir)
    if state is None:
        print("not running")
        return 1
    print(announce(state))
    return 0


if __name__ == "__main__":
    sys.exit(main())
