"""What Terraform and the registry leave in parameters for whoever has to find them."""

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from cli.failures import OutOfReachError

Names = TypeVar("Names", bound=BaseModel)


def read_names(ssm: Any, name: str, model: type[Names], *, what: str, advice: str) -> Names:  # noqa: ANN401 - a client without type stubs
    """Reads one parameter; raises OutOfReachError when it is missing or describes nothing."""
    where = f"{ssm.meta.endpoint_url} ({ssm.meta.region_name})"
    try:
        reply = ssm.get_parameter(Name=name)
    except ssm.exceptions.ParameterNotFound as error:
        msg = f"There is no {what} at {where}, for the parameter {name} is missing: {advice}"
        raise OutOfReachError(msg) from error
    try:
        return model.model_validate_json(reply["Parameter"].get("Value", ""))
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, fault["loc"])) or "its value"
        msg = (
            f"The parameter {name} does not describe a {what} ({where}: {fault['msg']}):"
            " apply the Terraform of the same version as this command."
        )
        raise OutOfReachError(msg) from error
