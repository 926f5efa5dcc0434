"""A package that is small enough to be built for a test session."""

import shutil
from pathlib import Path

import pytest

from lambdas.classify.package import ModelPackage
from models.corpus.training import Sample, draw_samples
from models.evaluation.texts import TextStore
from models.lexical.building import build_package
from models.lexical.recipe import Recipe
from tests.unit.models.copies import PackageCopy
from tests.unit.models.documents import FakeTextract, make_image, make_pdf

SMALL = Recipe(documents=180, seed=11, folds=2)


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


@pytest.fixture
def textract() -> FakeTextract:
    """Reads the same invoice in everything."""
    return FakeTextract()


@pytest.fixture
def store(tmp_path: Path, textract: FakeTextract) -> TextStore:
    """Texts that the fake Textract reads."""
    return TextStore(tmp_path / "texts", textract.connect)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two invoices and a letter in folders of their labels."""
    for number, name in enumerate(("invoice/a.png", "invoice/deep/b.PDF", "other/c.png")):
        path = tmp_path / "documents" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(make_pdf(2) if number == 1 else make_image("PNG") + bytes([number]))
    (tmp_path / "documents" / "other" / "notes.txt").write_text("no document")
    return tmp_path / "documents"
