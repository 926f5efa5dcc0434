"""What the registry's commands call is what its policies grant, purpose by purpose."""

from collections.abc import Callable
from typing import Any

import pytest
from botocore.client import BaseClient

from tests.contracts.hcl import ROOT, Block, read_folder, read_locals, read_object, read_strings
from tests.unit.cli.conftest import Run
from tests.unit.cli.registries import RegistryInMemory

REASON = ("--reason", "a better one")
ACTIONS = {"s3:ListObjectsV2": "s3:ListBucket"}
FREE = {"sts:GetCallerIdentity"}
"""Whoever has credentials may ask who they are."""
BEYOND_CALLS = {
    "s3:ListBucket",  # an absent object is a 404 and not a 403
    "sagemaker:DescribeModelPackage",  # whoever plans reads the package by Cloud Control
}
Calls = Callable[..., set[str]]


@pytest.fixture
def call(run: Run, monkeypatch: pytest.MonkeyPatch) -> Calls:
    """Runs a command; the actions that its calls need."""
    made: set[str] = set()
    make: Any = BaseClient._make_api_call  # type: ignore[attr-defined]

    def note(client: BaseClient, operation: str, arguments: Any) -> Any:
        action = f"{client.meta.service_model.service_name}:{operation}"
        made.add(ACTIONS.get(action, action))
        return make(client, operation, arguments)

    def invoke(*arguments: str) -> set[str]:
        made.clear()
        with monkeypatch.context() as patch:
            patch.setattr(BaseClient, "_make_api_call", note)
            result = run("models", *arguments)
        assert result.exit_code == 0, result.output
        return made - FREE

    return invoke


def read_actions(document: Block) -> set[str]:
    actions = {
        action
        for statement in document.of_kind("statement")
        for action in read_strings(statement.attributes["actions"])
    }
    return {action for action in actions if not action.startswith("kms:")}


def grant(purpose: str) -> set[str]:
    """The actions of a policy with all that it is made of."""
    module = read_folder(ROOT / "modules" / "model_registry")
    (document,) = module.of_kind("data", "aws_iam_policy_document", purpose)
    sources = document.attributes["source_policy_documents"]
    granted = read_actions(document)
    if "data.aws_iam_policy_document.read.json" in sources:
        granted |= grant("read")
    on_audit = read_object(read_locals(read_folder(ROOT / "modules" / "audit"))["grants"])
    for name, mark in (("read_audit", "read_audit"), ("append_audit", "local.append")):
        if mark in sources:
            granted |= set(read_strings(read_object(on_audit[name])["actions"]))
    return granted


def test_the_reader_of_policies_is_not_blind() -> None:
    assert {"dynamodb:Query", "sagemaker:ListModelPackages"} <= grant("read")
    assert {"dynamodb:PutItem", "dynamodb:Query", "s3:PutObject"} <= grant("register")


def test_every_purpose_is_granted_what_it_calls_and_nothing_else(
    registry: RegistryInMemory, call: Calls
) -> None:
    gate = str(registry.write_gate(registry.package))
    directory = str(registry.package.directory)
    calls = {
        "register": call("register", directory, "--gate", gate, *REASON)
        | call("register", directory, *REASON),
        "approve": call("approve", "1", *REASON) | call("reject", "1", *REASON),
    }
    call("approve", "1", *REASON)
    calls["promote"] = call("promote", "1", *REASON)
    registry.write("/intray/dev/model", {"digest": "by hand"})
    calls["promote"] |= call("rollback", *REASON)
    calls["read"] = call("list") | call("show", "1")

    for purpose, called in calls.items():
        granted = grant(purpose)
        assert called - granted == set(), purpose
        assert granted - called - calls["read"] - BEYOND_CALLS == set(), purpose
