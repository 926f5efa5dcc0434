"""Pages about what was submitted."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from rich.console import RenderableType
from rich.text import Text

from cli import formats
from cli.outcomes import Submission, SubmittedBatch
from cli.pages import blocks
from cli.uploads import Uploaded
from lambdas.summarise import report

_MOST_KEYS = 20


def draw_submission(answer: Submission, *, waited: bool) -> Iterator[RenderableType]:
    """Each upload with its document id, and with its decision once it was waited for."""
    yield from draw_uploads(answer.documents)
    if not waited:
        return
    decisions = blocks.table(
        "Route", "Key", "Class", "Took", "Reasons", right=("Took",), whole=("Route", "Class")
    )
    for document in answer.documents:
        if document.document_id is None:
            continue
        took = timedelta(seconds=document.seconds) if document.seconds is not None else None
        decisions.add_row(
            blocks.route(document.route),
            blocks.text(document.key),
            document.document_class or "-",
            formats.duration(took) if took is not None else "-",
            blocks.reasons(document.reasons),
        )
    yield decisions
    if answer.undecided:
        count = formats.count(answer.undecided, "document")
        yield Text(
            f"{count} not decided in time: see `intray where ID`, `intray status` and"
            " `intray queue dead-letters`.",
            style="yellow",
        )


def draw_uploads(uploads: Sequence[Uploaded]) -> Iterator[RenderableType]:
    """Key and document id, a line each, or why it was not uploaded."""
    for upload in uploads:
        if upload.error:
            yield Text.assemble(blocks.text(upload.file), ": ", blocks.text(upload.error, "red"))
        else:
            key = blocks.text(upload.key)
            yield Text.assemble(key, " → ", (upload.document_id or "", "bold"), overflow="fold")


def draw_batch(answer: SubmittedBatch) -> Iterator[RenderableType]:
    """The uploads if they are few, then the report as the summary tells it."""
    failed = [upload for upload in answer.documents if upload.error]
    few = len(answer.documents) <= _MOST_KEYS and answer.report is None
    yield from draw_uploads(answer.documents if few else failed)
    if not answer.started:
        return
    done = len(answer.documents) - len(failed)
    yield blocks.text(
        f"Batch {answer.batch_id}: {formats.count(done, 'document')} in s3://{answer.bucket}"
    )
    if answer.report:
        yield Text("")
        yield _join_lines(report.text(answer.report))
        yield Text("")
        yield blocks.text(f"Report: {answer.report_uri}", "dim")


def _join_lines(lines: str) -> Text:
    """Lines of a report, each safe to print."""
    return Text("\n").join(blocks.text(line) for line in lines.splitlines())
