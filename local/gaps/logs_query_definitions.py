"""moto 5.2.5: CloudWatch Logs has no query definitions."""

from __future__ import annotations

import json
import time
from typing import Any
from uuid import uuid4

from moto.core.exceptions import JsonRESTError
from moto.logs.responses import LogsResponse

from local.context import GapContext

_FIELDS = ("name", "queryString", "logGroupNames", "queryLanguage")


def close(context: GapContext) -> None:
    """Keep query definitions, by account and region."""
    del context
    kept: dict[tuple[str, str], dict[str, dict[str, Any]]] = {}

    def definitions(response: LogsResponse) -> dict[str, dict[str, Any]]:
        return kept.setdefault((response.current_account, response.region), {})

    def put_query_definition(response: LogsResponse) -> str:
        identity = response._get_param("queryDefinitionId") or str(uuid4())
        given = {name: response._get_param(name) for name in _FIELDS}
        definitions(response)[identity] = {
            "queryDefinitionId": identity,
            "lastModified": int(time.time() * 1000),
            **{name: value for name, value in given.items() if value is not None},
        }
        return json.dumps({"queryDefinitionId": identity})

    def describe_query_definitions(response: LogsResponse) -> str:
        prefix = response._get_param("queryDefinitionNamePrefix") or ""
        found = [each for each in definitions(response).values() if each["name"].startswith(prefix)]
        return json.dumps({"queryDefinitions": sorted(found, key=lambda each: each["name"])})

    def delete_query_definition(response: LogsResponse) -> str:
        identity = response._get_param("queryDefinitionId")
        if definitions(response).pop(identity, None) is None:
            raise JsonRESTError("ResourceNotFoundException", "The query definition does not exist.")
        return json.dumps({"success": True})

    for operation in (put_query_definition, describe_query_definitions, delete_query_definition):
        if hasattr(LogsResponse, operation.__name__):
            raise AttributeError("moto has query definitions now: delete this file")
        setattr(LogsResponse, operation.__name__, operation)
