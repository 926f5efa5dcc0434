"""Train and export, for either kind of package."""

from pathlib import Path

from lambdas.classify.package import ModelPackage, load_package
from models.embedding.pretrained import load_pretrained
from models.lexical.recipe import Recipe
from models.pipeline.corpus import Corpus
from models.pipeline.embedding import export_embedding, train_embedding
from models.pipeline.lexical import export_lexical, train_lexical
from models.pipeline.parameters import Parameters

CANDIDATE, REFERENCE = "candidate", "reference"


def train(folder: Path, corpus: Corpus, parameters: Parameters) -> None:
    """Fit a model to the corpus and write it into a folder.

    Raises ModuleNotFoundError where the kind needs an encoder that is not installed.
    """
    recipe = parameters.recipe
    if isinstance(recipe, Recipe):
        train_lexical(folder, corpus, recipe)
    else:
        train_embedding(folder, corpus, recipe, pretrained=load_pretrained())


def export(trained: Path, corpus: Corpus, parameters: Parameters, folder: Path) -> ModelPackage:
    """Write the candidate from what was trained, and what it was quantised from beside it.

    Raises TrainedError, and ModuleNotFoundError as `train` does.
    """
    recipe, candidate = parameters.recipe, folder / CANDIDATE
    if isinstance(recipe, Recipe):
        export_lexical(trained, corpus, recipe, candidate=candidate)
    else:
        export_embedding(
            trained,
            corpus,
            recipe,
            candidate=candidate,
            reference=folder / REFERENCE,
            pretrained=load_pretrained(),
        )
    return load_package(candidate)
