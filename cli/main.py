"""The `intray` command.

Exit status: 0 the answer is good, 1 it is not, 2 wrong usage, 3 the stack cannot be asked.
"""

import click

from cli.commands.audit import audit
from cli.commands.batch import batch
from cli.commands.models import models
from cli.commands.queue import queue
from cli.commands.status import status
from cli.commands.submit import submit
from cli.commands.where import where
from cli.options import takes_target


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit status: 0 the answer is good, 1 it is not, 2 wrong usage,"
    " 3 the stack cannot be asked.",
)
@takes_target
def intray(**_target: str | None) -> None:
    """Submit documents, and ask what became of them.

    The stack is the one that Terraform made in the given workspace.
    """


for _command in (submit, batch, where, audit, queue, status, models):
    intray.add_command(_command)


def main() -> None:
    """Runs the command and ends the process with its status."""
    intray(prog_name="intray")


if __name__ == "__main__":
    main()
