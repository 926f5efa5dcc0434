"""The packages in the registry, each a version of one group."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pydantic import AwareDatetime

from cli import formats
from cli.failures import NotGoodError
from lambdas.shared.model import Frozen

Status = Literal["Approved", "Rejected", "PendingManualApproval"]
SAID: dict[Status, str] = {
    "Approved": "approved",
    "Rejected": "rejected",
    "PendingManualApproval": "waits for approval",
}
_DESCRIPTION = re.compile(r"sha256:[0-9a-f]{64} .*")
_SHORTEST_PREFIX = 4
"""Of a digest; what is shorter is a version's number."""


class Version(Frozen):
    """One registered package."""

    number: int
    arn: str
    digest: str
    name: str
    status: Status
    registered_at: AwareDatetime


def describe_version(digest: str, name: str) -> str:
    """A version's description; unlike its metadata, nobody can change it afterwards."""
    printable = formats.printable(" ".join(name.split()))
    return f"{digest} {printable}"[:1024]


def list_versions(sagemaker: Any, group: str) -> list[Version]:  # noqa: ANN401 - a client without type stubs
    """Every package of the group, the first one first; what is none of ours is left out."""
    pages = sagemaker.get_paginator("list_model_packages").paginate(
        ModelPackageGroupName=group, SortBy="CreationTime", SortOrder="Ascending"
    )
    found = [each for page in pages for each in page["ModelPackageSummaryList"]]
    ours = [
        read_version(each)
        for each in found
        if _DESCRIPTION.fullmatch(each.get("ModelPackageDescription", ""))
    ]
    return sorted(ours, key=lambda version: version.number)


def read_version(reply: Mapping[str, Any]) -> Version:
    """A version as SageMaker describes or lists it."""
    digest, _, name = reply["ModelPackageDescription"].partition(" ")
    return Version(
        number=reply["ModelPackageVersion"],
        arn=reply["ModelPackageArn"],
        digest=digest,
        name=name,
        status=reply["ModelApprovalStatus"],
        registered_at=reply["CreationTime"],
    )


def find_registered(versions: Sequence[Version], digest: str) -> Version | None:
    """The version of a digest; the first one, should two have been registered at once."""
    return next((version for version in versions if version.digest == digest), None)


def choose_version(versions: Sequence[Version], name: str) -> Version:
    """The version that is meant by a digest, the beginning of one, or a number.

    Raises NotGoodError when there is none or more than one.
    """
    prefix = name.removeprefix("sha256:").lower()
    meant = {
        version.digest: version
        for version in reversed(versions)
        if str(version.number) == name
        or (len(prefix) >= _SHORTEST_PREFIX and version.digest[7:].startswith(prefix))
    }
    if not meant:
        raise NotGoodError(f"No package {name!r} is registered; see `intray models list`.")
    if len(meant) > 1:
        which = ", ".join(f"{each.number} ({each.digest[7:23]}…)" for each in meant.values())
        raise NotGoodError(f"{name!r} may mean the versions {which}: give more of the digest.")
    return next(iter(meant.values()))
