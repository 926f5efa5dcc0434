"""When schedules are due, and what their targets get."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta

import pytest

from local.schedule_expressions import parse
from local.schedules import Schedule, ScheduleRunner
from tests.local.local_aws import LocalAws, unique, wait_for

NOON = datetime(2025, 6, 4, 12, 0, tzinfo=UTC)  # A Wednesday.


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("rate(5 minutes)", "2025-06-04 12:05"),
        ("rate(1 hour)", "2025-06-04 13:00"),
        ("rate(2 days)", "2025-06-06 12:00"),
        ("cron(0 18 * * ? *)", "2025-06-04 18:00"),
        ("cron(0 12 * * ? *)", "2025-06-05 12:00"),
        ("cron(0/15 * * * ? *)", "2025-06-04 12:15"),
        ("cron(10,40 8-9 ? * MON-FRI *)", "2025-06-05 08:10"),
        ("cron(0 0 1 * ? *)", "2025-07-01 00:00"),
        ("cron(30 23 L * ? *)", "2025-06-30 23:30"),
        ("cron(0 9 ? * 2#1 *)", "2025-07-07 09:00"),
        ("cron(0 9 ? * 6L *)", "2025-06-27 09:00"),
        ("cron(0 0 29 FEB ? *)", "2028-02-29 00:00"),
        ("at(2025-06-04T12:30:00)", "2025-06-04 12:30"),
    ],
)
def test_an_expression_names_its_next_time(expression: str, expected: str) -> None:
    assert parse(expression).next_after(NOON) == at(expected)


def test_a_cron_expression_follows_its_time_zone() -> None:
    expression = parse("cron(0 9 * * ? *)", "Europe/Berlin")
    assert expression.next_after(NOON) == at("2025-06-05 07:00")


@pytest.mark.parametrize("expression", ["at(2025-06-04T11:00:00)", "cron(0 0 1 1 ? 2020)"])
def test_an_expression_of_the_past_has_no_next_time(expression: str) -> None:
    assert parse(expression).next_after(NOON) is None


@pytest.mark.parametrize(
    "expression",
    [
        "every day",
        "rate(0 minutes)",
        "rate(5 seconds)",
        "cron(0 12 * * *)",
        "cron(0 12 * * * *)",
        "cron(61 12 * * ? *)",
        "cron(0 12 15W * ? *)",
    ],
)
def test_what_is_no_expression_is_refused(expression: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse(expression)


class Clockwork:
    """A runner with one schedule, and what it sent when."""

    def __init__(self, expression: str) -> None:
        self.sent: list[str] = []
        self.schedules = [self.schedule(expression)]
        self.runner = ScheduleRunner(lambda: self.schedules, self.send)

    def send(self, _arn: str, text: str) -> None:
        self.sent.append(text)

    def schedule(self, expression: str) -> Schedule:
        def messages(moment: datetime) -> list[tuple[str, str]]:
            return [("arn:target", moment.strftime("%H:%M:%S"))]

        return Schedule("arn:rule", "sweep", expression, messages)

    def tick(self, seconds: float, step: float = 0.5) -> None:
        for number in range(int(seconds / step) + 1):
            self.runner.look(NOON + timedelta(seconds=number * step))


def test_a_rate_fires_every_period_from_when_it_was_seen() -> None:
    clockwork = Clockwork("rate(1 minute)")
    clockwork.tick(200)
    assert clockwork.sent == ["12:01:00", "12:02:00", "12:03:00"]


def test_times_that_were_slept_through_are_fired_once() -> None:
    clockwork = Clockwork("rate(1 minute)")
    clockwork.tick(0)
    clockwork.runner.look(NOON + timedelta(seconds=330))
    clockwork.runner.look(NOON + timedelta(seconds=361))
    assert clockwork.sent == ["12:01:00", "12:06:00"]


def test_a_changed_expression_begins_anew_and_a_removed_one_stops() -> None:
    clockwork = Clockwork("rate(1 minute)")
    clockwork.tick(0)
    clockwork.schedules = [clockwork.schedule("rate(2 minutes)")]
    clockwork.tick(121)
    clockwork.schedules = []
    clockwork.tick(600)
    assert clockwork.sent == ["12:02:00"]


def test_an_expression_that_cannot_be_read_does_not_stop_the_others() -> None:
    clockwork = Clockwork("cron(0 12 15W * ? *)")
    clockwork.schedules.append(clockwork.schedule("rate(1 minute)"))
    clockwork.tick(61)
    assert clockwork.sent == ["12:01:00"]


def fire(aws: LocalAws, name: str) -> None:
    request = urllib.request.Request(
        f"{aws.state.endpoint}/_local/schedules", json.dumps({"name": name}).encode()
    )
    with urllib.request.urlopen(request):
        pass


def test_a_rule_with_a_schedule_sends_its_targets_the_scheduled_event(aws: LocalAws) -> None:
    bucket = aws.bucket()
    function = aws.deploy("worker.handle", Environment={"Variables": {"OUTCOMES": bucket}})
    arn = aws.awslambda.get_function_configuration(FunctionName=function)["FunctionArn"]
    url, queue = aws.queue()
    events = aws.client("events")
    name = unique("sweep")
    rule = events.put_rule(Name=name, ScheduleExpression="rate(5 minutes)")["RuleArn"]
    targets = [{"Id": "f", "Arn": arn}, {"Id": "q", "Arn": queue, "Input": '{"sweep": true}'}]
    events.put_targets(Rule=name, Targets=targets)
    fire(aws, name)
    (message,) = wait_for(lambda: aws.receive(url))
    assert message["Body"] == '{"sweep": true}'
    wait_for(lambda: aws.count_objects(bucket))
    event = aws.objects(bucket)[0]
    assert event["detail-type"] == "Scheduled Event"
    assert event["source"] == "aws.events"
    assert event["resources"] == [rule]


def test_a_schedule_of_eventbridge_scheduler_sends_its_input(aws: LocalAws) -> None:
    url, queue = aws.queue()
    name = unique("nightly")
    aws.client("scheduler").create_schedule(
        Name=name,
        ScheduleExpression="cron(0 3 * * ? *)",
        FlexibleTimeWindow={"Mode": "OFF"},
        Target={"Arn": queue, "RoleArn": aws.role, "Input": '{"nightly": 1}'},
    )
    fire(aws, name)
    (message,) = wait_for(lambda: aws.receive(url))
    assert message["Body"] == '{"nightly": 1}'


def test_a_disabled_rule_is_not_fired(aws: LocalAws) -> None:
    name = unique("sweep")
    aws.client("events").put_rule(Name=name, ScheduleExpression="rate(5 minutes)", State="DISABLED")
    with pytest.raises(urllib.error.HTTPError, match="404"):
        fire(aws, name)
