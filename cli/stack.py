"""The names of a stack's resources, as Terraform leaves them in a parameter."""

from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from cli.failures import OutOfReachError


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
    max_pages: int
    max_bytes: int
    functions: dict[str, str]


def read_stack(ssm: Any, workspace: str) -> Stack:  # noqa: ANN401 - a client without type stubs
    """Reads /intray/<workspace>/stack; raises OutOfReachError when it is missing or unreadable."""
    name = f"/intray/{workspace}/stack"
    where = f"{ssm.meta.endpoint_url} ({ssm.meta.region_name})"
    try:
        reply = ssm.get_parameter(Name=name)
    except ssm.exceptions.ParameterNotFound as error:
        msg = (
            f"There is no stack {workspace!r} at {where}, for the parameter {name} is missing:"
            " apply the Terraform there, or choose with --workspace, --profile and --region."
        )
        raise OutOfReachError(msg) from error
    try:
        return Stack.model_validate_json(reply["Parameter"].get("Value", ""))
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        what = ".".join(map(str, fault["loc"])) or "its value"
        msg = (
            f"The parameter {name} does not describe a stack ({what}: {fault['msg']}):"
            " apply the Terraform of the same version as this command."
        )
        raise OutOfReachError(msg) from error
