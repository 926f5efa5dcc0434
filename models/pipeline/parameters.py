"""What params.yaml says."""

from collections.abc import Callable
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BeforeValidator, Field, ValidationError

from lambdas.shared.model import Frozen
from models.embedding.recipe import EmbeddingRecipe
from models.lexical.recipe import Recipe
from models.pipeline.faults import StageError

PARAMETERS = Path("params.yaml")
NOTHING = Path("models/pipeline/nothing")
"""Stands for no documents and for no package: what DVC depends on must be there."""
_CORPUS = ("documents", "seed")
_LIMITS = ("precision", "quantile", "least_words")


class ParametersError(StageError):
    """The file with the parameters is absent or wrong."""


class Generated(Frozen):
    """How many documents a class to generate for an evaluation, and from which seed."""

    documents: int = Field(ge=1)
    seed: int


class EvaluationParameters(Frozen):
    """What a candidate is measured on: the documents of a folder, else generated ones."""

    documents: Path
    generated: Generated

    @property
    def folder(self) -> Path | None:
        """The folder of documents, if there is one."""
        return _find(self.documents)


class GateParameters(Frozen):
    """What a candidate is measured against."""

    criteria: Path
    live: Path

    @property
    def live_package(self) -> Path | None:
        """The directory of the package that is in use, if there is one."""
        return _find(self.live)


class TrackingParameters(Frozen):
    """Whether and where runs are recorded; without `uri` in a file of this project's."""

    enabled: bool
    uri: str | None
    experiment: str


def _join_groups(recipe: type[Any], value: Any) -> Any:  # noqa: ANN401 - whatever the file says
    """A recipe's groups as one; raises ValueError naming what is amiss in which group.

    The groups are what the stages depend on: a parameter in another group would change without
    the stage that it changes.
    """
    names = [field.name for field in fields(recipe)]
    wanted = {
        "corpus": set(_CORPUS),
        "training": set(names) - set(_CORPUS) - set(_LIMITS),
        "limits": set(_LIMITS),
    }
    if not isinstance(value, dict) or set(value) != set(wanted):
        raise ValueError(f"it consists of {', '.join(wanted)}")
    for group, expected in wanted.items():
        if not isinstance(value[group], dict):
            raise ValueError(f"{group} is no group of parameters")
        given = set(value[group])
        faults = [f"{group}.{name} is missing" for name in sorted(expected - given)]
        faults += [f"{group} knows no {name}" for name in sorted(given - expected)]
        if faults:
            raise ValueError("; ".join(faults))
    return {name: each for group in wanted for name, each in value[group].items()}


def _in_groups(recipe: type[Any]) -> Callable[[Any], Any]:
    return partial(_join_groups, recipe)


class Parameters(Frozen):
    """Everything that a run of the pipeline may be told."""

    kind: Literal["lexical", "embedding"]
    documents: Path
    aws: bool
    lexical: Annotated[Recipe, BeforeValidator(_in_groups(Recipe))]
    embedding: Annotated[EmbeddingRecipe, BeforeValidator(_in_groups(EmbeddingRecipe))]
    evaluation: EvaluationParameters
    gate: GateParameters
    tracking: TrackingParameters

    @property
    def recipe(self) -> Recipe | EmbeddingRecipe:
        """The recipe of the kind that is built."""
        return self.lexical if self.kind == "lexical" else self.embedding

    @property
    def own_documents(self) -> Path | None:
        """The folder of labelled documents to train on as well, if there is one."""
        return _find(self.documents)


def read_parameters(path: Path = PARAMETERS) -> Parameters:
    """The parameters; raises ParametersError naming everything that is wrong."""
    try:
        return Parameters.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise ParametersError(f"{path} is not there: name the file with --params") from error
    except yaml.YAMLError as error:
        raise ParametersError(f"{path} is no YAML: {error}") from error
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(map(str, each['loc']))}: {each['msg']}"
            for each in error.errors(include_url=False)
        )
        raise ParametersError(f"{path}: {faults}") from error


def _find(path: Path) -> Path | None:
    return None if path == NOTHING else path
