import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random

import numpy as np
import onnxruntime
import pytest
from numpy.typing import NDArray

from lambdas.classify.inference import Classifier
from lambdas.classify.package import ModelPackage, digest_file
from models.corpus.classes import LABELS, OTHER, OTHERS
from models.corpus.training import Sample, disturb_lines, draw_samples
from models.lexical.calibration import (
    Judged,
    choose_similarity,
    choose_temperature,
    choose_thresholds,
    find_quantile,
    measure_calibration_error,
)
from models.lexical.features import choose_features
from models.lexical.graph import build_graph
from models.lexical.training import Model, train
from models.lexical.vocabulary import UNKNOWN, build_tokenizer, encode, split_words
from tests.unit.models.conftest import SMALL

Rows = NDArray[np.float64]
ROOT = Path(__file__).parents[3]


def test_words_are_lower_case_letters_without_accents() -> None:
    text = "Überweisung № 12: T.V.A. 5,5 % — naïve"
    assert split_words(text) == ("uberweisung", "t", "v", "a", "naive")


def test_digits_among_letters_are_the_letters_that_they_were_misread_for() -> None:
    words = split_words("T0TAL due, tota1 l0an in 2010, 1040, 10kg, W1")
    assert " ".join(words) == "total due total loan in kg w"


def test_the_filler_of_a_line_for_machines_is_one_word_however_long() -> None:
    words = split_words("P<UTOMARTIN<<ANNA<<<<<<<\n1204159<<<<««4")
    assert " ".join(words) == "p utomartin << anna << <<"


def test_chinese_and_japanese_characters_are_words_of_their_own() -> None:
    assert split_words("合計 1,320円 レシート Total") == (*"合計円レシート", "total")
    assert build_tokenizer(["合計 x", "合計 x"], least=2).get_vocab() == {
        UNKNOWN: 0,
        "合": 1,
        "計": 2,
    }


def test_texts_are_numbered_as_the_tokenizer_does_it(small_samples: list[Sample]) -> None:
    texts = [sample.text for sample in small_samples[::13]] + ["領収書 №7 Größe x", ""]
    tokenizer = build_tokenizer(texts[:-3], least=2)
    expected = [tokenizer.encode(text, add_special_tokens=False).ids for text in texts]
    assert encode(tokenizer, texts) == expected


def test_the_vocabulary_leaves_out_rare_words_and_single_letters() -> None:
    tokenizer = build_tokenizer(["alpha beta x", "beta alpha x", "gamma beta"], least=2)
    assert tokenizer.get_vocab() == {UNKNOWN: 0, "alpha": 1, "beta": 2}
    assert encode(tokenizer, ["Beta, gamma ALPHA"]) == [[2, 0, 1]]


def test_pairs_do_not_reach_over_an_unknown_word() -> None:
    features = choose_features([[1, 2], [1, 2], [1, 0, 2]], least=1, most=10)
    assert features.grams == ((1,), (2,), (1, 2))
    rows = features.transform([[1, 0, 2], [1, 2]]).toarray()
    assert rows[0, 2] == 0
    assert rows[1, 2] > 0
    assert np.allclose(np.linalg.norm(rows, axis=1), 1)


def test_a_pair_that_a_single_genre_has_is_its_phrase_and_no_feature() -> None:
    texts = [[1, 2], [1, 2], [2, 3], [2, 3]]
    assert choose_features(texts, least=1, most=9).grams == ((1,), (2,), (3,), (1, 2), (2, 3))
    genres = ["bill", "slip", "slip", "slip"]
    kept = choose_features(texts, least=1, most=9, genres=genres).grams
    assert kept == ((1,), (2,), (3,), (1, 2))


def test_the_graph_computes_what_the_training_computed(small_samples: list[Sample]) -> None:
    labels = tuple(sorted({sample.label for sample in small_samples}))
    model = train(small_samples, labels, SMALL)
    judged = model.judge(small_samples[::17])
    with_graph = _run_graph(model, small_samples[::17])
    assert np.allclose(with_graph[0], judged.logits, atol=1e-4)
    assert np.allclose(with_graph[1], judged.similarity, atol=1e-5)


def _run_graph(model: Model, samples: list[Sample]) -> tuple[Rows, Rows]:
    graph = build_graph(model.features, model.head.weights, model.head.bias, model.centroids)
    session = onnxruntime.InferenceSession(graph.SerializeToString())
    logits, similarity = [], []
    for words in encode(model.tokenizer, [sample.text for sample in samples]):
        answer = session.run(["logits", "similarity"], {"words": np.array([words], np.int64)})
        logits.append(answer[0][0])
        similarity.append(answer[1][0])
    return np.array(logits), np.array(similarity)


def _judge(logits: list[list[float]], truth: list[int]) -> Judged:
    rows = len(truth)
    return Judged(
        logits=np.array(logits, dtype=np.float64),
        similarity=np.tile(np.linspace(0.1, 0.9, rows)[:, None], (1, len(logits[0]))),
        coverage=np.ones(rows),
        words=np.full(rows, 50),
        truth=np.array(truth),
    )


def test_an_overconfident_model_is_given_a_higher_temperature() -> None:
    sure = [[8.0, 0.0], [8.0, 0.0], [8.0, 0.0], [0.0, 8.0]]
    right = choose_temperature(_judge(sure, [0, 0, 0, 1]), np.ones(4))
    mistaken = choose_temperature(_judge(sure, [0, 0, 1, 1]), np.ones(4))
    little = np.array([1.0, 1.0, 0.05, 1.0])
    hardly_mistaken = choose_temperature(_judge(sure, [0, 0, 1, 1]), little)
    assert mistaken > hardly_mistaken > right


def test_a_threshold_shuts_out_the_doubtful_answers_that_are_wrong() -> None:
    logits = [[5.0, 0.0], [4.0, 0.0], [0.6, 0.0], [0.0, 3.0]]
    judged = _judge(logits, [0, 0, 1, 1])
    first, second = choose_thresholds(judged, np.ones(4), 1.0, precision=0.98)
    assert 0.85 <= first <= 0.99
    assert second == 0.85


def test_a_mistake_that_counts_more_raises_the_threshold() -> None:
    logits = [[4.0, 0.0]] * 99 + [[2.0, 0.0]]
    judged, alike = _judge(logits, [0] * 99 + [1]), np.ones(100)
    assert choose_thresholds(judged, alike, 1.0, precision=0.98)[0] == 0.85
    heavy = np.where(judged.truth == 1, 10.0, 1.0)
    assert choose_thresholds(judged, heavy, 1.0, precision=0.98)[0] > 0.9


def test_a_class_that_is_never_answered_rightly_is_never_taken() -> None:
    judged = _judge([[5.0, 0.0], [4.0, 0.0]], [1, 1])
    thresholds = choose_thresholds(judged, np.ones(2), 1.0, precision=0.98)
    assert thresholds == [0.99, 0.99]


def test_the_similarity_limit_leaves_the_quantile_outside() -> None:
    judged = _judge([[1.0, 0.0]] * 101, [0] * 100 + [1])
    limit = choose_similarity(judged, np.ones(101), quantile=0.1)[0]
    outside = (judged.similarity[judged.truth == 0, 0] < limit).mean()
    assert outside == pytest.approx(0.1, abs=0.01)


def test_a_quantile_of_documents_that_count_alike_is_the_usual_one() -> None:
    values = np.array([0.9, 0.2, 0.4, 0.7, 0.1])
    for share in (0.0, 0.01, 0.3, 0.5, 1.0):
        expected = float(np.quantile(values, share))
        assert find_quantile(values, np.ones(5), share) == pytest.approx(expected, abs=1e-4)


def test_documents_that_count_more_draw_the_quantile_to_them() -> None:
    values, weights = np.array([0.1, 0.5, 0.9]), np.array([8.0, 1.0, 1.0])
    assert find_quantile(values, weights, 0.4) < 0.3


def test_the_calibration_error_of_a_sure_and_wrong_model_is_one() -> None:
    assert measure_calibration_error(_judge([[30.0, 0.0]] * 4, [1] * 4), 1.0) == 1.0
    assert measure_calibration_error(_judge([[30.0, 0.0]] * 4, [0] * 4), 1.0) == 0.0


def test_noise_changes_lines_without_losing_the_document() -> None:
    lines = [f"Invoice line {number} with a total of 12.50" for number in range(40)]
    disturbed = [disturb_lines(lines, Random(seed)) for seed in range(30)]
    assert any(one != lines for one in disturbed)
    assert all(len(one) >= 4 for one in disturbed)


def test_every_class_has_its_share_of_the_samples() -> None:
    samples = list(draw_samples(3, seed=5))
    counts = Counter(sample.label for sample in samples)
    assert counts == {label: 3 * OTHERS if label == OTHER else 3 for label in LABELS}
    assert all(sample.text.strip() for sample in samples)
    assert samples == list(draw_samples(3, seed=5))


def test_a_package_is_the_same_bytes_in_another_folder_with_other_hashes_and_threads(
    small_package: ModelPackage, tmp_path: Path
) -> None:
    script = (
        "import sys; from pathlib import Path; from models.lexical.building import build_package; "
        "from tests.unit.models.conftest import SMALL; "
        "print(build_package(Path(sys.argv[1]), SMALL).digest)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "elsewhere")],
        env={**os.environ, "PYTHONHASHSEED": "1234", "OMP_NUM_THREADS": "2"},
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.split()[-1] == small_package.digest
    for name in small_package.description.files:
        assert digest_file(tmp_path / "elsewhere" / name) == digest_file(
            small_package.directory / name
        )


def test_the_small_package_knows_the_classes_of_fresh_documents(
    small_package: ModelPackage,
) -> None:
    classifier = Classifier(small_package)
    samples = list(draw_samples(8, seed=99))
    right = sum(classifier.classify(sample.text).label == sample.label for sample in samples)
    assert right / len(samples) >= 0.9


def test_the_card_says_that_its_figures_prove_little(small_package: ModelPackage) -> None:
    card = (small_package.directory / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert "prove little" in card
    assert all(label in card for label in small_package.description.labels)
