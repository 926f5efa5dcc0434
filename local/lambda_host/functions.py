"""Finds what moto has recorded of a deployed function, and invokes it."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from moto.awslambda.exceptions import LambdaClientError
from moto.awslambda.models import LambdaBackend, LambdaFunction, lambda_backends

from local.context import InvokeResult
from local.lambda_host.code import Sources, unpack
from local.lambda_host.configuration import FunctionConfiguration
from local.lambda_host.host import LambdaHost
from local.lambda_host.invocation import Invocation
from local.lambda_host.settings import logging_config_of

REQUEST_BYTES = 6 * 1024 * 1024
EVENT_BYTES = 1024 * 1024


class RequestRefusedError(LambdaClientError):
    """Lambda refuses the invocation before any function sees it."""

    def __init__(self, status: int, error: str, message: str) -> None:
        self.code = status
        super().__init__(error, message)


@dataclass(frozen=True, slots=True)
class Target:
    """One function version that an invocation resolves to, and the ARN it was invoked by."""

    function: LambdaFunction
    invoked_arn: str


class Functions:
    """The deployed functions of every account and region that moto holds.

    `code` is the directory that functions of package type Image run from: their images are not
    pulled. Zip archives are unpacked below `unpacked`.
    """

    def __init__(
        self, host: LambdaHost, *, region: str, account_id: str, code: Path, unpacked: Path
    ) -> None:
        self._host = host
        self._region = region
        self._account_id = account_id
        self._code = code
        self._unpacked = unpacked
        self._sources = Sources()

    def resolve(
        self,
        name_or_arn: str,
        qualifier: str | None = None,
        *,
        backend: LambdaBackend | None = None,
        choose: Callable[[], float] = random.random,
    ) -> Target:
        """Find the version that a name, an ARN or an alias means; moto's error if there is none.

        An alias with a routing configuration sends the configured share of calls to its second
        version.
        """
        if backend is None:
            backend = self._backend_of(name_or_arn)
        name = name_or_arn.rpartition(":function:")[2]
        name, _, inline_qualifier = name.partition(":")
        qualifier = inline_qualifier or qualifier
        function = backend.get_function(name, qualifier)
        invoked_arn = _unqualified_arn(function) + (f":{qualifier}" if qualifier else "")
        alias = next((a for a in backend.list_aliases(name) if a.name == qualifier), None)
        # moto says that it is text; it is the object of the request.
        routing = cast("dict[str, dict[str, float]] | None", alias and alias.routing_config)
        for version, weight in (routing or {}).get("AdditionalVersionWeights", {}).items():
            if choose() < weight:
                function = backend.get_function(name, version)
        return Target(function, invoked_arn)

    def invoke(self, target: Target, invocation: Invocation) -> InvokeResult:
        """Run one invocation of a resolved function to its end."""
        if target.function.reserved_concurrency == 0:
            raise RequestRefusedError(429, "TooManyRequestsException", "Rate Exceeded.")
        return self._host.invoke(self.configuration_of(target.function), invocation)

    def invoke_sync(self, name_or_arn: str, payload: bytes) -> InvokeResult:
        """Invoke by name or ARN and wait for the result."""
        check_payload(payload, REQUEST_BYTES)
        target = self.resolve(name_or_arn)
        return self.invoke(target, Invocation(payload or b"{}", target.invoked_arn))

    def configuration_of(self, function: LambdaFunction) -> FunctionConfiguration:
        """Return what the host needs to know of one version of a function."""
        if function.package_type == "Image":
            code, handler = self._code, next(iter(function.image_config.cmd), "")
            digest = f"{function.code_sha_256} {self._sources.newest(code, handler)}"
        else:
            code, handler = unpack(function.code_bytes, self._unpacked), function.handler
            digest = function.code_sha_256
        logging = logging_config_of(function)
        return FunctionConfiguration(
            name=function.function_name,
            arn=_unqualified_arn(function),
            version=str(function.version),
            handler=handler,
            timeout_seconds=int(function.timeout),
            memory_megabytes=int(function.memory_size),
            environment=tuple(sorted(function.environment_vars.items())),
            account_id=function.account_id,
            region=function.region,
            log_group=logging["LogGroup"],
            log_format=logging["LogFormat"],
            code=code,
            code_digest=digest,
            reserved_concurrency=_as_int(function.reserved_concurrency),
        )

    def concurrency_of(self, name_or_arn: str) -> int:
        """Return how many invocations of a function run at once."""
        reserved = _as_int(self.resolve(name_or_arn).function.reserved_concurrency)
        return self._host.limits.of_function(reserved)

    def _backend_of(self, name_or_arn: str) -> LambdaBackend:
        account_id, region = self._account_id, self._region
        if name_or_arn.startswith("arn:"):
            _, _, _, region, account_id, *_ = name_or_arn.split(":")
        return lambda_backends[account_id][region]


def check_payload(payload: bytes, limit: int) -> None:
    """Refuse what Lambda refuses: too much, or no JSON."""
    if len(payload) > limit:
        message = (
            f"{len(payload)} byte payload is too large for the invocation (limit {limit} bytes)"
        )
        raise RequestRefusedError(413, "RequestTooLargeException", message)
    try:
        json.loads(payload or b"{}")
    except ValueError as error:
        message = f"Could not parse request body into json: {error}"
        raise RequestRefusedError(400, "InvalidRequestContentException", message) from error


def _unqualified_arn(function: LambdaFunction) -> str:
    return ":".join(function.function_arn.split(":")[:7])


def _as_int(value: str | int | None) -> int | None:
    return None if value is None else int(value)
