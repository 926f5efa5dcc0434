"""The environment variables that a function's process sees."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from local.lambda_host.configuration import FunctionConfiguration

# What a process needs of the machine. Everything else of the host's environment stays outside:
# a handler that works only with the developer's variables must fail here, not in the cloud.
_FROM_THE_MACHINE = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT")


def build(
    configuration: FunctionConfiguration,
    *,
    runtime_api: str,
    log_stream: str,
    endpoint_url: str,
    textract_url: str | None,
    temporary_directory: Path,
    machine: Mapping[str, str] = os.environ,
) -> dict[str, str]:
    """Return the whole environment: the function's variables and those that Lambda reserves."""
    variables = {name: machine[name] for name in _FROM_THE_MACHINE if name in machine}
    variables.setdefault("LANG", "C.UTF-8")
    variables.update(
        TZ=":UTC",
        TMPDIR=str(temporary_directory),
        LAMBDA_TASK_ROOT=str(configuration.code),
        PYTHONPATH=str(configuration.code),
        AWS_ENDPOINT_URL=endpoint_url,
        AWS_EC2_METADATA_DISABLED="true",
    )
    if textract_url:
        variables["AWS_ENDPOINT_URL_TEXTRACT"] = textract_url
    variables.update(configuration.environment)
    variables.update(
        _HANDLER=configuration.handler,
        AWS_LAMBDA_RUNTIME_API=runtime_api,
        AWS_LAMBDA_FUNCTION_NAME=configuration.name,
        AWS_LAMBDA_FUNCTION_VERSION=configuration.version,
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE=str(configuration.memory_megabytes),
        AWS_LAMBDA_LOG_GROUP_NAME=configuration.log_group,
        AWS_LAMBDA_LOG_STREAM_NAME=log_stream,
        AWS_LAMBDA_LOG_FORMAT=configuration.log_format,
        AWS_LAMBDA_INITIALIZATION_TYPE="on-demand",
        AWS_EXECUTION_ENV=f"AWS_Lambda_python{sys.version_info.major}.{sys.version_info.minor}",
        AWS_REGION=configuration.region,
        AWS_DEFAULT_REGION=configuration.region,
        AWS_ACCESS_KEY_ID="local",
        AWS_SECRET_ACCESS_KEY="local",
        AWS_SESSION_TOKEN="local",
    )
    return variables
