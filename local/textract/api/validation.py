"""Requests held against the service's own model, as botocore ships it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import botocore.session
from botocore.model import ListShape, ServiceModel, Shape, StringShape, StructureShape
from botocore.validate import ParamValidator

from local.textract.api.errors import InvalidParameterError

# The model states no upper bound; the service's reference does.
MOST_RESULTS = 1000


@cache
def load_model() -> ServiceModel:
    """Textract's service model."""
    return botocore.session.get_session().get_service_model("textract")


def check_request(operation: str, request: Mapping[str, Any]) -> None:
    """Raise InvalidParameterError, naming the parameter, for what the service would refuse.

    Required members, types and lower bounds are botocore's; patterns, enumerations and upper
    bounds, which a client leaves to the service, are checked here.
    """
    shape = load_model().operation_model(operation).input_shape
    assert isinstance(shape, StructureShape)
    report = ParamValidator().validate(request, shape)
    if report.has_errors():
        raise InvalidParameterError(f"Request has invalid parameters: {report.generate_report()}")
    _check_members(shape, request, "")
    results = request.get("MaxResults", 1)
    if results > MOST_RESULTS:
        raise InvalidParameterError(
            f"Request has invalid parameters: MaxResults: {results} is above {MOST_RESULTS}"
        )


def _check_members(shape: StructureShape, values: Mapping[str, Any], path: str) -> None:
    for name, value in values.items():
        member = shape.members.get(name)
        if member is not None:
            _check(member, value, f"{path}.{name}" if path else name)


def _check(shape: Shape, value: Any, path: str) -> None:  # noqa: ANN401  (any member)
    if isinstance(shape, StructureShape):
        _check_members(shape, value, path)
    elif isinstance(shape, ListShape):
        _check_length(shape, len(value), path)
        for index, item in enumerate(value):
            _check(shape.member, item, f"{path}[{index}]")
    elif isinstance(shape, StringShape):
        _check_length(shape, len(value), path)
        pattern = shape.metadata.get("pattern")
        if pattern and not re.fullmatch(pattern, value, re.DOTALL):
            raise InvalidParameterError(
                f"Request has invalid parameters: {path}: must satisfy the pattern {pattern}"
            )
        if shape.enum and value not in shape.enum:
            raise InvalidParameterError(
                f"Request has invalid parameters: {path}: must be one of {', '.join(shape.enum)}"
            )


def _check_length(shape: Shape, length: int, path: str) -> None:
    most = shape.metadata.get("max")
    if most is not None and length > most:
        raise InvalidParameterError(
            f"Request has invalid parameters: {path}: length {length} is above {most}"
        )
