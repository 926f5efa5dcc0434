"""The pipeline's commands as dvc.yaml calls them, on small parameters."""

import argparse
import shlex
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml

from models.embedding.recipe import EmbeddingRecipe
from models.lexical.recipe import Recipe

_CORPUS, _LIMITS = ("documents", "seed"), ("precision", "quantile", "least_words")
LENIENT = '[size]\nwhat = "megabytes"\nmost = 100\n[macro_recall]\nwhat = "recall"\nleast = 0.1\n'
STRICT = LENIENT.replace("0.1", "1.0")


def run(command: str, line: str) -> int:
    """The status that `python -m models COMMAND LINE` ends with."""
    module = import_module(f"models.commands.{command}")
    parser = argparse.ArgumentParser()
    module.declare(parser)
    status: int = module.run(parser.parse_args(shlex.split(line)))
    return status


def group(recipe: Recipe | EmbeddingRecipe) -> dict[str, dict[str, Any]]:
    """A recipe in the groups that params.yaml has it in."""
    values = asdict(recipe)
    return {
        "corpus": {name: values.pop(name) for name in _CORPUS},
        "limits": {name: values.pop(name) for name in _LIMITS},
        "training": values,
    }


def write_parameters(folder: Path, recipe: Recipe, **changes: Any) -> Path:
    """A file of parameters in a folder, with criteria that any package keeps to beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "criteria.toml").write_text(LENIENT)
    shipped = yaml.safe_load((Path(__file__).parents[3] / "params.yaml").read_text())
    content = {
        **shipped,
        "lexical": group(recipe),
        "evaluation": {**shipped["evaluation"], "generated": {"documents": 6, "seed": 1}},
        "gate": {**shipped["gate"], "criteria": str(folder / "criteria.toml")},
        **changes,
    }
    path = folder / "params.yaml"
    path.write_text(yaml.safe_dump(content))
    return path
