"""What was found out about a package: figures of an evaluation, verdicts of the gate.

Each finding lies in the registry's bucket under its own digest, which the trail names.
"""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from cli.failures import NotGoodError
from cli.registry.files import put_once
from lambdas.shared.contracts import ObjectPointer
from lambdas.shared.errors import ObjectMissingError
from lambdas.shared.model import Frozen
from lambdas.shared.storage import read_bytes

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

Kind = Literal["figures", "gate"]


class CriterionVerdict(BaseModel):
    """What the gate says of one criterion."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    criterion: str
    passed: bool
    told: str


class GateVerdict(BaseModel):
    """What `python -m models gate` writes, as far as it is told here."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    package_digest: str
    passed: bool
    verdicts: tuple[CriterionVerdict, ...]
    evidence: str | None = None
    """What documents it rests on: real or only generated ones."""


class Finding(Frozen):
    """One file of evidence on a package."""

    kind: Kind
    package_digest: str
    content: bytes

    @property
    def digest(self) -> str:
        """`sha256:` and 64 hex digits."""
        return f"sha256:{hashlib.sha256(self.content).hexdigest()}"

    @property
    def key(self) -> str:
        """Where it lies in the registry's bucket."""
        return name_finding(self.package_digest, self.kind, self.digest)


def name_finding(package_digest: str, kind: Kind, digest: str) -> str:
    """Where a finding lies."""
    return f"evidence/{package_digest[7:]}/{kind}-{digest[7:]}.json"


def take_gate(file: Path, package_digest: str) -> Finding:
    """A gate's verdict; raises NotGoodError when it is none, or another package's."""
    content = file.read_bytes()
    verdict = read_verdict(content, str(file))
    if verdict.package_digest != package_digest:
        raise NotGoodError(
            f"{file} is the verdict on {verdict.package_digest}, the package is {package_digest}:"
            " let the gate judge this package."
        )
    return Finding(kind="gate", package_digest=package_digest, content=content)


def read_verdict(content: bytes, name: str) -> GateVerdict:
    """Reads a verdict; raises NotGoodError naming what it lacks."""
    try:
        return GateVerdict.model_validate_json(content)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        what = ".".join(map(str, fault["loc"])) or "its content"
        raise NotGoodError(f"{name} is no verdict of the gate ({what}: {fault['msg']}).") from error


def keep(s3: "S3Client", bucket: str, finding: Finding) -> None:
    """Puts a finding where it belongs; again is the same."""
    put_once(s3, bucket, finding.key, finding.content)


def fetch(s3: "S3Client", bucket: str, package_digest: str, kind: Kind, digest: str) -> Finding:
    """Reads a finding; raises NotGoodError when it is not there, or not the one of this digest."""
    key = name_finding(package_digest, kind, digest)
    try:
        content = read_bytes(s3, ObjectPointer(bucket=bucket, key=key))
    except ObjectMissingError as error:
        raise NotGoodError(f"The trail names evidence that is not there: {error}.") from error
    finding = Finding(kind=kind, package_digest=package_digest, content=content)
    if finding.digest != digest:
        raise NotGoodError(f"s3://{bucket}/{key} is not what the trail names: it was changed.")
    return finding
