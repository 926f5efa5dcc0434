"""The four environments of one root."""

import pytest

from tests.terraform.plan import Plan
from tests.terraform.planner import Planner, RefusedError, variables_of

NAMED = {
    "aws_cloudwatch_event_rule": "name",
    "aws_dynamodb_table": "name",
    "aws_iam_role": "name",
    "aws_lambda_function": "function_name",
    "aws_s3_bucket": "bucket",
    "aws_sfn_state_machine": "name",
    "aws_sns_topic": "name",
    "aws_sqs_queue": "name",
}


def test_every_name_and_every_tag_says_its_workspace(production: Plan) -> None:
    for kind, attribute in NAMED.items():
        names = [values[attribute] for values in production.of_type(kind).values()]
        assert names
        assert [name for name in names if not name.startswith("intray-prod-")] == []
    tagged = [
        resource["values"]["tags_all"]
        for resource in production.resources.values()
        if resource["values"].get("tags_all")
    ]
    assert {tags["Workspace"] for tags in tagged} == {"prod"}


@pytest.mark.parametrize(("environment", "kept"), [("production", True), ("local", False)])
def test_data_outlives_a_mistake_where_it_matters(
    request: pytest.FixtureRequest, environment: str, kept: bool
) -> None:
    plan: Plan = request.getfixturevalue(environment)
    tables = plan.of_type("aws_dynamodb_table").values()
    buckets = plan.of_type("aws_s3_bucket").values()
    keys = plan.of_type("aws_kms_key").values()
    assert {table["deletion_protection_enabled"] for table in tables} == {kept}
    assert {bucket["force_destroy"] for bucket in buckets} == {not kept}
    assert {key["deletion_window_in_days"] for key in keys} == {30 if kept else 7}


@pytest.mark.parametrize("environment", ["dev", "staging"])
def test_the_other_environments_can_be_planned(planner: Planner, environment: str) -> None:
    planner.select(environment)
    assert "0 to change, 0 to destroy" in planner.try_plan(*variables_of(environment))


@pytest.mark.parametrize("workspace", ["default", "production"])
def test_a_workspace_is_not_planned_with_the_variables_of_another(
    planner: Planner, workspace: str
) -> None:
    planner.select(workspace)
    with pytest.raises(RefusedError, match=f"(?s)workspace is {workspace}.*variables are for prod"):
        planner.try_plan(*variables_of("prod"))


def test_another_account_is_refused(planner: Planner) -> None:
    planner.select("prod")
    with pytest.raises(RefusedError, match="not allowed: 123456789012"):
        planner.try_plan(*variables_of("prod"), '-var=allowed_account_ids=["999999999999"]')
