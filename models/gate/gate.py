"""The gate: an evaluation, the package itself and the live one, against the criteria."""

from collections.abc import Mapping
from pathlib import Path

from lambdas.classify.package import load_package
from models.checking.package import find_faults
from models.evaluation.judgement import Evaluation, digest_documents
from models.evaluation.texts import Text, TextStore
from models.gate.criteria import Criterion
from models.gate.quality import measure_quality
from models.gate.running import measure_running
from models.gate.verdict import Gating, Measured, Verdict, decide


class GateError(Exception):
    """What was handed to the gate does not belong together."""


def gate(
    directory: Path,
    evaluation: Evaluation,
    texts: TextStore,
    criteria: Mapping[str, Criterion],
    *,
    live: Path | None = None,
    reference: Path | None = None,
) -> Gating:
    """Every verdict on a package; raises GateError and, for the other packages, ModelPackageError.

    A package with faults is not run: its one verdict names them.
    """
    if faults := find_faults(directory):
        return Gating(
            package_digest=evaluation.package_digest,
            documents_digest=evaluation.documents_digest,
            live_digest=None,
            passed=False,
            verdicts=(Verdict(criterion="sound", passed=False, told="; ".join(faults)),),
            evidence=evaluation.evidence,
        )
    package = load_package(directory)
    if package.digest != evaluation.package_digest:
        raise GateError(
            f"the evaluation is of {evaluation.package_digest}, the package is {package.digest}"
        )
    if digest_documents(evaluation.judgements) != evaluation.documents_digest:
        raise GateError("the evaluation's judgements are not of the documents that it names")
    live_package = load_package(live) if live else None
    measured = {
        "sound": Measured(values={"": 0}),
        **measure_quality(evaluation),
        **measure_running(
            package,
            evaluation.judgements,
            _find_texts(evaluation, texts),
            live=live_package,
            reference=load_package(reference) if reference else None,
        ),
    }
    verdicts = decide(criteria, measured, kind=package.description.kind)
    return Gating(
        package_digest=package.digest,
        documents_digest=evaluation.documents_digest,
        live_digest=live_package.digest if live_package else None,
        passed=all(verdict.passed for verdict in verdicts),
        verdicts=verdicts,
        evidence=evaluation.evidence,
    )


def _find_texts(evaluation: Evaluation, store: TextStore) -> dict[str, Text]:
    if not evaluation.judgements:
        raise GateError("the evaluation has no documents")
    texts = {}
    for each in evaluation.judgements:
        text = store.find(each.content_sha256)
        if text is None:
            raise GateError(f"the text of {each.file} is not kept: evaluate on this machine first")
        texts[each.content_sha256] = text
    return texts
