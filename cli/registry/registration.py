"""Registering a package: its files, its version, its evidence, its first record."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cli.registry import acts, evidence
from cli.registry.acts import Act
from cli.registry.evidence import Finding, read_verdict
from cli.registry.files import upload_package
from cli.registry.names import Registry
from cli.registry.standing import read_standing
from cli.registry.versions import (
    Version,
    describe_version,
    find_registered,
    list_versions,
    read_version,
)
from lambdas.classify.package import DESCRIPTION, ModelPackage, name_key
from lambdas.shared.model import Frozen

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table
    from mypy_boto3_s3 import S3Client

_METADATA_MARKS = "_.:/=+-@ "
_LONGEST_METADATA = 256


class Registered(Frozen):
    """What registering did; nothing of the three: the package was there, with all of this."""

    version: Version
    created: bool
    uploaded: tuple[str, ...]
    evidence_added: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Registrar:
    """What registering works on."""

    registry: Registry
    s3: "S3Client"
    sagemaker: Any
    audit_table: "Table"

    def register(self, package: ModelPackage, findings: Sequence[Finding], act: Act) -> Registered:
        """Registers a package once; what an earlier attempt did not come to is done now.

        Raises NotGoodError when another content lies under the package's digest.
        """
        uploaded = upload_package(self.s3, self.registry.bucket, package)
        for finding in findings:
            evidence.keep(self.s3, self.registry.bucket, finding)
        versions = list_versions(self.sagemaker, self.registry.group)
        found = find_registered(versions, package.digest)
        version = found or self._create(package, findings)
        added = self._record(version, package, findings, act)
        return Registered(
            version=version,
            created=found is None,
            uploaded=tuple(uploaded),
            evidence_added=tuple(added),
        )

    def _create(self, package: ModelPackage, findings: Sequence[Finding]) -> Version:
        description, bucket = package.description, self.registry.bucket
        figures = next((one for one in findings if one.kind == "figures"), None)
        metrics = {"ContentType": "application/json"}
        if figures:
            metrics |= {"S3Uri": f"s3://{bucket}/{figures.key}", "ContentDigest": figures.digest}
        else:
            metrics["S3Uri"] = f"s3://{bucket}/{name_key(package.digest, DESCRIPTION)}"
        lineage = {"GeneratedBy": f"code {description.code_digest}"}
        if description.code_commit:
            lineage["CommitId"] = description.code_commit
        reply = self.sagemaker.create_model_package(
            ModelPackageGroupName=self.registry.group,
            ModelPackageDescription=describe_version(package.digest, description.name),
            ModelApprovalStatus="PendingManualApproval",
            ModelMetrics={"ModelQuality": {"Statistics": metrics}},
            MetadataProperties=lineage,
            CustomerMetadataProperties=_describe_metadata(package, findings),
            InferenceSpecification={
                "Containers": [
                    {
                        "Image": self.registry.image,
                        "ModelDataSource": {
                            "S3DataSource": {
                                "S3Uri": f"s3://{bucket}/{name_key(package.digest, '')}",
                                "S3DataType": "S3Prefix",
                                "CompressionType": "None",
                            }
                        },
                    }
                ],
                "SupportedContentTypes": ["text/plain"],
                "SupportedResponseMIMETypes": ["application/json"],
            },
        )
        # A list may lag behind what was just created.
        return read_version(
            self.sagemaker.describe_model_package(ModelPackageName=reply["ModelPackageArn"])
        )

    def _record(
        self, version: Version, package: ModelPackage, findings: Sequence[Finding], act: Act
    ) -> list[str]:
        """Records the registration, or evidence that came after it; returns the kinds of that."""
        standing = read_standing(self.audit_table, version)
        trail = acts.name_package_trail(version.digest)
        outcome = _tell_findings(findings)
        if standing.registered_by is None:
            description = package.description
            facts = {
                "package": version.digest,
                "version": version.arn,
                "name": description.name,
                "kind": description.kind,
                "training_data": description.training_data_digest,
                "code": description.code_digest,
                "commit": description.code_commit,
            }
            acts.record(self.audit_table, trail, acts.REGISTER, act, {**facts, **outcome})
            return []
        new = [finding for finding in findings if finding.digest not in standing.findings]
        if new:
            told = _tell_findings(new)
            acts.record(self.audit_table, trail, acts.ADD_EVIDENCE, act, told)
        return [finding.kind for finding in new]


def _tell_findings(findings: Sequence[Finding]) -> dict[str, str | None]:
    told: dict[str, str | None] = {}
    for finding in findings:
        if finding.kind == "figures":
            told["figures"] = finding.digest
            continue
        verdict = read_verdict(finding.content, finding.key)
        told |= {
            "gate": "passed" if verdict.passed else "failed",
            "gate_verdict": finding.digest,
            "gate_evidence": verdict.evidence,
        }
    return told


def _describe_metadata(package: ModelPackage, findings: Sequence[Finding]) -> dict[str, str]:
    """What SageMaker shows and searches beside a version; it takes few marks beside letters."""
    description = package.description
    told = {
        "digest": package.digest,
        "name": description.name,
        "kind": description.kind,
        "training_data": description.training_data_digest,
        "code": description.code_digest,
        "gate": _tell_findings(findings).get("gate") or "none",
    }
    return {
        name: "".join(
            letter if letter.isalnum() or letter in _METADATA_MARKS else "-" for letter in value
        )[:_LONGEST_METADATA]
        for name, value in told.items()
        if value
    }
