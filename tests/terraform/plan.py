"""A plan of the root module as Terraform tells it in JSON."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Plan:
    """What would be there after the apply: each resource's known values, by its address."""

    resources: Mapping[str, Mapping[str, Any]]

    def of_type(self, kind: str) -> dict[str, Any]:
        """The values of the resources of one type, by address."""
        return {
            address: resource["values"]
            for address, resource in self.resources.items()
            if resource["type"] == kind
        }

    def functions(self) -> dict[str, Any]:
        """The Lambda functions by their folder in `lambdas`."""
        found = self.of_type("aws_lambda_function")
        return {address.split(".")[1]: function for address, function in found.items()}

    def environment(self, function: str) -> dict[str, str]:
        """A function's variables."""
        (environment,) = self.functions()[function]["environment"]
        variables: dict[str, str] = environment["variables"]
        return variables

    def policies(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Every statement of every role, with the role policy's address.

        Actions and resources are always lists.
        """
        for address, policy in self.of_type("aws_iam_role_policy").items():
            for statement in read_statements(policy["policy"]):
                yield address, statement


def read_plan(document: str) -> Plan:
    """Reads what `terraform show -json` says of a saved plan."""
    root = json.loads(document)["planned_values"]["root_module"]
    return Plan({resource["address"]: resource for resource in _flatten(root)})


def read_statements(policy: str) -> list[dict[str, Any]]:
    """A policy document's statements; actions and resources are always lists."""
    return [
        statement
        | {
            name: [statement[name]] if isinstance(statement[name], str) else statement[name]
            for name in ("Action", "Resource")
            if name in statement
        }
        for statement in json.loads(policy)["Statement"]
    ]


def _flatten(module: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from module.get("resources", [])
    for child in module.get("child_modules", []):
        yield from _flatten(child)
