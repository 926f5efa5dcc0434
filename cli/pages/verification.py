"""The page about what was verified."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from cli import formats
from cli.pages import blocks
from cli.verification import Verification


def draw(answer: Verification) -> Iterator[RenderableType]:
    """What is wrong, document by document, then the sum."""
    for verdict in answer.verdicts:
        if not verdict.faults:
            continue
        yield blocks.text(f"{verdict.document_id}  {verdict.key or ''}".rstrip(), "bold")
        for fault in verdict.faults:
            yield blocks.text(f"  {fault}", "red")
    looked_at = (
        f"{formats.count(answer.documents, 'document')},"
        f" {formats.count(answer.records, 'record')} verified"
    )
    behind = f" ({answer.under_way} still being recorded)" if answer.under_way else ""
    broken = sum(bool(verdict.faults) for verdict in answer.verdicts)
    if broken:
        are = "trail does" if broken == 1 else "trails do"
        yield Text(f"{looked_at}{behind}: {broken} {are} not hold.", style="red bold")
    else:
        every = "the trail holds" if answer.documents == 1 else "every trail holds"
        yield Text(f"{looked_at}{behind}: {every}.", style="green")
