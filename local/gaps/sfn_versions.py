"""moto 5.2.5: ListStateMachineVersions does not exist; Terraform calls it for every machine."""

from __future__ import annotations

from moto.core.responses import ActionResult
from moto.stepfunctions.responses import StepFunctionResponse

from local.context import GapContext


def close(context: GapContext) -> None:
    """List what `publish` kept, newest first."""
    del context

    def list_state_machine_versions(response: StepFunctionResponse) -> ActionResult:
        arn = response._get_param("stateMachineArn")
        machine = response.stepfunction_backend.describe_state_machine(arn)
        versions = sorted(machine.versions.items(), reverse=True)
        rows = [
            {"stateMachineVersionArn": version.arn, "creationDate": version.creation_date}
            for _, version in versions
        ]
        return ActionResult({"stateMachineVersions": rows})

    if hasattr(StepFunctionResponse, "list_state_machine_versions"):
        raise AttributeError("moto lists versions now: delete this file")
    StepFunctionResponse.list_state_machine_versions = (  # type: ignore[attr-defined]
        list_state_machine_versions
    )
