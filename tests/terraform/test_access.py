"""Who may do what: read from the policies that would be applied."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.terraform.plan import Plan, read_statements

WITHOUT_RESOURCES = {
    "logs": "log deliveries have no ARN",
    "servicequotas": "ListServiceQuotas names no quota",
    "textract": "jobs have no ARN",
    "xray": "traces have no ARN",
}

# What takes a customer-managed key, and the attribute that names it.
ENCRYPTED: dict[str, Callable[[Any], str]] = {
    "aws_cloudwatch_log_group": lambda values: values["kms_key_id"],
    "aws_dynamodb_table": lambda values: values["server_side_encryption"][0]["kms_key_arn"],
    "aws_lambda_function": lambda values: values["kms_key_arn"],
    "aws_sfn_state_machine": lambda values: values["encryption_configuration"][0]["kms_key_id"],
    "aws_sns_topic": lambda values: values["kms_master_key_id"],
    "aws_sqs_queue": lambda values: values["kms_master_key_id"],
}


@pytest.fixture
def keys(production: Plan) -> dict[str, str]:
    """The class of each key, by its ARN."""
    found = production.of_type("aws_kms_key").values()
    return {key["arn"]: key["tags"]["Classification"] for key in found}


def test_no_action_has_a_wildcard(production: Plan) -> None:
    assert [
        (address, action)
        for address, statement in production.policies()
        for action in statement["Action"]
        if "*" in action
    ] == []


def test_everything_is_granted_on_named_resources_where_aws_can_name_them(
    production: Plan,
) -> None:
    services = {
        action.split(":")[0]
        for _, statement in production.policies()
        if "*" in statement["Resource"]
        for action in statement["Action"]
    }
    assert services == WITHOUT_RESOURCES.keys()


def test_no_role_can_delete_data_or_change_the_audit_trail(production: Plan) -> None:
    for address, statement in production.policies():
        for action in statement["Action"]:
            assert not action.startswith(("s3:Delete", "dynamodb:Delete")), address
            audited = any(name.endswith("prod-audit") for name in statement["Resource"])
            if audited and action.startswith("dynamodb:"):
                assert action in {"dynamodb:PutItem", "dynamodb:Query"}, address


def test_a_key_is_used_only_through_a_service_or_for_one_purpose(production: Plan) -> None:
    for address, statement in production.policies():
        if any(action.startswith("kms:") for action in statement["Action"]):
            assert statement["Condition"], address
            assert all(":key/" in name for name in statement["Resource"]), address


def test_every_resource_uses_the_key_of_the_class_that_it_says(
    production: Plan, keys: dict[str, str]
) -> None:
    used = {
        address: (values["tags"]["Classification"], keys[key_of(values)])
        for kind, key_of in ENCRYPTED.items()
        for address, values in production.of_type(kind).items()
    }
    assert len(used) > 30
    assert {address: classes for address, classes in used.items() if len({*classes}) > 1} == {}


def test_every_bucket_uses_the_key_of_the_class_that_it_says(
    production: Plan, keys: dict[str, str]
) -> None:
    said = {
        address.split("[")[1]: values["tags"]["Classification"]
        for address, values in production.of_type("aws_s3_bucket").items()
    }
    used = {
        address.split("[")[1]: keys[
            values["rule"][0]["apply_server_side_encryption_by_default"][0]["kms_master_key_id"]
        ]
        for address, values in production.of_type(
            "aws_s3_bucket_server_side_encryption_configuration"
        ).items()
    }
    assert used == said
    assert len(used) == 3


def test_a_role_is_taken_only_by_the_service_that_needs_it(production: Plan) -> None:
    trusted = {
        values["name"].removeprefix("intray-prod-"): statement["Principal"]["Service"]
        for values in production.of_type("aws_iam_role").values()
        for statement in read_statements(values["assume_role_policy"])
    }
    functions = {function.replace("_", "-") for function in production.functions()}
    assert trusted == {
        **dict.fromkeys(functions, "lambda.amazonaws.com"),
        "document-batch": "states.amazonaws.com",
        "batch-summary": "states.amazonaws.com",
        "textract-notification": "textract.amazonaws.com",
    }


def test_what_an_account_has_once_has_a_key_for_each_class_of_its_data(bootstrap: Plan) -> None:
    """That each resource takes the key of its class is what the modules themselves refuse."""
    said = {
        values["tags"]["Classification"]
        for kind in ("aws_dynamodb_table", "aws_s3_bucket", "aws_sagemaker_model_package_group")
        for values in bootstrap.of_type(kind).values()
    }
    keys = [key["tags"]["Classification"] for key in bootstrap.of_type("aws_kms_key").values()]
    assert said == {"confidential", "internal"}
    assert sorted(keys) == sorted(said)


def test_what_an_account_has_once_outlives_a_mistake(bootstrap: Plan) -> None:
    (table,) = bootstrap.of_type("aws_dynamodb_table").values()
    (bucket,) = bootstrap.of_type("aws_s3_bucket").values()

    assert table["deletion_protection_enabled"]
    assert not bucket["force_destroy"]
    windows = {key["deletion_window_in_days"] for key in bootstrap.of_type("aws_kms_key").values()}
    assert windows == {30}
