"""Labelled texts that were read before, to evaluate packages on and to gate them."""

from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from lambdas.classify.inference import Classifier
from lambdas.classify.package import ModelPackage
from models.corpus.training import Sample
from models.evaluation.collection import LabelledDocument
from models.evaluation.judgement import Evaluation, judge
from models.evaluation.texts import Text, TextStore
from models.gate.criteria import read_criteria
from models.gate.gate import gate
from models.gate.verdict import Gating
from tests.unit.models.judgements import make_evaluation


class KeptDocuments:
    """Texts with their labels, kept as an evaluation keeps them."""

    def __init__(self, folder: Path, samples: Sequence[Sample]) -> None:
        def refuse() -> NoReturn:
            raise AssertionError("nothing is to be read")

        self.folder = folder
        self.store = TextStore(folder / "local", refuse)
        self.samples = list(samples)
        self.texts = [
            Text(content_sha256=f"{number:064x}", text=sample.text, pages=1, confidence=99.0)
            for number, sample in enumerate(samples)
        ]
        (folder / "local").mkdir(parents=True)
        for text in self.texts:
            (folder / "local" / f"{text.content_sha256}.json").write_text(text.model_dump_json())

    def evaluate(self, package: ModelPackage) -> Evaluation:
        classifier = Classifier(package)
        judged = [
            judge(
                classifier,
                LabelledDocument(Path(f"{number}.pdf"), f"{number}.pdf", one.label),
                text,
            )
            for number, (one, text) in enumerate(zip(self.samples, self.texts, strict=True))
        ]
        return make_evaluation(
            judged,
            package_digest=package.digest,
            labels=package.description.labels,
            package_kind=package.description.kind,
        )

    def gate(
        self, package: ModelPackage, *, live: Path | None = None, reference: Path | None = None
    ) -> Gating:
        return gate(
            package.directory,
            self.evaluate(package),
            self.store,
            read_criteria(),
            live=live,
            reference=reference,
        )
