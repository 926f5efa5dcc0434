"""The events between steps: S3 pointers and short facts, never document text."""

from typing import Literal

from pydantic import AwareDatetime, Field

from lambdas.shared.model import Frozen

Route = Literal["pass", "hold", "reject"]
Severity = Literal["reject", "hold", "warn"]


class ObjectPointer(Frozen):
    """An object in S3."""

    bucket: str
    key: str


class Document(Frozen):
    """One version of one object, as intake registered it."""

    id: str
    batch_id: str
    bucket: str
    key: str
    version_id: str
    media_type: str
    size_bytes: int
    pages: int
    content_sha256: str
    received_at: AwareDatetime


class Transition(Frozen):
    """The state that a step runs in, as the state machine's context object tells it."""

    execution_id: str
    state: str
    attempt: int = Field(description="0 for the first try, then one more a retry")
    entered_at: AwareDatetime


class Reservation(Frozen):
    """The instant at which a document may start its Textract job."""

    reserved_at: AwareDatetime
    start_at: AwareDatetime
    wait_until: AwareDatetime
    """`start_at` cut to whole seconds: what a Wait state can wait for."""


class ExtractionResult(Frozen):
    """Where the extraction lies and how complete it is."""

    job_id: str
    extraction: ObjectPointer
    pages: int
    lines: int
    unread_pages: int
    confidence: float = Field(description="mean over the lines, 0 to 100; 0 without lines")


class Classification(Frozen):
    """What kind of document it is, by which model package."""

    label: str
    confidence: float = Field(ge=0, le=1, description="calibrated probability")
    threshold: float = Field(ge=0, le=1, description="the package's threshold for this label")
    known: bool = Field(description="False where the package's second signal says: no known class")
    model_digest: str


class Validation(Frozen):
    """How the rule set judged, in short; the findings themselves lie in S3."""

    rule_set: str
    rule_set_digest: str
    findings: ObjectPointer
    rejected_by: tuple[str, ...] = Field(description="ids of failed rules of severity reject")
    held_by: tuple[str, ...] = Field(description="ids of failed rules of severity hold")
    warned_by: tuple[str, ...] = Field(description="ids of failed rules of severity warn")
    evaluated: int


class Evidence(Frozen):
    """A value that a rule read, and where it stands; without a place when nothing was found."""

    field: str
    value: str | None
    page: int | None = None
    left: float | None = None
    top: float | None = None
    width: float | None = None
    height: float | None = None


class Finding(Frozen):
    """One rule's verdict on one document."""

    rule: str
    severity: Severity
    passed: bool
    message: str
    owner: str
    evidence: tuple[Evidence, ...] = ()


class Findings(Frozen):
    """Every finding on one document; written to S3 by validate, read by route and the CLI."""

    document_id: str
    rule_set: str
    rule_set_digest: str
    findings: tuple[Finding, ...]


class Reason(Frozen):
    """Why a document took its route: a stable code and a sentence for a person."""

    code: str
    message: str


class Decision(Frozen):
    """Where a document goes, and why; a passed document has no reasons, or warnings only."""

    route: Route
    reasons: tuple[Reason, ...]


class DecisionResult(Frozen):
    """The decision as the state machine needs it."""

    route: Route
    reasons: tuple[str, ...] = Field(description="codes only")
