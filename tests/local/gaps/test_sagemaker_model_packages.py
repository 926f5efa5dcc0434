"""A model package keeps what an update does not name, and Cloud Control tells what it is."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from botocore.exceptions import ClientError

from tests.local.gaps.servers import Server, assert_gap

DIGEST = "sha256:" + "a" * 64


def register(server: Server, **changes: Any) -> str:
    """A pending package in a group of its own; returns its ARN."""
    sagemaker, group = server.client("sagemaker"), f"group-{uuid4().hex}"
    sagemaker.create_model_package_group(
        ModelPackageGroupName=group, ModelPackageGroupDescription="models"
    )
    request: dict[str, Any] = {
        "ModelPackageGroupName": group,
        "ModelPackageDescription": f"{DIGEST} words",
        "ModelApprovalStatus": "PendingManualApproval",
        "CustomerMetadataProperties": {"digest": DIGEST, "kind": "lexical"},
    }
    return str(sagemaker.create_model_package(**request | changes)["ModelPackageArn"])


def describe(server: Server, arn: str) -> dict[str, Any]:
    found: dict[str, Any] = server.client("sagemaker").describe_model_package(ModelPackageName=arn)
    return found


def approve(server: Server, arn: str) -> dict[str, Any]:
    server.client("sagemaker").update_model_package(
        ModelPackageArn=arn, ModelApprovalStatus="Approved", ApprovalDescription="good"
    )
    return describe(server, arn)


def test_moto_forgets_what_an_update_does_not_name(plain: Server) -> None:
    approved = approve(plain, register(plain))
    assert_gap("CustomerMetadataProperties" not in approved, "sagemaker_model_packages")


def test_an_approval_leaves_the_rest_as_it_was(closed: Server) -> None:
    arn = register(closed)

    approved = approve(closed, arn)
    closed.client("sagemaker").update_model_package(
        ModelPackageArn=arn,
        CustomerMetadataProperties={"kind": "embedding", "note": "more"},
        CustomerMetadataPropertiesToRemove=["note"],
    )
    changed = describe(closed, arn)

    assert approved["CustomerMetadataProperties"] == {"digest": DIGEST, "kind": "lexical"}
    assert changed["CustomerMetadataProperties"] == {"digest": DIGEST, "kind": "embedding"}
    assert (changed["ModelApprovalStatus"], changed["ApprovalDescription"]) == ("Approved", "good")


@pytest.mark.parametrize(
    "changes",
    [
        {"CustomerMetadataProperties": {"name": "words (1 and 2)"}},
        {"CustomerMetadataProperties": {"name": "w" * 257}},
        {"CustomerMetadataProperties": {f"name{number}": "w" for number in range(51)}},
        {"ModelPackageDescription": "w" * 1025},
    ],
)
def test_values_that_aws_refuses_are_refused(closed: Server, changes: dict[str, Any]) -> None:
    with pytest.raises(ClientError, match="ValidationException"):
        register(closed, **changes)


def test_a_reason_of_two_lines_is_refused(closed: Server) -> None:
    with pytest.raises(ClientError, match="approvalDescription"):
        closed.client("sagemaker").update_model_package(
            ModelPackageArn=register(closed),
            ModelApprovalStatus="Approved",
            ApprovalDescription="good\nand better",
        )


def test_a_group_is_deleted_after_its_packages(closed: Server) -> None:
    sagemaker, arn = closed.client("sagemaker"), register(closed)
    group = describe(closed, arn)["ModelPackageGroupName"]

    with pytest.raises(ClientError, match="has model packages"):
        sagemaker.delete_model_package_group(ModelPackageGroupName=group)
    sagemaker.delete_model_package(ModelPackageName=arn)
    sagemaker.delete_model_package_group(ModelPackageGroupName=group)

    with pytest.raises(ClientError, match="does not exist"):
        sagemaker.describe_model_package_group(ModelPackageGroupName=group)


def read(server: Server, arn: str) -> dict[str, Any]:
    found = server.client("cloudcontrol").get_resource(
        TypeName="AWS::SageMaker::ModelPackage", Identifier=arn
    )
    properties: dict[str, Any] = json.loads(found["ResourceDescription"]["Properties"])
    return properties


def test_moto_has_no_cloud_control(plain: Server) -> None:
    try:
        read(plain, register(plain))
    except ClientError:
        return
    assert_gap(False, "cloudcontrol_model_packages")


def test_cloud_control_tells_a_package_as_it_is_now(closed: Server) -> None:
    arn = register(closed)
    pending = read(closed, arn)
    approve(closed, arn)

    assert pending["ModelPackageArn"] == arn
    assert pending["ModelPackageDescription"] == f"{DIGEST} words"
    assert pending["CustomerMetadataProperties"] == {"digest": DIGEST, "kind": "lexical"}
    assert pending["ModelApprovalStatus"] == "PendingManualApproval"
    assert read(closed, arn)["ModelApprovalStatus"] == "Approved"


def test_cloud_control_knows_no_package_that_is_not_there(closed: Server) -> None:
    arn = register(closed).rpartition("/")[0] + "/99"
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        read(closed, arn)


def test_cloud_control_says_what_it_lacks_here(closed: Server) -> None:
    cloud_control = closed.client("cloudcontrol")
    with pytest.raises(ClientError, match="TypeNotFoundException"):
        cloud_control.get_resource(TypeName="AWS::Logs::LogGroup", Identifier="a")
    with pytest.raises(ClientError, match="UnsupportedActionException"):
        cloud_control.list_resources(TypeName="AWS::Logs::LogGroup")
