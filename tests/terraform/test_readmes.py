"""What the documentation says of the Terraform files, and what the house style asks of them."""

import re
from pathlib import Path

import pytest

TERRAFORM = Path(__file__).parents[2] / "terraform"
MODULES = sorted(path for path in (TERRAFORM / "modules").iterdir() if path.is_dir())
BOOTSTRAP = TERRAFORM / "bootstrap"
BLOCK = re.compile(r'^(variable|output) "(\w+)" \{\n(.*?)^\}', re.MULTILINE | re.DOTALL)


def _read_blocks(directory: Path, kind: str) -> dict[str, str]:
    text = "".join(file.read_text() for file in sorted(directory.glob("*.tf")))
    return {name: body for found, name, body in BLOCK.findall(text) if found == kind}


@pytest.mark.parametrize("root", [TERRAFORM, BOOTSTRAP], ids=lambda path: path.name)
def test_the_readme_lists_every_variable_of_the_root(root: Path) -> None:
    section = (root / "README.md").read_text().split("## Variables")[1].split("\n## ")[0]
    listed = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
    assert sorted(listed) == sorted(_read_blocks(root, "variable"))


def test_an_account_is_the_same_for_both_roots() -> None:
    environments = sorted(path.name for path in (TERRAFORM / "environments").glob("*.tfvars"))
    assert environments == sorted(path.name for path in (BOOTSTRAP / "environments").iterdir())
    for name in environments:
        accounts = [
            re.findall(r"^(?:region|allowed_account_ids) += (\S+)", file.read_text(), re.MULTILINE)
            for file in (TERRAFORM / "environments" / name, BOOTSTRAP / "environments" / name)
        ]
        assert accounts[0] == accounts[1], name


def test_the_readme_lists_every_module() -> None:
    text = (TERRAFORM / "README.md").read_text()
    listed = re.findall(r"^\| \[(\w+)\]\(modules/\1\)", text, re.MULTILINE)
    assert sorted(listed) == [module.name for module in MODULES]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_a_module_has_what_every_module_has(module: Path) -> None:
    wanted = {"README.md", "outputs.tf", "tests", "variables.tf", "versions.tf"}
    assert wanted <= {path.name for path in module.iterdir()}
    assert list((module / "tests").glob("*.tftest.hcl"))


@pytest.mark.parametrize("directory", [TERRAFORM, BOOTSTRAP, *MODULES], ids=lambda path: path.name)
def test_every_variable_and_output_is_described(directory: Path) -> None:
    for kind in ("variable", "output"):
        blocks = _read_blocks(directory, kind)
        assert [name for name, body in blocks.items() if "  description = " not in body] == []


@pytest.mark.parametrize("directory", [TERRAFORM, BOOTSTRAP, *MODULES], ids=lambda path: path.name)
def test_a_variable_is_null_only_where_null_is_its_default(directory: Path) -> None:
    for name, body in _read_blocks(directory, "variable").items():
        assert ("nullable    = false" in body or "nullable = false" in body) != (
            "default = null" in body or "default     = null" in body
        ), name
