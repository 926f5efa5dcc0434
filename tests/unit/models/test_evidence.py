"""The words that carried a label are exact."""

import numpy as np
import onnx
import onnxruntime
import pytest

from lambdas.classify.evidence import EVIDENCE, EVIDENCE_TOTAL
from lambdas.classify.inference import Classifier
from lambdas.classify.package import ModelPackage
from models.corpus.training import Sample
from models.lexical.graph import build_graph
from models.lexical.training import Model, train
from models.lexical.vocabulary import encode
from tests.unit.models.conftest import SMALL
from tests.unit.models.copies import PackageCopy

INVOICE = (
    "INVOICE\nInvoice number 4711\nBill to Northgate Foods Ltd\nSubtotal 100.00\n"
    "VAT 20% 20.00\nTotal due 120.00"
)


@pytest.fixture(scope="module")
def model(small_samples: list[Sample]) -> Model:
    return train(small_samples, tuple(sorted({one.label for one in small_samples})), SMALL)


def test_an_invoice_is_carried_by_its_own_words(small_package: ModelPackage) -> None:
    carried_by = Classifier(small_package).read(INVOICE).carried_by

    assert "invoice" in [word.text for word in carried_by]
    assert all(set(word.text.split()) <= set(INVOICE.lower().split()) for word in carried_by)
    assert [word.contribution for word in carried_by] == sorted(
        (word.contribution for word in carried_by), reverse=True
    )
    assert 0 < sum(word.share for word in carried_by) <= 1


def test_all_contributions_add_up_to_the_margin_over_the_mean_of_the_others(
    model: Model, small_samples: list[Sample]
) -> None:
    graph = build_graph(model.features, model.head.weights, model.head.bias, model.centroids)
    graph.graph.output.append(onnx.ValueInfoProto(name="contributions"))
    session = onnxruntime.InferenceSession(graph.SerializeToString())
    for words in encode(model.tokenizer, [sample.text for sample in small_samples[::40]]):
        logits, contributions, strongest, total = session.run(
            ["logits", "contributions", EVIDENCE, EVIDENCE_TOTAL],
            {"words": np.array([words], np.int64)},
        )
        best = int(logits[0].argmax())
        others = np.delete(logits[0], best).mean()
        bias = model.head.bias[best] - np.delete(model.head.bias, best).mean()
        assert contributions[0].sum() + bias == pytest.approx(logits[0, best] - others, abs=1e-4)
        assert total[0, 0] == pytest.approx(contributions[contributions > 0].sum(), abs=1e-4)
        assert strongest[0].tolist() == sorted(contributions[0].tolist(), reverse=True)[:8]


def test_a_text_of_unknown_words_is_carried_by_none(small_package: ModelPackage) -> None:
    assert Classifier(small_package).read("zxqj wvvrk ppqlm").carried_by == ()
    assert Classifier(small_package).read("").carried_by == ()


def test_a_package_that_tells_no_words_runs_all_the_same(
    small_package: ModelPackage, package_copy: PackageCopy
) -> None:
    package_copy.change_graph(lambda graph: [graph.output.pop() for _ in range(3)])

    reading = Classifier(package_copy.load()).read(INVOICE)

    assert reading.carried_by == ()
    assert reading.logits == Classifier(small_package).read(INVOICE).logits
