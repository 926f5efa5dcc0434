"""A model registry in an account in memory, and people who come to it."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import pytest

from cli.registry.acts import begin_act
from cli.registry.approval import Approver
from cli.registry.names import read_registry
from cli.registry.registration import Registrar
from lambdas.classify.package import ModelPackage, load_package
from lambdas.shared import audit
from lambdas.shared.audit import AuditRecord
from tests.conftest import REGION
from tests.tables import create_tables

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table
    from mypy_boto3_s3 import S3Client

BUCKET, GROUP = "intray-models", "intray-models"
_TRUST = json.dumps({"Version": "2012-10-17", "Statement": []})


@dataclass(frozen=True)
class RegistryInMemory:
    """What Terraform makes, and packages to put into it."""

    s3: "S3Client"
    sagemaker: Any
    ssm: Any
    trails: "Table"
    package: ModelPackage
    folder: Path
    monkeypatch: pytest.MonkeyPatch

    def publish(self, *, four_eyes: bool = False) -> None:
        """Writes the parameter that the command finds the registry by."""
        names = {
            "region": REGION,
            "account_id": "123456789012",
            "bucket": BUCKET,
            "group": GROUP,
            "audit_table": self.trails.name,
            "image": "intray/classifier",
            "four_eyes": four_eyes,
        }
        self.write("/intray/models", names)

    def come_in(self, name: str, role: str = "engineer") -> str:
        """From now on the command is run by this person in this role; returns the ARN."""
        arn = f"arn:aws:iam::123456789012:role/{role}"
        sts: Any = boto3.client("sts")
        given = sts.assume_role(RoleArn=arn, RoleSessionName=name)["Credentials"]
        self.monkeypatch.setenv("AWS_ACCESS_KEY_ID", given["AccessKeyId"])
        self.monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", given["SecretAccessKey"])
        self.monkeypatch.setenv("AWS_SESSION_TOKEN", given["SessionToken"])
        return f"arn:aws:sts::123456789012:assumed-role/{role}/{name}"

    def admit(self, package: ModelPackage) -> None:
        """Registers and approves a package as the commands do, without their start-up times."""
        names = read_registry(self.ssm)
        act = begin_act("arn:aws:iam::123456789012:user/lee", at=datetime.now(UTC), reason="good")
        means: dict[str, Any] = {
            "registry": names,
            "s3": self.s3,
            "sagemaker": self.sagemaker,
            "audit_table": self.trails,
        }
        version = Registrar(**means).register(package, [], act).version
        Approver(**means).approve(version, act, without_gate=True)

    def vary(self, name: str, **changes: Any) -> ModelPackage:
        """A copy of the package whose description says something else."""
        directory = self.folder / name
        shutil.copytree(self.package.directory, directory)
        file = directory / "package.json"
        file.write_text(json.dumps(json.loads(file.read_text()) | changes))
        return load_package(directory)

    def write_gate(self, package: ModelPackage, *, failed: tuple[str, ...] = ()) -> Path:
        """The gate's verdict on a package."""
        verdicts = [
            {"criterion": name, "passed": name not in failed, "told": f"{name} is measured"}
            for name in ("macro_recall", "latency", *failed)
        ]
        told = {
            "package_digest": package.digest,
            "documents_digest": "d" * 64,
            "live_digest": None,
            "passed": not failed,
            "verdicts": verdicts,
        }
        file = self.folder / f"gate-{package.digest[7:19]}-{len(failed)}.json"
        file.write_text(json.dumps(told))
        return file

    def write(self, name: str, value: Mapping[str, Any]) -> None:
        self.ssm.put_parameter(Name=name, Value=json.dumps(value), Type="String", Overwrite=True)

    def read_parameter(self, workspace: str = "dev") -> dict[str, str]:
        value = self.ssm.get_parameter(Name=f"/intray/{workspace}/model")["Parameter"]["Value"]
        told: dict[str, str] = json.loads(value)
        return told

    def list_versions(self) -> list[dict[str, Any]]:
        listed = self.sagemaker.list_model_packages(ModelPackageGroupName=GROUP)
        found: list[dict[str, Any]] = listed["ModelPackageSummaryList"]
        return sorted(found, key=lambda version: version["ModelPackageVersion"])

    def list_keys(self) -> list[str]:
        return [each["Key"] for each in self.s3.list_objects_v2(Bucket=BUCKET).get("Contents", [])]

    def read_trail(self, package: ModelPackage) -> list[AuditRecord]:
        return audit.read_trail(self.trails, f"model-{package.digest[7:]}")

    def read_workspace(self, workspace: str = "dev") -> list[AuditRecord]:
        return audit.read_trail(self.trails, f"workspace-{workspace}")

    def change(self, record: AuditRecord, **values: str) -> None:
        """What nobody's role allows: a record changed where it is stored."""
        item: Any = record.model_dump(mode="json") | values
        self.trails.put_item(Item=item)


def make_registry(
    package: ModelPackage, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> RegistryInMemory:
    """Makes the resources, and lets Robin the engineer in."""
    s3 = boto3.client("s3", region_name=REGION)
    location: Any = {"LocationConstraint": REGION}
    s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration=location)
    client: Any = boto3.client
    sagemaker = client("sagemaker", region_name=REGION)
    sagemaker.create_model_package_group(
        ModelPackageGroupName=GROUP, ModelPackageGroupDescription="models"
    )
    for role in ("engineer", "approver"):
        client("iam").create_role(RoleName=role, AssumeRolePolicyDocument=_TRUST)
    made = RegistryInMemory(
        s3=s3,
        sagemaker=sagemaker,
        ssm=client("ssm", region_name=REGION),
        trails=create_tables(boto3.resource("dynamodb", region_name=REGION), GROUP).audit,
        package=package,
        folder=folder,
        monkeypatch=monkeypatch,
    )
    made.publish()
    made.come_in("robin")
    return made
