"""A package that is promoted without a registry of its own: all that a plan looks at."""

import json
from typing import Any

import boto3
from botocore.exceptions import ClientError

GROUP, BUCKET = "intray-models", "intray-models-123456789012"
DIGEST = "sha256:" + "0123456789abcdef" * 4


def promote_a_package(
    session: boto3.Session, endpoint_url: str, workspace: str, region: str
) -> None:
    """Registers an approved package in local AWS and promotes it to a workspace."""
    client: Any = session.client
    sagemaker = client("sagemaker", endpoint_url=endpoint_url, region_name=region)
    ssm = client("ssm", endpoint_url=endpoint_url, region_name=region)
    try:
        sagemaker.describe_model_package_group(ModelPackageGroupName=GROUP)
    except ClientError:
        sagemaker.create_model_package_group(
            ModelPackageGroupName=GROUP, ModelPackageGroupDescription="models"
        )
    arn = sagemaker.create_model_package(
        ModelPackageGroupName=GROUP,
        ModelPackageDescription=f"{DIGEST} words",
        ModelApprovalStatus="Approved",
    )["ModelPackageArn"]
    key = f"arn:aws:kms:{region}:123456789012:key/models"
    put(ssm, "/intray/models", {"bucket": BUCKET, "group": GROUP, "key_arn": key})
    put(ssm, f"/intray/{workspace}/model", {"digest": DIGEST, "package_arn": arn})


def put(ssm: Any, name: str, value: dict[str, str]) -> None:
    ssm.put_parameter(Name=name, Value=json.dumps(value), Type="String", Overwrite=True)
