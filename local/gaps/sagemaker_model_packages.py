"""moto 5.2.5: updating a model package forgets what the request does not name, deleting is missing.

`update_model_package` sets status, description and metadata to None where AWS leaves them, so that
an approval loses the package's digest. Neither a version nor a group can be deleted; and values
that AWS refuses are taken.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from moto.core.responses import ActionResult
from moto.sagemaker.exceptions import AWSValidationException
from moto.sagemaker.models import SageMakerModelBackend
from moto.sagemaker.responses import SageMakerResponse

from local.context import GapContext
from local.gaps import seams
from local.gaps.seams import Untyped

_LONGEST_TEXT = 1024
_LONGEST_KEY, _LONGEST_VALUE, _MOST_PROPERTIES = 128, 256, 50
_MARKS = "_.:/=+-@"


def close(context: GapContext) -> None:
    """Update what is named, delete what nothing stands on, refuse what AWS refuses."""
    del context

    def around_create(original: Untyped) -> Untyped:
        def create_model_package(backend: SageMakerModelBackend, **request: Untyped) -> Untyped:
            _check_text("modelPackageDescription", request["model_package_description"])
            for name, value in (request["metadata_properties"] or {}).items():
                _check_text(name, value)
            _check_properties(request["customer_metadata_properties"])
            return original(backend, **request)

        return create_model_package

    def around_update(original: Untyped) -> Untyped:
        def update_model_package(backend: SageMakerModelBackend, **request: Untyped) -> Untyped:
            _check_text("approvalDescription", request["approval_description"])
            _check_properties(request["customer_metadata_properties"])
            if package := backend.model_packages.get(request["model_package_arn"]):
                request = _complete(request, package)
            return original(backend, **request)

        return update_model_package

    for operation in (delete_model_package, delete_model_package_group):
        if hasattr(SageMakerResponse, operation.__name__):
            raise AttributeError("moto deletes model packages now: review this file")
        setattr(SageMakerResponse, operation.__name__, operation)
    seams.wrap(SageMakerModelBackend, "create_model_package", around_create)
    seams.wrap(SageMakerModelBackend, "update_model_package", around_update)


def delete_model_package(response: SageMakerResponse) -> ActionResult:
    """Delete one version."""
    backend = response.sagemaker_backend
    name = response._get_param("ModelPackageName")
    arn = backend.model_package_name_mapping.get(name, name)
    if backend.model_packages.pop(arn, None) is None:
        raise AWSValidationException(f"Model package {name} does not exist.")
    return ActionResult({})


def delete_model_package_group(response: SageMakerResponse) -> ActionResult:
    """Delete a group that has no versions."""
    backend = response.sagemaker_backend
    name = response._get_param("ModelPackageGroupName")
    group = backend.describe_model_package_group(name)
    if any(each.model_package_group_name == name for each in backend.model_packages.values()):
        raise AWSValidationException(f"{group.arn} has model packages: delete them first.")
    del backend.model_package_groups[name]
    return ActionResult({})


def _complete(request: dict[str, Any], package: Untyped) -> dict[str, Any]:
    """The request with everything that it does not name as it is."""
    kept = package.customer_metadata_properties or {}
    return {
        **request,
        "model_approval_status": request["model_approval_status"] or package.model_approval_status,
        "approval_description": request["approval_description"] or package.approval_description,
        "customer_metadata_properties": {
            **kept,
            **(request["customer_metadata_properties"] or {}),
        },
    }


def _check_text(name: str, value: str | None) -> None:
    if value is not None and (len(value) > _LONGEST_TEXT or "\n" in value):
        raise AWSValidationException(f"Value at '{name}' failed to satisfy constraint: one line.")


def _check_properties(properties: dict[str, str] | None) -> None:
    """Keys and values hold letters, digits, spaces and a few marks."""
    for key, value in (properties or {}).items():
        fits = 0 < len(key) <= _LONGEST_KEY and 0 < len(value) <= _LONGEST_VALUE
        if not fits or not all(map(_is_allowed, key + value)):
            raise AWSValidationException(
                f"Value '{value}' of '{key}' at 'customerMetadataProperties' failed to satisfy"
                r" constraint: ([\p{L}\p{Z}\p{N}_.:/=+\-@]*)"
            )
    if len(properties or {}) > _MOST_PROPERTIES:
        raise AWSValidationException("customerMetadataProperties has more than 50 entries.")


def _is_allowed(letter: str) -> bool:
    return letter in _MARKS or unicodedata.category(letter)[0] in "LZN"
