"""Replies held against botocore's model of the service."""

from __future__ import annotations

from typing import Any

from botocore.model import ListShape, Shape, StringShape, StructureShape

from local.textract.api.validation import load_model

_TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "integer": int,
    "float": (int, float),
    "boolean": bool,
}


def find_deviations(operation: str, reply: dict[str, Any]) -> list[str]:
    """What the service would never send: unknown members, wrong types, values out of bounds."""
    shape = load_model().operation_model(operation).output_shape
    assert shape is not None
    body = {name: value for name, value in reply.items() if name != "ResponseMetadata"}
    found: list[str] = []
    _compare(shape, body, operation, found)
    return found


def _compare(shape: Shape, value: Any, path: str, found: list[str]) -> None:
    if isinstance(shape, StructureShape):
        found.extend(f"{path}.{name} is unknown" for name in set(value) - set(shape.members))
        found.extend(
            f"{path}.{name} is missing" for name in set(shape.required_members) - value.keys()
        )
        for name in set(value) & set(shape.members):
            _compare(shape.members[name], value[name], f"{path}.{name}", found)
    elif isinstance(shape, ListShape):
        for index, item in enumerate(value):
            _compare(shape.member, item, f"{path}[{index}]", found)
    elif not isinstance(value, _TYPES[shape.type_name]):
        found.append(f"{path} is {value!r}, no {shape.type_name}")
    elif isinstance(shape, StringShape):
        if shape.enum and value not in shape.enum:
            found.append(f"{path} is {value!r}, none of {shape.enum}")
    else:
        least, most = shape.metadata.get("min"), shape.metadata.get("max")
        if (least is not None and value < least) or (most is not None and value > most):
            found.append(f"{path} is {value!r}, not within {least}..{most}")
