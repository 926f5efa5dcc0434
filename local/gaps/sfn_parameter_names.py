"""moto 5.2.5: a service task's parameters and results are not named as the API names them.

`StateTaskService._normalise_parameters` and `_normalise_response` do nothing:
`states:startExecution` and its `.sync` forms end in KeyError('StateMachineArn'), an object handed
to a text parameter is not serialised, and `aws-sdk:s3:getObject` ends in "cannot pickle
BufferedReader".
"""

from __future__ import annotations

import json
from datetime import datetime
from functools import lru_cache
from typing import Any

import botocore.session
from botocore.exceptions import UnknownServiceError
from botocore.model import ListShape, MapShape, OperationModel, Shape, StructureShape
from botocore.response import StreamingBody
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service import (  # noqa: E501
    StateTaskService,
)
from moto.stepfunctions.parser.utils import camel_to_snake_case

from local.context import GapContext
from local.gaps import seams
from local.gaps.seams import Untyped
from local.gaps.sfn_context_object import format_instant


def close(context: GapContext) -> None:
    """Translate between the state machine's names and the API's, by botocore's service models."""
    del context

    def normalise_parameters(
        task: Untyped,
        parameters: dict[str, Any],
        boto_service_name: str | None = None,
        service_action_name: str | None = None,
    ) -> None:
        operation = _operation_of(task, boto_service_name, service_action_name)
        if operation is not None and operation.input_shape is not None:
            renamed = _to_api(parameters, operation.input_shape)
            parameters.clear()
            parameters.update(renamed)

    def normalise_response(
        task: Untyped,
        response: Untyped,
        boto_service_name: str | None = None,
        service_action_name: str | None = None,
    ) -> None:
        operation = _operation_of(task, boto_service_name, service_action_name)
        if operation is not None and operation.output_shape is not None:
            # `states:` gives epoch milliseconds, the SDK integrations ISO 8601.
            is_sdk = task.resource.service_name == "aws-sdk"
            renamed = _from_api(response, operation.output_shape, instants_as_text=is_sdk)
            if isinstance(response, dict):
                response.clear()
                response.update(renamed)

    seams.replace(StateTaskService, "_normalise_parameters", normalise_parameters)
    seams.replace(StateTaskService, "_normalise_response", normalise_response)


def _operation_of(task: Untyped, service: str | None, action: str | None) -> OperationModel | None:
    return _find_operation(
        task._get_boto_service_name(service), task._get_boto_service_action(action)
    )


@lru_cache(maxsize=256)
def _find_operation(service: str, action: str) -> OperationModel | None:
    try:
        model = botocore.session.get_session().get_service_model(service)
    except UnknownServiceError:
        return None  # such as API Gateway's `invoke`, which is no API of boto3
    for name in model.operation_names:
        if camel_to_snake_case(name) == action:
            return model.operation_model(name)
    return None


def _to_api(value: Untyped, shape: Shape) -> Untyped:
    if isinstance(shape, StructureShape) and isinstance(value, dict):
        names = {name.lower(): name for name in shape.members}
        renamed = {}
        for key, inner in value.items():
            name = names.get(key.lower()) or key
            member = shape.members.get(name)
            renamed[name] = inner if member is None else _to_api(inner, member)
        return renamed
    if isinstance(shape, ListShape) and isinstance(value, list):
        return [_to_api(inner, shape.member) for inner in value]
    if isinstance(shape, MapShape) and isinstance(value, dict):
        return {key: _to_api(inner, shape.value) for key, inner in value.items()}
    if shape.type_name == "string" and isinstance(value, dict | list):
        return json.dumps(value, separators=(",", ":"))
    return value


def _from_api(value: Untyped, shape: Shape, *, instants_as_text: bool) -> Untyped:
    if isinstance(value, StreamingBody):
        return value.read().decode()
    if isinstance(value, datetime):
        return format_instant(value) if instants_as_text else int(value.timestamp() * 1000)
    if isinstance(shape, StructureShape) and isinstance(value, dict):
        renamed = {}
        for key, inner in value.items():
            member = shape.members.get(key)
            renamed[key[:1].upper() + key[1:]] = (
                inner
                if member is None
                else _from_api(inner, member, instants_as_text=instants_as_text)
            )
        return renamed
    if isinstance(shape, ListShape) and isinstance(value, list):
        return [
            _from_api(inner, shape.member, instants_as_text=instants_as_text) for inner in value
        ]
    if isinstance(shape, MapShape) and isinstance(value, dict):
        return {
            key: _from_api(inner, shape.value, instants_as_text=instants_as_text)
            for key, inner in value.items()
        }
    return value
