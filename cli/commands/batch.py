"""`intray batch`."""

import sys
from pathlib import Path

import click

from cli.batch_run import BatchFailedError, BatchRun
from cli.commands.submit import upload
from cli.connection import Connection
from cli.failures import NotGoodError
from cli.lookup import ABSENT_VERSION
from cli.named_batch import BatchPlan, plan_batch
from cli.options import asks_stack, takes_patience
from cli.outcomes import SubmittedBatch
from cli.pages.submission import draw_batch
from cli.screen import Screen
from cli.uploads import Uploaded
from cli.waiting import Patience
from lambdas.shared import batches
from lambdas.shared.identity import document_id
from lambdas.summarise.report import Report


@click.command()
@click.argument(
    "directory", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR"
)
@click.option("--name", required=True, help="The batch's name, used once: letters, digits, - _.")
@takes_patience("the batch's report is written")
@asks_stack
def batch(
    connection: Connection, screen: Screen, directory: Path, name: str, patience: Patience | None
) -> None:
    """Upload a directory as one named batch, and start it.

    A manifest.json in DIR says which documents belong to it, {"documents": ["a.pdf", …]}; those
    that are absent are reported as missing. Without one, every file below DIR belongs to it.
    """
    try:
        plan = plan_batch(directory, name, max_bytes=connection.stack.max_bytes)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    run = _find_run(connection, name)
    if run.is_started():
        raise NotGoodError(f"Batch {name} was started before: give this one another name.")
    _warn(screen, plan)
    uploaded = upload(connection, screen, plan.uploads)
    failed = any(each.error for each in uploaded)
    if failed:
        screen.warn("the batch was not started, for not every file was uploaded; run it again")
        version_id, report = None, None
    else:
        version_id = _put_manifest(connection, plan)
        report = _wait(
            connection,
            screen,
            plan=plan,
            run=run,
            uploaded=uploaded,
            manifest_version_id=version_id,
            patience=patience,
        )
    pointer = batches.report_pointer(connection.stack.decisions_bucket, name)
    answer = SubmittedBatch(
        batch_id=name,
        bucket=connection.stack.incoming_bucket,
        documents=tuple(uploaded),
        started=version_id is not None,
        report=report,
        report_uri=f"s3://{pointer.bucket}/{pointer.key}",
    )
    screen.answer(answer, *draw_batch(answer))
    if failed:
        sys.exit(3)
    if patience and report is None:
        raise NotGoodError(f"Batch {name} had not ended in time: see `intray status`.")


def _find_run(connection: Connection, name: str) -> BatchRun:
    return BatchRun(
        name=name,
        document_batch_arn=connection.stack.document_batch_arn,
        batch_summary_arn=connection.stack.batch_summary_arn,
        decisions_bucket=connection.stack.decisions_bucket,
        documents_table=connection.documents,
        s3=connection.s3,
        states=connection.states,
    )


def _warn(screen: Screen, plan: BatchPlan) -> None:
    for path in plan.left_out:
        screen.warn(f"{path} is left out")
    for key in plan.absent_keys:
        screen.warn(f"{key} is named by the manifest and not there: it will be reported as missing")


def _put_manifest(connection: Connection, plan: BatchPlan) -> str:
    reply = connection.s3.put_object(
        Bucket=connection.stack.incoming_bucket,
        Key=plan.manifest_key,
        Body=plan.manifest,
        ContentType="application/json",
    )
    return reply.get("VersionId", "null")


def _wait(
    connection: Connection,
    screen: Screen,
    *,
    plan: BatchPlan,
    run: BatchRun,
    uploaded: list[Uploaded],
    manifest_version_id: str,
    patience: Patience | None,
) -> Report | None:
    if patience is None:
        return None
    bucket = connection.stack.incoming_bucket
    ids = [each.document_id for each in uploaded if each.document_id]
    ids += [document_id(bucket, key, ABSENT_VERSION) for key in plan.absent_keys]
    with screen.progress("Deciding", len(ids)) as advance:
        try:
            return run.wait_for_report(
                ids,
                manifest_id=document_id(bucket, plan.manifest_key, manifest_version_id),
                patience=patience,
                report=lambda done: advance(done=done),
            )
        except BatchFailedError as error:
            raise NotGoodError(f"Batch {plan.name} has no report: {error}") from error
