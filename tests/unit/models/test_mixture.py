"""Own documents among generated ones."""

from collections import Counter
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import numpy_helper

from lambdas.classify.inference import Classifier
from lambdas.classify.package import MODEL, ModelPackage
from models.checking.package import find_faults
from models.corpus.classes import LABELS, OTHER, OTHERS
from models.corpus.training import Sample, draw_samples
from models.lexical.building import build_package
from models.lexical.features import choose_features
from models.lexical.gain import measure_gain, measure_unseen_genres, tell_gain
from models.lexical.mixture import Own, balance_classes, draw_beside, list_labels, weigh_evidence
from models.lexical.recipe import Recipe
from models.lexical.training import judge_unseen, train
from models.lexical.vocabulary import build_tokenizer
from tests.unit.models.conftest import SMALL

NOTES = tuple(
    Sample("delivery_note", "own", f"DELIVERY NOTE\nconsignment {name}\npallets unloaded at dock")
    for name in ("north", "south", "east", "west", "hill", "lake", "moor", "wood", "port", "mill")
)
PRIVATE = "Zabriskie"
"""A name that one own document holds, and no generated one."""


@pytest.fixture(scope="module")
def brought() -> list[Sample]:
    """Three documents of two classes and ten of a class that is not generated."""
    letters = [
        Sample("other", "own", f"Dear customer\nwarm regards {name}, quibbleworth")
        for name in (f"{PRIVATE} Jones", "Mary Jones", "Anne Smith")
    ]
    receipts = [
        Sample("receipt", "own", f"quibbleworth stores\ncash {number}.50\nthank you")
        for number in range(3)
    ]
    return [*letters, *receipts, *NOTES]


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory, brought: list[Sample]) -> ModelPackage:
    """A package that is trained on them as well."""
    return build_package(tmp_path_factory.mktemp("mixed"), SMALL, brought)


def test_ten_documents_a_class_of_unseen_genres_raise_the_recall_on_others_of_them() -> None:
    gain = measure_unseen_genres(Recipe(documents=100, folds=4), most=10)
    assert 1 - gain.after.value <= 0.6 * (1 - gain.before.value)
    assert gain.after.low > gain.before.value
    assert gain.chance < 0.001


def test_a_word_enters_when_three_own_texts_share_it() -> None:
    own = ["acme pump", "acme valve", "acme pump seal"]
    tokenizer = build_tokenizer(["pump hose", "pump hose"], least=2, own=own)
    assert set(tokenizer.get_vocab()) == {"[UNK]", "pump", "hose", "acme"}


def test_two_common_words_of_one_own_text_are_no_pair() -> None:
    generated, one, shared = [[1, 3], [2, 3]] * 3, [[1, 2]], [[2, 1]] * 3
    features = choose_features(generated, least=3, most=99, own=[*one, *shared])
    assert (1, 2) not in features.grams
    assert (2, 1) in features.grams


def test_own_texts_count_as_several_in_rarity() -> None:
    generated, own = [[1], [1], [2], [2]], [[1]] * 3
    light, heavy = (
        choose_features(generated, least=1, most=9, own=own, own_weight=weight).weights
        for weight in (1.0, 5.0)
    )
    assert heavy[0] < light[0]
    assert heavy[1] > light[1]


def test_no_class_is_commoner_for_having_been_brought() -> None:
    truth = [0, 0, 1, 1, 1]
    weights = balance_classes(truth, [1.0, 1.0, 1.0, 1.0, 3.0])
    assert np.bincount(truth, weights=weights) == pytest.approx([3.5, 3.5])
    assert weights[4] == pytest.approx(3 * weights[3])


def test_own_documents_weigh_as_much_as_generated_ones_in_what_limits_are_chosen_on() -> None:
    generated = [Sample("invoice", "a", "")] * 40 + [Sample("other", "b", "")] * 20
    own = Own((Sample("invoice", "own", ""),) * 8 + NOTES + (Sample("other", "own", ""),) * 50)
    weights = weigh_evidence(generated, own)
    assert weights[:60].tolist() == [1.0] * 60
    assert weights[60:68].sum() == 40
    assert weights[68:78].sum() == 30
    assert weights[78:].tolist() == [1.0] * 50


def test_no_own_document_is_judged_by_a_model_that_saw_it(brought: list[Sample]) -> None:
    """A document that is its class's only one of some words is not known by them."""
    samples = draw_beside(brought, documents=12, seed=1)
    labels = list_labels(brought)
    own = Own(tuple(brought), 3.0)
    odd = Sample("resume", "own", "gloxinia gloxinia gloxinia")
    twice = Own((*own.samples, odd, odd, odd), 3.0)
    unseen = judge_unseen(samples, labels, SMALL, twice)
    assert len(unseen.truth) == len(samples) + len(twice.samples)
    assert unseen.truth[-1] == labels.index("resume")
    # Of the three, two at most are in another fold: too few for their word to be known there.
    assert unseen.coverage[-3:].tolist() == [0, 0, 0]
    assert train(samples, labels, SMALL, twice).judge([odd]).coverage[0] == 1


def test_a_class_of_its_own_is_told_and_its_generated_genre_is_left_out(
    mixed: ModelPackage,
) -> None:
    assert mixed.description.labels == (*LABELS, "delivery_note")
    answer = Classifier(mixed).classify("DELIVERY NOTE\nconsignment 12\npallets unloaded at dock")
    assert answer.label == "delivery_note"
    assert not find_faults(mixed.directory)

    plain = Counter(sample.label for sample in draw_samples(40, seed=5))
    genres = {sample.source for sample in draw_samples(40, seed=5) if sample.label == "other"}
    genre = min(genres)
    beside = draw_beside([Sample(genre.lower().replace(" ", "_"), "own", "")], documents=40, seed=5)
    assert genre not in {sample.source for sample in beside}
    assert Counter(sample.label for sample in beside)["other"] < plain["other"]


def test_the_package_says_what_it_was_trained_on(
    mixed: ModelPackage, small_package: ModelPackage
) -> None:
    described = mixed.description
    assert described.trained_on["own"] == {"delivery_note": 10, "other": 3, "receipt": 3}
    counts = dict.fromkeys(LABELS, SMALL.documents) | {OTHER: OTHERS * SMALL.documents}
    assert described.trained_on["generated"] == counts
    assert set(small_package.description.trained_on) == {"generated"}
    assert described.training_data_digest != small_package.description.training_data_digest
    assert described.metrics["own_documents"]["classes"]["delivery_note"]["documents"] == 10

    card = (mixed.directory / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert "16 real documents" in card
    assert "10 delivery_note, 3 other, 3 receipt" in card
    assert "**Single words" in card
    assert "no customer's" not in card
    plain = (small_package.directory / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert "no customer's" in plain


def test_no_text_of_an_own_document_is_in_the_package(mixed: ModelPackage) -> None:
    everything = b"".join(path.read_bytes() for path in mixed.directory.iterdir()).lower()
    assert PRIVATE.lower().encode() not in everything
    words = Classifier(mixed).read("quibbleworth").coverage
    assert words == 1
    assert b"warm regards" not in everything


def test_no_pair_of_words_of_fewer_than_three_own_documents_is_in_the_graph(
    mixed: ModelPackage,
) -> None:
    tokenizer = Classifier(mixed)._tokenizer
    graph = onnx.load(mixed.directory / MODEL).graph
    (grams,) = (numpy_helper.to_array(one) for one in graph.initializer if one.name == "grams")
    named = {tuple(tokenizer.id_to_token(word) for word in gram if word) for gram in grams.tolist()}
    assert ("consignment",) in named
    assert ("quibbleworth", "stores") in named
    assert ("mary", "jones") not in named


def test_the_same_documents_give_the_same_package(brought: list[Sample], tmp_path: Path) -> None:
    tiny = Recipe(documents=8, folds=2)
    first, second = (build_package(tmp_path / name, tiny, brought) for name in ("a", "b"))
    assert first.digest == second.digest
    assert build_package(tmp_path / "c", tiny, brought[1:]).digest != first.digest


def test_what_documents_bring_is_told_with_its_chance() -> None:
    truth = ["invoice"] * 8 + ["other"] * 2 + ["note"]
    before = ["invoice"] * 4 + ["form"] * 4 + ["other"] * 2 + ["other"]
    after = ["invoice"] * 8 + ["form", "other"] + ["note"]
    gain = measure_gain(("invoice", "note", "other"), truth, before=before, after=after)
    assert (gain.won, gain.lost) == (5, 1)
    assert gain.chance == pytest.approx(7 / 64, abs=1e-4)
    assert (gain.before.value, gain.after.value, gain.macro_classes) == (0.5, 1.0, ("invoice",))
    assert any("5 won, 1 lost" in line for line in tell_gain(gain))
