"""moto 5.2.5 forgets some of what a function is configured with.

`LoggingConfig` and `DeadLetterConfig` are dropped at creation and update, `ImageConfig`,
`TracingConfig`, `EphemeralStorage` and `KMSKeyArn` at update: Terraform sees a difference after
every apply, and the host would run the old handler. The event invoke configuration is appended
instead of replaced.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.awslambda.models import EventInvokeConfig, ImageConfig, LambdaBackend, LambdaFunction

from local.gaps import seams

_KEPT = "kept_settings"
_FORGOTTEN = ("LoggingConfig", "DeadLetterConfig")


def keep() -> None:
    """Make moto's functions keep them, and answer with them."""
    seams.wrap(LambdaFunction, "__init__", _around_init)
    seams.wrap(LambdaFunction, "update_configuration", _around_update)
    seams.wrap(LambdaFunction, "get_configuration", _around_get)
    seams.replace(LambdaBackend, "put_function_event_invoke_config", _put_event_invoke_config)


def logging_config_of(function: LambdaFunction) -> dict[str, Any]:
    """Return the log group that the function writes to and the format, with their defaults."""
    defaults = {"LogFormat": "Text", "LogGroup": f"/aws/lambda/{function.function_name}"}
    configured = _kept(function, "LoggingConfig")
    if configured.get("LogFormat") == "JSON":
        defaults |= {"ApplicationLogLevel": "INFO", "SystemLogLevel": "INFO"}
    return defaults | {name: value for name, value in configured.items() if value}


def event_invoke_config_of(function: LambdaFunction) -> dict[str, Any]:
    """Return how asynchronous invocations are retried and where their results go."""
    return function.event_invoke_config[-1].config if function.event_invoke_config else {}


def dead_letter_of(function: LambdaFunction) -> str | None:
    """Return the queue or topic that gets events which failed for good, if the function has one."""
    return _kept(function, "DeadLetterConfig").get("TargetArn") or None


def _kept(function: LambdaFunction, name: str) -> dict[str, Any]:
    return vars(function).get(_KEPT, {}).get(name) or {}


def _around_init(original: Callable[..., None]) -> Callable[..., None]:
    def create(
        self: LambdaFunction,
        account_id: str,
        spec: dict[str, Any],
        region: str,
        version: str | int = 1,
    ) -> None:
        original(self, account_id, spec, region, version)
        vars(self)[_KEPT] = {name: spec.get(name) for name in _FORGOTTEN}

    return create


def _around_update(original: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    def update(self: LambdaFunction, updates: dict[str, Any]) -> dict[str, Any]:
        changed = {name: updates[name] for name in _FORGOTTEN if name in updates}
        # A new dictionary: published versions hold on to the old one.
        vars(self)[_KEPT] = vars(self)[_KEPT] | changed
        if "ImageConfig" in updates:
            self.image_config = ImageConfig(updates["ImageConfig"])
        if "TracingConfig" in updates:
            self.tracing_config = updates["TracingConfig"]
        if "EphemeralStorage" in updates:
            self.ephemeral_storage = updates["EphemeralStorage"]["Size"]
        if "KMSKeyArn" in updates:
            self.kms_key_arn = updates["KMSKeyArn"]
        return original(self, updates)

    return update


def _around_get(original: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    def get(self: LambdaFunction, on_create: bool = False) -> dict[str, Any]:
        configuration = original(self, on_create)
        configuration["LoggingConfig"] = logging_config_of(self)
        if dead_letter := dead_letter_of(self):
            configuration["DeadLetterConfig"] = {"TargetArn": dead_letter}
        return configuration

    return get


def _put_event_invoke_config(
    self: LambdaBackend, function_name: str, config: dict[str, Any]
) -> dict[str, Any]:
    function = self.get_function(function_name)
    kept = EventInvokeConfig(function.function_arn, function.last_modified, config)
    function.event_invoke_config = [kept]
    return kept.response()
