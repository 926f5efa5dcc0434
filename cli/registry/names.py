"""The names of the registry's resources, as Terraform leaves them in a parameter."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from cli.parameters import read_names

PARAMETER = "/intray/models"


class Registry(BaseModel):
    """One account's registry; a name that this version does not know is no error."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    region: str
    account_id: str
    bucket: str
    group: str
    audit_table: str
    image: str
    four_eyes: bool


def read_registry(ssm: Any) -> Registry:  # noqa: ANN401 - a client without type stubs
    """Reads the parameter; raises OutOfReachError when it is missing or unreadable."""
    return read_names(
        ssm,
        PARAMETER,
        Registry,
        what="model registry",
        advice="apply terraform/bootstrap there, or choose with --profile and --region.",
    )
