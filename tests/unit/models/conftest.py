"""A package that is small enough to be built for a test session."""

import shutil
from pathlib import Path

import pytest

from lambdas.classify.package import ModelPackage
from models.corpus.training import Sample, draw_samples
from models.lexical.building import build_package
from models.lexical.recipe import Recipe
from tests.unit.models.copies import PackageCopy

SMALL = Recipe(documents=36, seed=11, folds=2)


@pytest.fixture(scope="session")
def small_samples() -> list[Sample]:
    """The documents that the small package is trained on."""
    return list(draw_samples(SMALL.documents, seed=SMALL.seed))


@pytest.fixture(scope="session")
def small_package(tmp_path_factory: pytest.TempPathFactory) -> ModelPackage:
    """A small package; nobody may write to it."""
    return build_package(tmp_path_factory.mktemp("package"), SMALL)


@pytest.fixture
def package_copy(small_package: ModelPackage, tmp_path: Path) -> PackageCopy:
    """The small package once more, to change."""
    return PackageCopy(Path(shutil.copytree(small_package.directory, tmp_path / "package")))
