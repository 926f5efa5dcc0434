import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from cli.dead_letters import Queue, peek
from cli.held import parse_since
from tests.unit.cli.conftest import Run
from tests.unit.cli.stacks import Deployment

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)


def dead_letters_url(deployment: Deployment, name: str) -> str:
    return deployment.sqs.get_queue_url(QueueName=f"intray-dev-{name}-dead-letters")["QueueUrl"]


def no_reason(function: str) -> str:
    name = f"intray-dev-{function}"
    return f"no reason is with it; if {name} failed on every try, /aws/lambda/{name} says why"


def send(deployment: Deployment, body: str, **attributes: str) -> None:
    deployment.sqs.send_message(
        QueueUrl=deployment.stack.intake_dead_letters_url,
        MessageBody=body,
        MessageAttributes={
            name: {"DataType": "String", "StringValue": value} for name, value in attributes.items()
        },
    )


def test_held_documents_are_listed_oldest_first_with_their_reasons(
    deployment: Deployment, run: Run
) -> None:
    for minutes, key in ((5, "late.pdf"), (50, "early.pdf")):
        document = deployment.put(key)
        received = datetime.now(UTC) - timedelta(minutes=minutes)
        document = document.model_copy(update={"received_at": received})
        deployment.register(document)
        deployment.decide(document, "hold", "low_confidence", at=deployment.process(document))
    deployment.finish("passed.pdf")

    listed = json.loads(run("queue", "hold", "--json").stdout)["documents"]
    page = run("queue", "hold").stdout

    assert [document["key"] for document in listed] == ["early.pdf", "late.pdf"]
    assert listed[0]["reasons"][0]["code"] == "low_confidence"
    assert page.index("early.pdf") < page.index("late.pdf")
    assert "49 min" in page
    assert "passed.pdf" not in page


def test_held_documents_are_listed_since_a_moment(deployment: Deployment, run: Run) -> None:
    deployment.finish("held.pdf", "hold", "low_confidence")

    assert "held.pdf" in run("queue", "hold", "--since", "1h").stdout
    assert "held.pdf" not in run("queue", "hold", "--since", "5m").stdout
    assert run("queue", "hold", "--since", "yesterday").exit_code == 2


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("90m", NOW - timedelta(minutes=90)),
        ("24h", NOW - timedelta(hours=24)),
        (" 7d ", NOW - timedelta(days=7)),
        ("2w", NOW - timedelta(weeks=2)),
        ("2026-03-30", datetime(2026, 3, 30, tzinfo=UTC)),
        ("2026-03-30T08:00+02:00", datetime(2026, 3, 30, 6, tzinfo=UTC)),
    ],
)
def test_a_moment_is_given_as_a_span_or_a_date(text: str, since: datetime) -> None:
    assert parse_since(text, now=NOW) == since


@pytest.mark.parametrize("text", ["", "7", "7y", "-1d", "999999w", "2026-02-30"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"neither|before"):
        parse_since(text, now=NOW)


def test_dead_letters_are_shown_with_their_reasons_and_stay(
    deployment: Deployment, run: Run
) -> None:
    event = json.dumps({"detail": {"object": {"key": "a b#c.pdf"}}})
    send(deployment, "hello", reason="not an S3 event: source: Field required")
    send(deployment, event, ERROR_CODE="NO_PERMISSIONS", ERROR_MESSAGE="denied")
    send(deployment, event)
    deployment.sqs.send_message(
        QueueUrl=dead_letters_url(deployment, "extraction-completed"),
        MessageBody=json.dumps({"JobTag": "doc-1", "JobId": "job-1"}),
    )

    for _ in range(2):
        letters = json.loads(run("queue", "dead-letters", "--json").stdout)["letters"]
        assert sorted((letter["about"] or "", letter["reason"]) for letter in letters) == [
            ("", "not an S3 event: source: Field required"),
            ("a b#c.pdf", "EventBridge could not deliver it: NO_PERMISSIONS: denied"),
            ("a b#c.pdf", no_reason("intake")),
            ("doc-1", no_reason("extraction-completed")),
        ]
    page = run("queue", "dead-letters").stdout
    taken = deployment.sqs.receive_message(
        QueueUrl=deployment.stack.intake_dead_letters_url, MaxNumberOfMessages=10
    )["Messages"]

    assert "not an S3 event" in page
    assert "4 dead letters; all are still in their queues." in page
    assert len(taken) == 3


def test_more_dead_letters_than_one_call_receives_are_all_shown(
    deployment: Deployment, run: Run
) -> None:
    for number in range(23):
        send(deployment, f"message {number}", reason="broken")

    everything = json.loads(run("queue", "dead-letters", "--json").stdout)["letters"]
    some = json.loads(run("queue", "dead-letters", "--limit", "12", "--json").stdout)["letters"]

    assert {letter["body"] for letter in everything} == {f"message {n}" for n in range(23)}
    assert len(some) == 12


class QueueThatRedrives:
    """SQS, as it hands out a message that it moved to the dead letters itself."""

    def __init__(self) -> None:
        self.visible = True

    def receive_message(self, **_request: Any) -> dict[str, Any]:
        message = {
            "MessageId": "m-1",
            "ReceiptHandle": "r-1",
            "Body": "{}",
            "Attributes": {
                "SentTimestamp": "1767225600000",
                "ApproximateReceiveCount": "6",
                "DeadLetterQueueSourceArn": "arn:aws:sqs:eu-central-1:123456789012:intake",
            },
        }
        found = [message] if self.visible else []
        self.visible = False
        return {"Messages": found}

    def change_message_visibility_batch(self, **request: Any) -> None:
        (entry,) = request["Entries"]
        self.visible = (entry["ReceiptHandle"], entry["VisibilityTimeout"]) == ("r-1", 0)


def test_a_message_that_its_function_failed_on_names_the_function() -> None:
    sqs: Any = QueueThatRedrives()
    queue = Queue(name="intake", url="q", function="intray-dev-intake", dead_letters_url="q/dead")

    (letter,) = peek(sqs, [queue], limit=10).letters

    assert (
        letter.reason == "intray-dev-intake failed on every try; /aws/lambda/intray-dev-intake"
        " says why"
    )
    assert sqs.visible


class QueueThatHidesOnly(QueueThatRedrives):
    """SQS for a role that may receive and not change visibility."""

    def change_message_visibility_batch(self, **_request: Any) -> None:
        raise ClientError({"Error": {"Code": "AccessDenied"}}, "ChangeMessageVisibilityBatch")


def test_who_cannot_give_messages_back_is_told_that_they_are_hidden_for_a_while() -> None:
    sqs: Any = QueueThatHidesOnly()
    queue = Queue(name="intake", url="q", function="intray-dev-intake", dead_letters_url="q/dead")

    answer = peek(sqs, [queue], limit=10)

    assert len(answer.letters) == 1
    assert answer.hidden_seconds == 30


def test_empty_queues_are_told(deployment: Deployment, run: Run) -> None:
    deployment.finish("passed.pdf")

    assert "No dead letters." in run("queue", "dead-letters").stdout
    assert "No document was put on hold" in run("queue", "hold").stdout
