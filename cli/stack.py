"""The names of a stack's resources, as Terraform leaves them in a parameter."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from cli.parameters import read_names


class DeployedModel(BaseModel):
    """The model package that a stack runs."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    digest: str
    package_arn: str


class Stack(BaseModel):
    """One workspace's resources; a name that this version does not know is no error."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    workspace: str
    region: str
    account_id: str
    incoming_bucket: str
    extractions_bucket: str
    decisions_bucket: str
    documents_table: str
    audit_table: str
    limits_table: str
    idempotency_table: str
    document_batch_arn: str
    batch_summary_arn: str
    intake_queue_url: str
    intake_dead_letters_url: str
    extraction_completed_queue_url: str
    summary_topic_arn: str
    model: DeployedModel
    max_pages: int
    max_bytes: int
    functions: dict[str, str]


def read_stack(ssm: Any, workspace: str) -> Stack:  # noqa: ANN401 - a client without type stubs
    """Reads /intray/<workspace>/stack; raises OutOfReachError when it is missing or unreadable."""
    return read_names(
        ssm,
        f"/intray/{workspace}/stack",
        Stack,
        what=f"stack {workspace!r}",
        advice="apply the Terraform there, or choose with --workspace, --profile and --region.",
    )
