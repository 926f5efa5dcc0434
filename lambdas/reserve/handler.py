"""The Lambda function of the state ReserveExtractionSlot."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import boto3
from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.parser import event_parser
from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import Json

from lambdas.reserve import service_quotas
from lambdas.reserve.event import Event
from lambdas.reserve.reservation import reserve
from lambdas.shared.observability import name_step
from lambdas.shared.quota import Quota
from lambdas.shared.settings import Settings as BaseSettings


class Settings(BaseSettings):
    """The function's environment."""

    audit_table: str
    limits_table: str
    quota_max_age_seconds: int
    quota_share: float
    given_quota: Json[Quota | None]


settings = Settings.load()
logger = Logger()
dynamodb = boto3.resource("dynamodb")
fetch_quota = partial(
    service_quotas.fetch_unless_given,
    boto3.client("service-quotas"),
    given=settings.given_quota,
    share=settings.quota_share,
)


@logger.inject_lambda_context(correlation_id_path="document.id", clear_state=True)
@event_parser(model=Event)
def handler(event: Event, _context: LambdaContext) -> dict[str, Any]:
    """Returns a Reservation."""
    name_step(logger, event.document, event.transition)
    reservation = reserve(
        event,
        now=datetime.now(UTC),
        fetch_quota=fetch_quota,
        quota_max_age=timedelta(seconds=settings.quota_max_age_seconds),
        limits_table=dynamodb.Table(settings.limits_table),
        audit_table=dynamodb.Table(settings.audit_table),
    )
    return reservation.model_dump(mode="json")
