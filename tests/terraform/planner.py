"""Plans the root module against local AWS, as it would be planned for real."""

import json
import os
import subprocess
from pathlib import Path

import boto3

from local.deployment import BOOTSTRAP, CREDENTIALS, ROOT
from tests.terraform.plan import Plan, read_plan
from tests.terraform.promoted import promote_a_package

_KNOWN_LATE = ("module.encryption", "module.ingestion.module.queue.aws_sqs_queue.dead_letters")
STATE_BUCKET = "intray-terraform-123456789012"
_IMAGES = {
    name: f"registry.example.com/intray/{name}@sha256:{'0123456789abcdef' * 4}"
    for name in ("pipeline", "classifier")
}


class RefusedError(Exception):
    """Terraform refused; the message is what it said."""


class Planner:
    """Terraform in a working directory of its own, so that no selected workspace is touched."""

    def __init__(self, endpoint_url: str, directory: Path) -> None:
        self._directory = directory
        self._environment = {
            **os.environ,
            **CREDENTIALS,
            "AWS_ENDPOINT_URL": endpoint_url,
            "TF_IN_AUTOMATION": "1",
            "TF_INPUT": "0",
            "TF_CLI_ARGS": "-no-color",
        }
        del self._environment["AWS_SESSION_TOKEN"]
        session = boto3.Session(
            aws_access_key_id=CREDENTIALS["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
            region_name=CREDENTIALS["AWS_REGION"],
        )
        session.client("s3", endpoint_url=endpoint_url).create_bucket(Bucket=STATE_BUCKET)
        promote_a_package(session, endpoint_url, "local", CREDENTIALS["AWS_REGION"])
        for workspace in ("dev", "staging", "prod"):
            promote_a_package(session, endpoint_url, workspace, "eu-central-1")
        self._run("init", "-backend-config=environments/local.s3.tfbackend")

    def plan(self, environment: str, *, in_full: bool = False) -> Plan:
        """Plans an environment in its own workspace.

        A key's ARN and a queue's URL are known once they exist. `in_full` applies those that
        policies and functions name, so that the plan knows every policy and every variable.
        """
        saved = self._directory / environment
        variables = variables_of(environment)
        self.select(environment)
        if in_full:
            targets = [f"-target={address}" for address in _KNOWN_LATE]
            self._run("apply", "-auto-approve", *targets, *variables)
        self._run("plan", f"-out={saved}", *variables)
        return read_plan(self._run("show", "-json", str(saved)))

    def plan_bootstrap(self, environment: str) -> Plan:
        """Plans what the account of an environment has once."""
        saved = self._directory / f"bootstrap-{environment}"
        variables = variables_of_bootstrap(environment)
        backend = "-backend-config=../environments/local.s3.tfbackend"
        self._run("init", backend, root=BOOTSTRAP)
        self._run("plan", f"-out={saved}", *variables, root=BOOTSTRAP)
        return read_plan(self._run("show", "-json", str(saved), root=BOOTSTRAP))

    def select(self, workspace: str) -> None:
        """Selects a workspace; it is made if it is not there."""
        self._run("workspace", "select", "-or-create", workspace)

    def try_plan(self, *variables: str) -> str:
        """Plans the selected workspace; raises RefusedError with what Terraform objects to."""
        return self._run("plan", *variables)

    def _run(self, *command: str, root: Path = ROOT) -> str:
        data = self._directory / root.name / ".terraform"
        result = subprocess.run(
            ["terraform", *command],
            cwd=root,
            env={**self._environment, "TF_DATA_DIR": str(data)},
            capture_output=True,
            text=True,
            check=False,
        )
        if result.returncode:
            raise RefusedError(result.stdout + result.stderr)
        return result.stdout


def variables_of_bootstrap(environment: str) -> tuple[str, ...]:
    """The variables of an environment's account, in the one account that local AWS has."""
    return (
        f"-var-file=environments/{environment}.tfvars",
        '-var=allowed_account_ids=["123456789012"]',
    )


def variables_of(environment: str) -> tuple[str, ...]:
    """The environment's own variables, in the one account that local AWS has."""
    return (
        f"-var-file=environments/{environment}.tfvars",
        '-var=allowed_account_ids=["123456789012"]',
        f"-var=images={json.dumps(_IMAGES)}",
    )
