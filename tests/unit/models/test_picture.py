"""The picture in the model card."""

from itertools import pairwise
from xml.etree import ElementTree

import numpy as np
import pytest

from lambdas.classify.package import ModelPackage, digest_file
from models import packaging
from models.lexical.building import build_package
from models.lexical.calibration import Judged
from models.lexical.measures import Step, Tenth, gather_tenths, trace_steps
from models.lexical.recipe import Recipe
from models.packaging import PICTURE
from models.picture import Trust, draw_trust
from tests.unit.models.copies import PackageCopy

SVG = "{http://www.w3.org/2000/svg}"
STEPS = [Step(0.0, 0.9, 0.85), Step(0.5, 0.8, 0.95), Step(0.9, 0.5, 1.0)]
TRUST = Trust("unseen <genres>", STEPS, (0.6, 0.98), [Tenth(9, 0.55, 0.5), Tenth(90, 0.95, 0.97)])


def test_the_picture_is_a_file_of_the_package_that_the_card_shows(
    small_package: ModelPackage,
) -> None:
    place = small_package.directory / PICTURE
    assert small_package.description.files[PICTURE] == digest_file(place)
    assert f"]({PICTURE})" in (small_package.directory / "MODEL_CARD.md").read_text("utf-8")
    assert ElementTree.parse(place).getroot().tag == f"{SVG}svg"


def test_both_curves_and_the_packages_own_points_are_drawn() -> None:
    one = ElementTree.fromstring(draw_trust([TRUST]))
    two = ElementTree.fromstring(draw_trust([TRUST, TRUST]))
    for drawn, count in ((one, 1), (two, 2)):
        marks = [each.get("class") for each in drawn.iter(f"{SVG}circle")]
        assert marks.count("ring") == count
        assert len(list(drawn.iter(f"{SVG}polyline"))) == 2 * count
    assert "unseen <genres>" in {each.text for each in one.iter(f"{SVG}text")}


def test_the_picture_has_colours_for_a_dark_page() -> None:
    assert "prefers-color-scheme: dark" in draw_trust([TRUST])


def test_nothing_is_drawn_outside_of_the_axes() -> None:
    poor = Trust("poor", [Step(0.0, 1.0, 0.0), Step(0.4, 0.02, 0.3)], (0.0, 0.0), TRUST.tenths)
    drawn = ElementTree.fromstring(draw_trust([poor, TRUST]))
    height = float(drawn.get("height") or 0)
    places = [each.get("points") or "" for each in drawn.iter(f"{SVG}polyline")]
    values = [float(one.split(",")[1]) for line in places for one in line.split()]
    assert all(0 < value < height for value in values)


def _judge(logits: list[list[float]], truth: list[int]) -> Judged:
    rows = len(truth)
    return Judged(
        np.array(logits), np.ones((rows, 3)), np.ones(rows), np.full(rows, 50), np.array(truth)
    )


def test_a_higher_threshold_lets_fewer_documents_pass() -> None:
    judged = _judge(
        [[9.0, 0.0, 0.0], [2.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 9.0]], [0, 0, 1, 2]
    )
    labels = ("invoice", "form", "other")
    steps = trace_steps(judged, labels, temperature=1.0, known=np.ones(4, dtype=bool))
    assert steps[0] == Step(0.0, 1.0, 0.6667)
    assert steps[-1] == Step(0.99, 0.3333, 1.0)
    assert all(first.coverage >= second.coverage for first, second in pairwise(steps))
    unknown = trace_steps(judged, labels, temperature=1.0, known=np.zeros(4, dtype=bool))
    assert unknown == []


def test_answers_are_gathered_by_their_confidence() -> None:
    judged = _judge([[9.0, 0.0, 0.0], [9.0, 0.0, 0.0], [0.1, 0.0, 0.0]], [0, 1, 0])
    low, high = gather_tenths(judged, temperature=1.0)
    assert (low.documents, low.accuracy, high.documents, high.accuracy) == (1, 1.0, 2, 0.5)


def test_what_fails_leaves_the_package_that_was_there(
    package_copy: PackageCopy, small_package: ModelPackage, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = package_copy.directory

    def fail(*_arguments: object) -> str:
        raise OSError("no space left on device")

    monkeypatch.setattr(packaging, "digest_code", fail)
    with pytest.raises(OSError, match="no space left"):
        build_package(place, Recipe(documents=8, folds=2))
    assert package_copy.load().digest == small_package.digest
    assert list(place.parent.iterdir()) == [place]


def test_a_new_package_takes_the_place_of_the_old_one(
    package_copy: PackageCopy, small_package: ModelPackage
) -> None:
    built = build_package(package_copy.directory, Recipe(documents=8, folds=2))
    assert package_copy.load().digest == built.digest != small_package.digest
