"""What a package says about labelled documents, one by one."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal

from lambdas.classify.inference import Classifier
from lambdas.classify.package import ModelPackage
from lambdas.shared.explanation import CarryingWord
from lambdas.shared.model import Frozen
from models.evaluation.collection import LabelledDocument
from models.evaluation.pages import UnreadableDocumentError
from models.evaluation.texts import Text, TextStore

UNKNOWN = "other"
"""The label of documents of no known class: none of them may pass as one."""
_CLEAR = 97.0
"""Mean confidence of the lines, 0 to 100, from which on a document counts as clearly readable."""


Evidence = Literal["real", "generated"]
"""Whether figures rest on documents that somebody handed in, or only on generated ones."""


class Judgement(Frozen):
    """One document: what it is, what the package says, and whether it would go unseen by people.

    `certain`: of a known class, at or above the threshold, and resembling the known.
    """

    file: str
    content_sha256: str
    label: str
    answer: str
    confidence: float
    known: bool
    certain: bool
    words: tuple[CarryingWord, ...]
    slices: Mapping[str, str]

    @property
    def right(self) -> bool:
        """Whether the best answer is the document's class."""
        return self.answer == self.label

    @property
    def well_handled(self) -> bool:
        """A document of a known class is told rightly; one of no known class does not pass."""
        return not self.certain if self.label == UNKNOWN else self.right


class Unread(Frozen):
    """A document without text, and why."""

    file: str
    label: str
    reason: str


class Evaluation(Frozen):
    """All that one package says about one collection of documents."""

    package_name: str
    package_kind: str
    package_digest: str
    labels: tuple[str, ...]
    documents_digest: str
    judgements: tuple[Judgement, ...]
    unread: tuple[Unread, ...] = ()
    evidence: Evidence = "real"


def evaluate(
    classifier: Classifier,
    documents: Iterable[LabelledDocument],
    texts: TextStore,
    advance: Callable[[str], object] = lambda _name: None,
) -> Evaluation:
    """Read and judge every document; `advance` is told the name of each."""
    judgements, unread = [], []
    for document in documents:
        try:
            text = texts.read(document.path)
        except UnreadableDocumentError as error:
            unread.append(Unread(file=document.name, label=document.label, reason=str(error)))
        else:
            judgements.append(judge(classifier, document, text))
        advance(document.name)
    return gather_evaluation(classifier.package, judgements, unread)


def gather_evaluation(
    package: ModelPackage,
    judgements: Sequence[Judgement],
    unread: Sequence[Unread] = (),
    evidence: Evidence = "real",
) -> Evaluation:
    """What a package said, with what it is."""
    return Evaluation(
        package_name=package.description.name,
        package_kind=package.description.kind,
        package_digest=package.digest,
        labels=package.description.labels,
        documents_digest=digest_documents(judgements),
        judgements=tuple(judgements),
        unread=tuple(unread),
        evidence=evidence,
    )


def judge(classifier: Classifier, document: LabelledDocument, text: Text) -> Judgement:
    """What the package says about one document."""
    reading = classifier.read(text.text)
    answer = classifier.judge(reading)
    certain = answer.known and answer.confidence >= answer.threshold and answer.label != UNKNOWN
    return Judgement(
        file=document.name,
        content_sha256=text.content_sha256,
        label=document.label,
        answer=answer.label,
        confidence=answer.confidence,
        known=answer.known,
        certain=certain,
        words=reading.carried_by,
        slices={
            **document.slices,
            "file type": document.path.suffix.lower().lstrip("."),
            "readability": "clear" if text.confidence >= _CLEAR else "poor",
        },
    )


def judge_again(
    classifier: Classifier, judgements: Iterable[Judgement], texts: Mapping[str, Text]
) -> list[Judgement]:
    """What a package says about documents that were judged before; `texts` are by content."""
    return [
        judge(
            classifier,
            LabelledDocument(Path(each.file), each.file, each.label, each.slices),
            texts[each.content_sha256],
        )
        for each in judgements
    ]


def digest_documents(judgements: Iterable[Judgement]) -> str:
    """SHA-256 over the documents' contents and labels: equal where the collection is the same."""
    entries = sorted(f"{each.content_sha256} {each.label}\n" for each in judgements)
    return f"sha256:{hashlib.sha256(''.join(entries).encode()).hexdigest()}"
