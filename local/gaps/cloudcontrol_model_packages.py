"""moto 5.2.5: there is no Cloud Control API, by which Terraform reads what it has no resource for.

GetResource is answered for model packages, from what moto's SageMaker knows at that moment; of
every other type and operation it is said that they are missing here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from moto.moto_server.werkzeug_app import DomainDispatcherApplication
from moto.sagemaker.exceptions import SagemakerClientError
from moto.sagemaker.models import sagemaker_backends
from werkzeug import Request, Response

from local.context import GapContext
from local.gaps import seams
from local.gaps.seams import Untyped

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_TARGET = "CloudApiService."
_TYPE = "AWS::SageMaker::ModelPackage"
_NOT_IN_SCHEMA = {
    "CreatedBy",
    "LastModifiedBy",
    "CertifyForMarketplace",
    "ModelPackageStatusDetails",
}


class _RefusedError(Exception):
    """What Cloud Control answers with; the first argument is the error's name."""


def close(context: GapContext) -> None:
    """Answer Cloud Control's requests before moto looks for a service of that name."""

    def around(original: Untyped) -> Untyped:
        def call(
            application: DomainDispatcherApplication,
            environ: WSGIEnvironment,
            start_response: StartResponse,
        ) -> Iterable[bytes]:
            target = environ.get("HTTP_X_AMZ_TARGET", "")
            if not target.startswith(_TARGET):
                answer: Iterable[bytes] = original(application, environ, start_response)
                return answer
            body, status = _answer(context, target, Request(environ).get_json(force=True))
            response = Response(json.dumps(body), status, content_type="application/x-amz-json-1.0")
            return response(environ, start_response)

        return call

    seams.wrap(DomainDispatcherApplication, "__call__", around)


def _answer(
    context: GapContext, target: str, request: dict[str, Any]
) -> tuple[dict[str, Any], int]:
    try:
        if target != f"{_TARGET}GetResource":
            raise _RefusedError("UnsupportedActionException", f"{target} is not emulated here.")
        if (kind := request["TypeName"]) != _TYPE:
            raise _RefusedError("TypeNotFoundException", f"{kind} is not emulated here.")
        properties = _read_package(context.account_id, request["Identifier"])
    except _RefusedError as error:
        code, message = error.args
        return {"__type": code, "Message": message}, 400
    description = {"Identifier": request["Identifier"], "Properties": json.dumps(properties)}
    return {"TypeName": _TYPE, "ResourceDescription": description}, 200


def _read_package(account_id: str, arn: str) -> dict[str, Any]:
    try:
        region = arn.split(":")[3]
        package = sagemaker_backends[account_id][region].describe_model_package(arn)
    except (IndexError, KeyError, SagemakerClientError) as error:
        raise _RefusedError("ResourceNotFoundException", f"{arn} does not exist.") from error
    if package.arn != arn:
        raise _RefusedError("ResourceNotFoundException", f"{arn} does not exist.")
    described = package.gen_response_object()
    return {
        name: value if isinstance(value, str | int | float | list | dict) else str(value)
        for name, value in described.items()
        if name not in _NOT_IN_SCHEMA
    }
