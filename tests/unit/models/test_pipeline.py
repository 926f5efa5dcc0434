"""The training pipeline, stage by stage."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from lambdas.classify.package import ModelPackage, load_package
from models.corpus.classes import LABELS
from models.corpus.genre import read_genres
from models.corpus.training import Sample
from models.evaluation.collection import read_collection
from models.evaluation.judgement import Evaluation
from models.evaluation.texts import Text
from models.gate.verdict import Gating
from models.lexical.building import build_package
from models.lexical.mixture import draw_beside
from models.pipeline.arrays import read_arrays, write_arrays
from models.pipeline.corpus import Corpus, CorpusError, read_corpus, write_corpus
from models.pipeline.evaluation import SeenError, refuse_seen
from models.pipeline.held_apart import draw_held_apart, read_held_apart
from models.pipeline.lexical import export_lexical, train_lexical
from tests.unit.models.conftest import SMALL
from tests.unit.models.judgements import make_evaluation, make_judgement
from tests.unit.models.stages import STRICT, run, write_parameters
from tests.unit.models.test_evaluation import keep_texts


class Run:
    """The folder of a run of the pipeline, and its stages as dvc.yaml calls them."""

    def __init__(self, folder: Path, parameters: Path) -> None:
        self.folder, self.parameters = folder, parameters
        self.corpus = folder / "corpus.jsonl"
        self.candidate = folder / "exported" / "candidate"
        self.evaluation = folder / "evaluation"
        self.verdict = folder / "verdict.json"
        self.release = folder / "release"

    def train(self) -> None:
        asked = f"--params {self.parameters}"
        assert run("corpus", f"{asked} --out {self.corpus}") == 0
        assert run("train", f"{self.corpus} {asked} --out {self.folder / 'trained'}") == 0
        assert (
            run(
                "export",
                f"{self.folder / 'trained'} --corpus {self.corpus} {asked}"
                f" --out {self.folder / 'exported'}",
            )
            == 0
        )

    def evaluate(self, *, texts: Path | None = None) -> int:
        return run(
            "evaluate",
            f"{self.candidate} --params {self.parameters} --corpus {self.corpus}"
            f" --out {self.evaluation} {f'--texts {texts}' if texts else ''}",
        )

    def gate(self) -> int:
        return run(
            "gate",
            f"{self.candidate} --params {self.parameters}"
            f" --evaluation {self.evaluation / 'evaluation.json'} --out {self.verdict}",
        )

    def package(self) -> int:
        return run("package", f"{self.candidate} --verdict {self.verdict} --out {self.release}")


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A run from documents to a release; nobody may write to it."""
    folder = tmp_path_factory.mktemp("run")
    complete = Run(folder, write_parameters(folder / "asked", SMALL))
    complete.train()
    assert (complete.evaluate(), complete.gate(), complete.package()) == (0, 0, 0)
    return complete


@pytest.fixture
def copy(done: Run, tmp_path: Path) -> Run:
    """That run once more, to change."""
    folder = tmp_path / "run"
    shutil.copytree(done.folder, folder)
    return Run(folder, write_parameters(folder / "asked", SMALL))


def test_the_release_is_the_package_that_is_built_at_once(
    done: Run, small_package: ModelPackage
) -> None:
    assert load_package(done.release).digest == small_package.digest
    assert {path.name for path in done.release.iterdir()} == {
        path.name for path in small_package.directory.iterdir()
    }


def test_own_documents_go_the_same_way(tmp_path: Path) -> None:
    recipe = replace(SMALL, documents=12)
    own = tuple(
        Sample("invoice", "own", f"FACTURE {word} zugzwang\nmontant total {word}")
        for word in ("un", "deux", "trois", "quatre")
    )
    generated = draw_beside(own, documents=recipe.documents, seed=recipe.seed)
    write_corpus(tmp_path / "corpus.jsonl", Corpus(tuple(generated), own))
    corpus = read_corpus(tmp_path / "corpus.jsonl")
    train_lexical(tmp_path / "trained", corpus, recipe)
    export_lexical(tmp_path / "trained", corpus, recipe, candidate=tmp_path / "candidate")

    at_once = build_package(tmp_path / "package", recipe, own)
    assert load_package(tmp_path / "candidate").digest == at_once.digest
    assert "zugzwang" in (tmp_path / "candidate" / "tokenizer.json").read_text(encoding="utf-8")


def test_weights_are_the_same_bytes_whenever_they_are_written(done: Run, tmp_path: Path) -> None:
    written = done.folder / "trained" / "model.npz"
    write_arrays(tmp_path / "again.npz", read_arrays(written))
    assert (tmp_path / "again.npz").read_bytes() == written.read_bytes()


def test_figures_from_generated_documents_say_so_everywhere(done: Run) -> None:
    evaluation = Evaluation.model_validate_json((done.evaluation / "evaluation.json").read_bytes())
    assert evaluation.evidence == "generated"
    assert json.loads((done.evaluation / "metrics.json").read_bytes())["evidence"] == "generated"
    assert "These documents are generated" in (done.evaluation / "report.html").read_text()
    assert Gating.model_validate_json(done.verdict.read_bytes()).evidence == "generated"


def test_the_plots_have_a_row_for_what_they_show(done: Run) -> None:
    documents = 6 * len(LABELS)
    rows = (done.evaluation / "confusion.csv").read_text().splitlines()
    assert rows[0] == "class,answer"
    assert len(rows) == documents + 1
    reliability = (done.evaluation / "reliability.csv").read_text().splitlines()
    assert sum(int(row.rsplit(",", 1)[1]) for row in reliability[1:]) == documents
    header, *points = (done.evaluation / "coverage.csv").read_text().splitlines()
    assert header == "threshold,coverage,accuracy"
    assert points


def test_figures_from_a_folder_of_documents_are_real(
    copy: Run, tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Three files whose text was read before."""
    keep_texts(folder, tmp_path / "texts" / "local")
    evaluation = {"documents": str(folder), "generated": {"documents": 1, "seed": 1}}
    copy.parameters = write_parameters(tmp_path / "asked", SMALL, evaluation=evaluation)

    assert copy.evaluate(texts=tmp_path / "texts") == 0
    assert json.loads((copy.evaluation / "metrics.json").read_bytes())["documents"] == 3
    (tmp_path / "asked" / "criteria.toml").write_text('[size]\nwhat = "MB"\nmost = 100\n')
    shutil.rmtree(tmp_path / "texts")
    assert copy.gate() == 0
    assert Gating.model_validate_json(copy.verdict.read_bytes()).evidence == "real"
    assert "generated" not in capsys.readouterr().out


def test_documents_that_were_trained_on_prove_nothing() -> None:
    judgements = [make_judgement("form", file=f"{name}.pdf") for name in "ab"]
    texts = [
        Text(content_sha256=name, text=f"form {name}", pages=1, confidence=99.0) for name in "ab"
    ]
    corpus = Corpus((Sample("form", "form", "form a"),), (Sample("form", "own", "form\nb"),))
    with pytest.raises(SeenError, match=r"1 of 2 documents were trained on.*b\.pdf"):
        refuse_seen(make_evaluation(judgements), texts, corpus)


def test_a_refused_candidate_is_not_released(copy: Run, capsys: pytest.CaptureFixture[str]) -> None:
    (copy.folder / "asked" / "criteria.toml").write_text(STRICT)
    shutil.rmtree(copy.release)

    assert copy.gate() == 1
    assert "is refused: macro_recall" in capsys.readouterr().out
    assert not Gating.model_validate_json(copy.verdict.read_bytes()).passed
    assert copy.package() == 1
    assert "is refused: macro_recall" in capsys.readouterr().err
    assert not copy.release.exists()


def test_a_verdict_on_another_package_releases_nothing(
    copy: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(copy.release)
    gating = Gating.model_validate_json(copy.verdict.read_bytes())
    other = gating.model_copy(update={"package_digest": f"sha256:{'0' * 64}"})
    copy.verdict.write_text(other.model_dump_json())

    assert copy.package() == 1
    assert f"is about sha256:{'0' * 64}" in capsys.readouterr().err
    assert not copy.release.exists()


def test_a_release_replaces_nothing(copy: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert copy.package() == 1
    assert "is there already" in capsys.readouterr().err


def test_a_stage_says_which_earlier_one_is_missing(
    copy: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(copy.release)
    copy.verdict.unlink()
    assert copy.package() == 1
    assert "`python -m models gate` writes it" in capsys.readouterr().err

    (copy.folder / "trained" / "model.npz").unlink()
    asked = f"--corpus {copy.corpus} --params {copy.parameters} --out {copy.folder / 'again'}"
    assert run("export", f"{copy.folder / 'trained'} {asked}") == 1
    assert "`python -m models train` writes it" in capsys.readouterr().err

    copy.corpus.unlink()
    assert run("train", f"{copy.corpus} --params {copy.parameters} --out {copy.folder}") == 1
    assert "`python -m models corpus` writes it" in capsys.readouterr().err


@pytest.mark.parametrize(
    "line", ["no json", '{"label": "form"}', '{"own": false, "label": "form"}', "[]"]
)
def test_a_line_of_the_corpus_that_is_no_sample_is_told(tmp_path: Path, line: str) -> None:
    path = tmp_path / "corpus.jsonl"
    write_corpus(path, Corpus((Sample("form", "form", "text"),)))
    path.write_text(f"{path.read_text()}{line}\n")
    with pytest.raises(CorpusError, match=r"corpus\.jsonl, line 2 is no sample"):
        read_corpus(path)


def test_the_embedding_kind_leaves_own_documents_to_the_other(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = write_parameters(tmp_path / "asked", SMALL, kind="embedding", documents=str(folder))
    assert run("corpus", f"--params {asked} --out {tmp_path / 'corpus.jsonl'}") == 1
    assert "trained on generated documents only" in capsys.readouterr().err
    assert not (tmp_path / "corpus.jsonl").exists()


def test_own_documents_that_cannot_be_trained_on_are_told(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two documents of a class are too few."""
    keep_texts(folder, tmp_path / "texts" / "local")
    asked = write_parameters(tmp_path / "asked", SMALL, documents=str(folder))
    out = tmp_path / "corpus.jsonl"
    assert len(read_collection(folder)) == 3
    assert run("corpus", f"--params {asked} --out {out} --texts {tmp_path / 'texts'}") == 1
    assert "invoice" in capsys.readouterr().err
    assert not out.exists()


def test_genres_that_are_held_apart_are_none_of_the_trainings() -> None:
    held_apart = read_held_apart()
    assert set(held_apart) == set(LABELS)
    for label, genres in held_apart.items():
        assert {genre.name for genre in genres}.isdisjoint(
            genre.name for known in LABELS for genre in read_genres(known)
        )
        assert len(genres) > 1, label


def test_documents_that_are_held_apart_are_the_same_for_the_same_seed() -> None:
    first, again, other = (
        [text.text for _, text in draw_held_apart(20, seed=seed)] for seed in (1, 1, 2)
    )
    assert first == again
    assert set(first).isdisjoint(other)
    assert len(set(first)) == 20 * len(LABELS)
    assert all(text.strip() for text in first)
