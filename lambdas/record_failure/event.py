"""What RecordFailure sends."""

from pydantic import Field, field_validator

from lambdas.shared.contracts import Document, Transition
from lambdas.shared.model import Frozen


class Failure(Frozen):
    """An error as Step Functions tells it; from a Lambda function the cause is JSON."""

    error: str = Field(alias="Error")
    cause: str = Field(alias="Cause", default="")


class Event(Frozen):
    """A document one of whose steps has failed for good."""

    document: Document
    transition: Transition
    failed: dict[str, Failure] = Field(description="the failed state and its error")

    @field_validator("failed")
    @classmethod
    def _one_state(cls, failed: dict[str, Failure]) -> dict[str, Failure]:
        if len(failed) != 1:
            msg = f"expected one failed state, got {sorted(failed)}"
            raise ValueError(msg)
        return failed
