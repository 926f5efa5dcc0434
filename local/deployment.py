"""The real Terraform, applied to local AWS: its state lies in local AWS too, and ends with it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3

from lambdas.classify.package import load_package
from local.state import EndpointState
from local.terraform_root import DeploymentError, TerraformRoot

ROOT = Path(__file__).parents[1] / "terraform"
BOOTSTRAP = ROOT / "bootstrap"
WORKSPACE = "local"
_STATE_BUCKET = "intray-terraform-123456789012"
_NO_GATE = "on this machine there are no labelled documents, so no gate has judged it"


CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "local",
    "AWS_SECRET_ACCESS_KEY": "local",
    "AWS_REGION": "us-east-1",
    "AWS_DEFAULT_REGION": "us-east-1",
}
"""What local AWS takes from anyone, as environment variables."""


@dataclass(frozen=True)
class Deployment:
    """A registry and a stack on one endpoint; `data` is for Terraform's working files."""

    endpoint: EndpointState
    data: Path

    def prepare(self) -> None:
        """Makes the state's bucket and applies what an account has once: the model registry."""
        s3 = self.session().client("s3", endpoint_url=self.endpoint.endpoint)
        s3.create_bucket(Bucket=_STATE_BUCKET)
        self.data.mkdir(parents=True, exist_ok=True)
        # The registry waits for its keys for the most part.
        with ThreadPoolExecutor(1) as beside:
            made = beside.submit(self._make_registry)
            self.stack.init(f"environments/{WORKSPACE}.s3.tfbackend")
            self.stack.select(WORKSPACE)
            made.result()

    def release(self, package: Path) -> None:
        """Registers a package, approves it without a gate's verdict and promotes it."""
        digest = load_package(package).digest
        self._models("register", str(package), "--reason", "built on this machine")
        self._models("approve", digest, "--without-gate", "--reason", _NO_GATE)
        self._models("promote", digest, "--reason", "the package that was just built")

    def intray(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Runs the operators' command as an operator would."""
        return subprocess.run(
            [sys.executable, "-m", "cli", *arguments],
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )

    def apply(self) -> Iterator[tuple[int, int]]:
        """Applies the stack, yielding how many of how many resources are there."""
        return self.stack.apply()

    def differences(self) -> str:
        """What a second plan of the stack would change; empty when nothing."""
        return self.stack.differences()

    def destroy(self) -> None:
        """Destroys the stack, then the registry with its packages."""
        self.stack.destroy()
        self._delete_packages()
        self.registry.destroy()

    def resources(self) -> list[str]:
        """The addresses of what is in either state."""
        return [*self.stack.resources(), *self.registry.resources()]

    def outputs(self) -> dict[str, Any]:
        """The stack's outputs."""
        return self.stack.outputs()

    @property
    def stack(self) -> TerraformRoot:
        """The root module."""
        return self._root(ROOT, self.data)

    @property
    def registry(self) -> TerraformRoot:
        """The root module that is applied once for an account."""
        return self._root(BOOTSTRAP, self.data / "bootstrap" / ".terraform")

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
        }

    def _make_registry(self) -> None:
        self.registry.init(f"../environments/{WORKSPACE}.s3.tfbackend")
        for _ in self.registry.apply():
            pass

    def _models(self, *arguments: str) -> None:
        done = self.intray("models", *arguments)
        if done.returncode:
            raise DeploymentError(f"intray models {arguments[0]} failed:\n{done.stderr}")

    def _delete_packages(self) -> None:
        """A group with packages cannot be destroyed, for good reason: this is no account."""
        sagemaker = self.session().client("sagemaker", endpoint_url=self.endpoint.endpoint)
        group = self.registry.outputs()["models"]["group"]
        pages = sagemaker.get_paginator("list_model_packages").paginate(ModelPackageGroupName=group)
        for package in [each for page in pages for each in page["ModelPackageSummaryList"]]:
            sagemaker.delete_model_package(ModelPackageName=package["ModelPackageArn"])

    def _root(self, directory: Path, data: Path) -> TerraformRoot:
        return TerraformRoot(
            directory,
            {**self.environment(), "TF_DATA_DIR": str(data), "TF_IN_AUTOMATION": "1"},
            (f"-var-file=environments/{WORKSPACE}.tfvars",),
        )
