"""One of the project's Terraform root modules, worked on by the real Terraform."""

import json
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_DIFFERS = 2
"""What `terraform plan -detailed-exitcode` ends with when reality and configuration differ."""


class DeploymentError(Exception):
    """Terraform failed; the message is what it said."""


@dataclass(frozen=True)
class TerraformRoot:
    """A root module's directory, its variables, and the environment that Terraform runs in."""

    directory: Path
    environment: Mapping[str, str]
    variables: tuple[str, ...]

    def init(self, backend: str) -> None:
        """Initialises the working directory; `backend` is the file that completes the backend."""
        self._run("init", "-input=false", "-reconfigure", "-no-color", f"-backend-config={backend}")

    def select(self, workspace: str) -> None:
        """Selects a workspace; it is made if it is not there."""
        self._run("workspace", "select", "-or-create", workspace)

    def apply(self) -> Iterator[tuple[int, int]]:
        """Applies, yielding how many of how many resources are there."""
        planned = done = 0
        for event in self._stream("apply", "-auto-approve", "-input=false", *self.variables):
            changes = event.get("changes", {})
            if event["type"] == "change_summary" and changes.get("operation") == "plan":
                planned = changes["add"] + changes["change"] + changes["remove"]
            elif event["type"] == "apply_complete" and event["hook"]["action"] != "read":
                done += 1
            if planned:
                yield done, planned

    def differences(self) -> str:
        """What a second plan would change, as Terraform tells it; empty when nothing."""
        result = self._start("plan", "-detailed-exitcode", "-no-color", *self.variables)
        output, _ = result.communicate()
        if result.returncode not in (0, _DIFFERS):
            raise DeploymentError(output)
        return output if result.returncode == _DIFFERS else ""

    def destroy(self) -> None:
        """Destroys everything that was applied."""
        self._run("destroy", "-auto-approve", "-input=false", "-no-color", *self.variables)

    def resources(self) -> list[str]:
        """The addresses of what is in the state."""
        return self._run("state", "list").split()

    def outputs(self) -> dict[str, Any]:
        """The root module's outputs."""
        outputs = json.loads(self._run("output", "-json"))
        return {name: output["value"] for name, output in outputs.items()}

    def _start(self, command: str, *arguments: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            ["terraform", command, *arguments],
            cwd=self.directory,
            env={**self.environment},
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
