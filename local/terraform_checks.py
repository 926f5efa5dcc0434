"""Terraform's own checks: format, validity, and every module's tests, without credentials."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from local.deployment import BOOTSTRAP, CREDENTIALS, ROOT


def main() -> int:
    """Runs everything; the exit status is the number of what failed."""
    failed = 0
    failed += _run("format", ["fmt", "-check", "-recursive", "-diff"], ROOT, {})
    with tempfile.TemporaryDirectory() as data:
        for directory in [ROOT, BOOTSTRAP, *sorted((ROOT / "modules").iterdir())]:
            name = str(directory.relative_to(ROOT.parent))
            environment = {"TF_DATA_DIR": str(Path(data, directory.name, ".terraform"))}
            commands = [["init", "-backend=false", "-input=false"], ["validate"]]
            if any((directory / "tests").glob("*.tftest.hcl")):
                commands.append(["test"])
            for command in commands:
                failed += _run(f"{name}: {command[0]}", command, directory, environment)
    print(f"{failed} failed" if failed else "Terraform: format, validity and module tests are good")
    return failed


def _run(name: str, command: list[str], directory: Path, environment: dict[str, str]) -> int:
    result = subprocess.run(
        ["terraform", *command],
        cwd=directory,
        env={**os.environ, **CREDENTIALS, "TF_IN_AUTOMATION": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        print(f"✗ {name}\n{result.stdout}{result.stderr}", file=sys.stderr)
        return 1
    print(f"✓ {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
