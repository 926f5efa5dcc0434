"""Composite alarms, query definitions and image functions read back as they were written."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from botocore.exceptions import ClientError

from tests.local.gaps.servers import Server, assert_gap


def put_composite_alarm(server: Server) -> list[dict[str, Any]]:
    cloudwatch, name = server.client("cloudwatch"), uuid4().hex
    cloudwatch.put_composite_alarm(AlarmName=name, AlarmRule="ALARM(other)", AlarmDescription="x")
    found: list[dict[str, Any]] = cloudwatch.describe_alarms(
        AlarmNames=[name], AlarmTypes=["CompositeAlarm"]
    )["CompositeAlarms"]
    return found


def test_moto_puts_no_composite_alarm(plain: Server) -> None:
    try:
        found = put_composite_alarm(plain)
    except ClientError:
        found = []
    assert_gap(found == [], "cloudwatch_composite_alarms")


def test_a_composite_alarm_has_its_rule(closed: Server) -> None:
    [alarm] = put_composite_alarm(closed)
    assert (alarm["AlarmRule"], alarm["AlarmDescription"]) == ("ALARM(other)", "x")


QUERY = {"name": "errors/by-step", "queryString": "fields @message", "logGroupNames": ["/a"]}


def put_query(server: Server) -> str | None:
    try:
        return str(server.client("logs").put_query_definition(**QUERY)["queryDefinitionId"])
    except ClientError:
        return None


def test_moto_keeps_no_query(plain: Server) -> None:
    assert_gap(put_query(plain) is None, "logs_query_definitions")


def test_a_query_is_kept_until_it_is_deleted(closed: Server) -> None:
    logs, identity = closed.client("logs"), put_query(closed)
    logs.put_query_definition(**{**QUERY, "queryString": "limit 1"}, queryDefinitionId=identity)
    [found] = logs.describe_query_definitions(queryDefinitionNamePrefix="errors/")[
        "queryDefinitions"
    ]
    assert (found["queryDefinitionId"], found["queryString"]) == (identity, "limit 1")
    assert found["logGroupNames"] == ["/a"]
    logs.delete_query_definition(queryDefinitionId=identity)
    assert logs.describe_query_definitions()["queryDefinitions"] == []


def create_image_function(server: Server, **more: Any) -> dict[str, Any]:
    role = server.client("iam").get_role(RoleName="function")["Role"]["Arn"]
    name, image = uuid4().hex, "123456789012.dkr.ecr.eu-central-1.amazonaws.com/x@sha256:"
    server.client("lambda").create_function(
        FunctionName=name,
        PackageType="Image",
        Code={"ImageUri": image + "0" * 64},
        Role=role,
        **more,
    )
    configuration: dict[str, Any] = server.client("lambda").get_function_configuration(
        FunctionName=name
    )
    return configuration


def test_moto_reports_an_image_configuration_where_there_is_none(plain: Server) -> None:
    assert_gap("ImageConfigResponse" in create_image_function(plain), "lambda_image_config")


def test_an_image_function_reports_the_configuration_that_it_has(closed: Server) -> None:
    assert "ImageConfigResponse" not in create_image_function(closed)
    configured = create_image_function(closed, ImageConfig={"Command": ["a.handler"]})
    assert configured["ImageConfigResponse"]["ImageConfig"]["Command"] == ["a.handler"]
