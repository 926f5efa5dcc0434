"""The schedules that moto holds."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from moto.events.models import Rule, events_backends
from moto.scheduler.models import Schedule as SchedulerSchedule
from moto.scheduler.models import scheduler_backends

from local.gaps.event_input import render_input
from local.schedules import Schedule


def enabled_schedules() -> Iterator[Schedule]:
    """Yield the enabled schedules of every account and region."""
    yield from map(_of_rule, _rules())
    yield from map(_of_scheduler, _scheduler_schedules())


def _rules() -> Iterator[Rule]:
    for account in list(events_backends.values()):
        for backend in list(account.values()):
            for bus in list(backend.event_buses.values()):
                for rule in list(bus.rules.values()):
                    if rule.scheduled_expression and rule.state == "ENABLED":
                        yield rule


def _scheduler_schedules() -> Iterator[SchedulerSchedule]:
    for account in list(scheduler_backends.values()):
        for backend in list(account.values()):
            for group in list(backend.schedule_groups.values()):
                yield from (s for s in list(group.schedules.values()) if s.state == "ENABLED")


def _of_rule(rule: Rule) -> Schedule:
    def messages(at: datetime) -> list[tuple[str, str]]:
        event = _event(rule.arn, rule.account_id, rule.region_name, "aws.events", at)
        return [(t["Arn"], render_input(t, event, rule.arn)) for t in list(rule.targets)]

    return Schedule(rule.arn, rule.name, str(rule.scheduled_expression), messages)


def _of_scheduler(schedule: SchedulerSchedule) -> Schedule:
    def messages(at: datetime) -> list[tuple[str, str]]:
        _, _, _, region, account_id, _ = schedule.arn.split(":", 5)
        event = _event(schedule.arn, account_id, region, "aws.scheduler", at)
        text = schedule.target.get("Input") or json.dumps(event | {"detail": "{}"})
        text = text.replace("<aws.scheduler.schedule-arn>", schedule.arn)
        text = text.replace("<aws.scheduler.scheduled-time>", event["time"])
        text = text.replace("<aws.scheduler.execution-id>", event["id"])
        return [(schedule.target["Arn"], text)]

    return Schedule(
        schedule.arn,
        schedule.name,
        schedule.schedule_expression,
        messages,
        schedule.schedule_expression_timezone,
    )


def _event(arn: str, account_id: str, region: str, source: str, at: datetime) -> dict[str, Any]:
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "Scheduled Event",
        "source": source,
        "account": account_id,
        "time": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "region": region,
        "resources": [arn],
        "detail": {},
    }
