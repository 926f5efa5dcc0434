"""What the endpoint tells its user when it starts."""

from __future__ import annotations

from local.state import EndpointState

NOT_EMULATED = (
    "IAM: no policy is enforced, every call is allowed",
    "VPC: no network rule is enforced",
    "Step Functions: versions and aliases run the current definition; no ItemReader of JSON lines, "
    "no ItemBatcher, no TestState",
    "Lambda: images are not pulled, the working tree runs; memory is not limited; calls beyond the "
    "concurrency queue instead of being throttled; asynchronous retries wait seconds, not minutes",
    "durability: everything is in memory and gone when the endpoint stops",
)


def announce(state: EndpointState) -> str:
    """Return the text for a started endpoint."""
    lines = [
        f"AWS endpoint  {state.endpoint}",
        f"Textract      {state.textract or 'not started'}",
        f"Log           {state.log}",
        "",
        "Talk to it with",
        f"  export AWS_ENDPOINT_URL={state.endpoint}",
        "  export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_REGION=us-east-1",
        "",
        "Not emulated:",
        *(f"  - {item}" for item in NOT_EMULATED),
    ]
    return "\n".join(lines)
