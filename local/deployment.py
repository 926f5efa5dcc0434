"""The real Terraform, applied to local AWS: its state lies in local AWS too, and ends with it."""

import json
import os
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3

from local.state import EndpointState

ROOT = Path(__file__).parents[1] / "terraform"
WORKSPACE = "local"
_STATE_BUCKET = "intray-terraform-123456789012"
_DIFFERS = 2
"""What `terraform plan -detailed-exitcode` ends with when reality and configuration differ."""


CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "local",
    "AWS_SECRET_ACCESS_KEY": "local",
    "AWS_REGION": "us-east-1",
    "AWS_DEFAULT_REGION": "us-east-1",
}
"""What local AWS takes from anyone, as environment variables."""


class DeploymentError(Exception):
    """Terraform failed; the message is what it said."""


@dataclass(frozen=True)
class Deployment:
    """One stack on one endpoint; `data` holds Terraform's working files, `model` the package."""

    endpoint: EndpointState
    data: Path
    model: Path

    def prepare(self) -> None:
        """Makes the state's bucket and initialises the working directory."""
        self.session().client("s3", endpoint_url=self.endpoint.endpoint).create_bucket(
            Bucket=_STATE_BUCKET
        )
        self.data.mkdir(parents=True, exist_ok=True)
        backend = f"-backend-config=environments/{WORKSPACE}.s3.tfbackend"
        self._run("init", "-input=false", "-reconfigure", "-no-color", backend)
        self._run("workspace", "select", "-or-create", WORKSPACE)

    def apply(self) -> Iterator[tuple[int, int]]:
        """Applies, yielding how many of how many resources are there."""
        planned = done = 0
        for event in self._stream("apply", "-auto-approve", "-input=false", *self._variables()):
            changes = event.get("changes", {})
            if event["type"] == "change_summary" and changes.get("operation") == "plan":
                planned = changes["add"] + changes["change"] + changes["remove"]
            elif event["type"] == "apply_complete" and event["hook"]["action"] != "read":
                done += 1
            if planned:
                yield done, planned

    def differences(self) -> str:
        """What a second plan would change, as Terraform tells it; empty when nothing."""
        result = self._start("plan", "-detailed-exitcode", "-no-color", *self._variables())
        output, _ = result.communicate()
        if result.returncode not in (0, _DIFFERS):
            raise DeploymentError(output)
        return output if result.returncode == _DIFFERS else ""

    def destroy(self) -> None:
        """Destroys everything that was applied."""
        self._run("destroy", "-auto-approve", "-input=false", "-no-color", *self._variables())

    def resources(self) -> list[str]:
        """The addresses of what is in the state."""
        return self._run("state", "list").split()

    def outputs(self) -> dict[str, Any]:
        """The root module's outputs."""
        outputs = json.loads(self._run("output", "-json"))
        return {name: output["value"] for name, output in outputs.items()}

    def session(self) -> boto3.Session:
        """A session with local AWS's credentials, whatever this machine is configured for."""
        return boto3.Session(
            aws_access_key_id=CREDENTIALS["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
            region_name=CREDENTIALS["AWS_REGION"],
        )

    def environment(self) -> dict[str, str]:
        """What a process needs to talk to the stack; the rest of this process's own beside it."""
        return {
            **os.environ,
            **CREDENTIALS,
            "AWS_ENDPOINT_URL": self.endpoint.endpoint,
            "TF_DATA_DIR": str(self.data),
            "TF_IN_AUTOMATION": "1",
        }

    def _variables(self) -> tuple[str, ...]:
        return (
            f"-var-file=environments/{WORKSPACE}.tfvars",
            f"-var=model_package_path={self.model.resolve()}",
        )

    def _start(self, command: str, *arguments: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            ["terraform", command, *arguments],
            cwd=ROOT,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def _run(self, command: str, *arguments: str) -> str:
        process = self._start(command, *arguments)
        output, _ = process.communicate()
        if process.returncode:
            raise DeploymentError(f"terraform {command} failed:\n{output}")
        return output

    def _stream(self, command: str, *arguments: str) -> Iterator[Mapping[str, Any]]:
        said = []
        with self._start(command, "-json", *arguments) as process:
            for line in process.stdout or ():
                event: dict[str, Any] = (
                    json.loads(line) if line.startswith("{") else {"type": "log", "@message": line}
                )
                if event.get("@level") == "error" or event["type"] in ("diagnostic", "log"):
                    detail = event.get("diagnostic", {}).get("detail", "")
                    said.append(f"{event['@message'].strip()}\n{detail}".strip())
                yield event
        if process.returncode:
            raise DeploymentError(f"terraform {command} failed:\n" + "\n".join(said))
