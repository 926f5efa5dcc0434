"""What params.yaml may say, and what is told when it says something else."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from models.embedding.recipe import EmbeddingRecipe
from models.lexical.recipe import Recipe
from models.pipeline.parameters import NOTHING, ParametersError, read_parameters

ROOT = Path(__file__).parents[3]
SHIPPED = ROOT / "params.yaml"


def change(tmp_path: Path, edit: Callable[[dict[str, Any]], object]) -> Path:
    """The shipped parameters with one thing changed."""
    content = yaml.safe_load(SHIPPED.read_text())
    edit(content)
    path = tmp_path / "params.yaml"
    path.write_text(yaml.safe_dump(content))
    return path


def test_the_pipeline_builds_with_the_defaults_of_the_recipes() -> None:
    """Else `make train` and `make model` would not build the same package."""
    parameters = read_parameters(SHIPPED)
    assert parameters.lexical == Recipe()
    assert parameters.embedding == EmbeddingRecipe()


def test_the_kind_chooses_the_recipe(tmp_path: Path) -> None:
    path = change(tmp_path, lambda one: one.update(kind="embedding"))
    assert read_parameters(path).recipe == EmbeddingRecipe()
    assert read_parameters(SHIPPED).recipe == Recipe()


def test_there_are_no_documents_and_no_package_until_they_are_named(tmp_path: Path) -> None:
    shipped = read_parameters(SHIPPED)
    assert shipped.own_documents is None
    assert shipped.evaluation.folder is None
    assert shipped.gate.live_package is None
    assert (ROOT / NOTHING).is_dir()

    path = change(tmp_path, lambda one: one.update(documents="mine"))
    assert read_parameters(path).own_documents == Path("mine")


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (lambda one: one.update(kind="neural"), "kind: Input should be 'lexical' or 'embedding'"),
        (lambda one: one.update(speed=3), "speed: Extra inputs are not permitted"),
        (lambda one: one.pop("gate"), "gate: Field required"),
        (lambda one: one["lexical"]["training"].pop("steps"), "training.steps is missing"),
        (lambda one: one["lexical"]["limits"].update(seed=1), "limits knows no seed"),
        (lambda one: one["lexical"].pop("limits"), "it consists of corpus, training, limits"),
        (lambda one: one["lexical"].update(corpus=7), "corpus is no group of parameters"),
        (lambda one: one["embedding"]["corpus"].update(seed="x"), "embedding.seed: "),
        (lambda one: one["evaluation"]["generated"].update(documents=0), "generated.documents: "),
        (lambda one: one["tracking"].update(enabled="perhaps"), "tracking.enabled: "),
    ],
)
def test_what_is_wrong_is_told_by_name(
    tmp_path: Path, edit: Callable[[dict[str, Any]], object], told: str
) -> None:
    with pytest.raises(ParametersError) as error:
        read_parameters(change(tmp_path, edit))
    assert told in str(error.value)
    assert str(tmp_path / "params.yaml") in str(error.value)


def test_a_file_that_is_absent_or_no_yaml_is_told(tmp_path: Path) -> None:
    with pytest.raises(ParametersError, match="is not there"):
        read_parameters(tmp_path / "absent.yaml")
    path = tmp_path / "params.yaml"
    path.write_text("kind: [")
    with pytest.raises(ParametersError, match="is no YAML"):
        read_parameters(path)
    path.write_text("")
    with pytest.raises(ParametersError, match="valid dictionary"):
        read_parameters(path)
