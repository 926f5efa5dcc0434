import json
from datetime import UTC, datetime, timedelta

from lambdas.shared import documents, job_leases, quota
from tests.unit.cli.conftest import Run
from tests.unit.cli.stacks import Deployment


def test_decisions_of_the_last_day_are_counted_by_route_and_reason(
    deployment: Deployment, run: Run
) -> None:
    deployment.finish("a.pdf")
    deployment.finish("b.pdf", "hold", "low_confidence")
    deployment.finish("c.pdf", "hold", "low_confidence")
    deployment.refuse("d.pdf", "empty")
    old = deployment.put("old.pdf").model_copy(
        update={"received_at": datetime.now(UTC) - timedelta(days=2)}
    )
    deployment.register(old)
    deployment.decide(old, "pass", at=deployment.process(old))

    decided = json.loads(run("status", "--json").stdout)["decided"]

    assert decided["routes"] == {"pass": 1, "hold": 2, "reject": 1}
    assert decided["reasons"] == {"low_confidence": 2, "empty": 1}


def test_what_is_under_way_is_told(deployment: Deployment, run: Run) -> None:
    deployment.finish("a.pdf")
    document = deployment.put("b.pdf")
    deployment.register(document)
    deployment.process(document, until="ExtractText")
    waiting = deployment.put("batches/b/c.pdf").model_copy(
        update={"batch_id": documents.AWAITING_MANIFEST}
    )
    deployment.register(waiting, state="awaiting_manifest")
    deployment.states.start_execution(
        stateMachineArn=deployment.stack.document_batch_arn, name="batch-1", input="{}"
    )
    now = datetime.now(UTC)
    quota.refresh(
        deployment.tables.limits,
        lambda: quota.Quota(starts_per_second=5, open_jobs=20),
        max_age=timedelta(hours=1),
        now=now,
    )
    job_leases.acquire(
        deployment.tables.limits,
        quota.ANALYSIS,
        document.id,
        places=20,
        lease=timedelta(hours=1),
        now=now,
    )

    answer = json.loads(run("status", "--json").stdout)
    page = run("status").stdout

    (batch,) = answer["running"]
    assert (batch["id"], batch["states"]) == ("batch-1", {"decided": 1, "processing": 1})
    assert answer["awaiting_manifest"]["documents"] == 1
    assert (answer["jobs"]["open"], answer["jobs"]["quota"]) == (1, 20)
    assert "1 of 20 open at Textract" in page
    assert "1 document without a manifest" in page
    assert "1/2" in page


def test_depths_of_queues_and_dead_letters_are_told(deployment: Deployment, run: Run) -> None:
    for url in (deployment.stack.intake_queue_url, deployment.stack.intake_dead_letters_url):
        deployment.sqs.send_message(QueueUrl=url, MessageBody="x")

    intake, extraction = json.loads(run("status", "--json").stdout)["queues"]

    assert (intake["waiting"], intake["in_hand"], intake["dead_letters"]) == (1, 0, 1)
    assert (extraction["waiting"], extraction["dead_letters"]) == (0, 0)


def test_executions_that_ended_badly_are_told(deployment: Deployment, run: Run) -> None:
    arn = deployment.states.start_execution(
        stateMachineArn=deployment.stack.batch_summary_arn, name="march", input="{}"
    )["executionArn"]
    deployment.states.stop_execution(executionArn=arn)

    page = run("status").stdout

    assert "ABORTED" in page
    assert "intray-dev-batch-summary march" in page


def test_an_empty_stack_has_a_status(deployment: Deployment, run: Run) -> None:
    result = run("status")

    assert result.exit_code == 0
    assert deployment.stack.incoming_bucket in result.stdout
