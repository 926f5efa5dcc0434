"""The intake of one environment, put together from its settings."""

from datetime import UTC, datetime, timedelta

import boto3
from aws_lambda_powertools import Logger

from lambdas.intake.examination import Limits
from lambdas.intake.intake import Intake
from lambdas.intake.launch import Launcher
from lambdas.intake.registry import Registry
from lambdas.intake.settings import Settings


def build_intake(settings: Settings) -> Intake:
    """An intake with clients and tables of this environment."""
    s3 = boto3.client("s3")
    dynamodb = boto3.resource("dynamodb")
    launcher = Launcher(
        state_machine_arn=settings.state_machine_arn,
        bucket=settings.decisions_bucket,
        max_concurrency=settings.max_concurrency,
        s3=s3,
        states=boto3.client("stepfunctions"),
    )
    registry = Registry(
        documents_table=dynamodb.Table(settings.documents_table),
        audit_table=dynamodb.Table(settings.audit_table),
        decisions_bucket=settings.decisions_bucket,
        s3=s3,
        lease=timedelta(seconds=settings.registration_lease_seconds),
        is_started=launcher.is_started,
    )
    return Intake(
        registry=registry,
        launcher=launcher,
        limits=Limits(pages=settings.max_pages, size_bytes=settings.max_bytes),
        duplicate_window=timedelta(days=settings.duplicate_window_days),
        idempotency_table=dynamodb.Table(settings.idempotency_table),
        s3=s3,
        clock=lambda: datetime.now(UTC),
        logger=Logger(),
    )
