"""The page about one document."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from rich.console import RenderableType
from rich.text import Text

from cli import formats
from cli.lookup import Version
from cli.pages import blocks
from cli.pages.carrying_words import draw_carrying_words
from cli.pages.findings import draw_findings
from cli.pages.trail import draw_trail
from cli.whereabouts import Whereabouts
from lambdas.shared.documents import DocumentRecord

_VERSIONS = 10


def draw(answer: Whereabouts, *, everything: bool = False) -> Iterator[RenderableType]:
    """The document, its decision, the evidence, its way, and the other versions of its key.

    `everything`: with the evidence of rules that held.
    """
    record = answer.document
    if record is None:
        yield blocks.text(answer.explanation or "")
        yield from _draw_versions(answer.versions, shown=None)
        return
    yield _draw_title(record)
    yield blocks.facts(_list_facts(record, answer))
    if record.reasons:
        yield blocks.heading("Reasons")
        yield blocks.facts((reason.code, reason.message) for reason in record.reasons)
    yield from draw_carrying_words(answer.carried_by, answer.carried_by_unavailable)
    if answer.findings_unavailable:
        yield blocks.heading(f"Findings: {answer.findings_unavailable}")
    if answer.findings:
        told = {reason.code for reason in record.reasons}
        yield from draw_findings(answer.findings, told=told, everything=everything)
    yield from draw_trail(answer.trail, answer.trail_faults)
    yield from _draw_versions(answer.versions, shown=record.id)


def _draw_title(record: DocumentRecord) -> Text:
    state = record.route or record.state
    style = blocks.STYLES.get(state, "cyan")
    title = blocks.text(record.key, "bold")
    return Text.assemble((f" {state.upper()} ", f"{style} reverse"), "  ", title)


def _list_facts(
    record: DocumentRecord, answer: Whereabouts
) -> Iterator[tuple[str, RenderableType | str | None]]:
    yield "Document", record.id
    yield "State", _tell_state(record, answer)
    yield "Times", _tell_times(answer)
    if kind := record.classification:
        known = "" if kind.known else ", unlike the documents the model knows"
        confidence = f"confidence {kind.confidence:.3f}, threshold {kind.threshold:.2f}"
        yield "Class", f"{kind.label} ({confidence}{known})"
        yield "Model", kind.model_digest
    if rules := record.validation:
        yield "Rules", f"{rules.rule_set}, {rules.rule_set_digest}"
    if text := record.extraction:
        unread = f", {text.unread_pages} unread" if text.unread_pages else ""
        read = f"{formats.count(text.pages, 'page')}{unread}, {formats.count(text.lines, 'line')}"
        cost = f", ${record.extraction_usd}" if record.extraction_usd is not None else ""
        yield "Extraction", f"{read}, confidence {text.confidence:.1f}{cost}; job {text.job_id}"
    elif record.job_id:
        yield "Extraction", f"job {record.job_id} is running"
    yield "Object", f"s3://{record.bucket}/{record.key}"
    yield "Version", record.version_id
    yield "Content", _tell_content(record)
    yield "Batch", record.batch_id
    yield "Execution", record.execution_id


def _tell_state(record: DocumentRecord, answer: Whereabouts) -> str:
    if record.decided_at is None:
        state = record.state.replace("_", " ")
        if not answer.trail:
            return state
        last = answer.trail[-1]
        return f"{state}, in {last.state} for {formats.duration(answer.at - last.at)}"
    delivered = (
        f", delivered {formats.instant(record.delivered_at)}"
        if record.delivered_at
        else ", not delivered yet"
    )
    return f"{record.route}, decided {formats.instant(record.decided_at)}{delivered}"


def _tell_times(answer: Whereabouts) -> str | None:
    record, timings = answer.document, answer.timings
    if record is None or timings is None:
        return None

    def tell(seconds: float) -> str:
        return formats.duration(timedelta(seconds=seconds))

    told = [
        f"arrived {formats.instant(record.received_at)}",
        f"registered after {tell(timings.until_registered)}",
    ]
    if timings.until_decided is not None:
        told.append(f"decided after {tell(timings.until_decided)}")
    return ", ".join(told)


def _tell_content(record: DocumentRecord) -> str | None:
    told = [
        record.media_type,
        formats.count(record.pages, "page") if record.pages else "",
        formats.size(record.size_bytes) if record.content_sha256 or record.size_bytes else "",
        f"SHA-256 {record.content_sha256}" if record.content_sha256 else "",
    ]
    return ", ".join(filter(None, told)) or None


def _draw_versions(versions: Sequence[Version], *, shown: str | None) -> Iterator[RenderableType]:
    others = [version for version in versions if version.document_id != shown]
    if not others:
        return
    yield blocks.heading("Other versions of this key" if shown else "Versions of this key")
    listed = blocks.table("Uploaded", "Document", "Stands at", "Size", right=("Size",))
    for version in others[:_VERSIONS]:
        listed.add_row(
            formats.instant(version.uploaded_at) if version.uploaded_at else "never",
            "delete marker" if version.deleted else version.document_id,
            blocks.route(version.route) if version.route else version.state or "-",
            formats.size(version.size_bytes) if version.size_bytes is not None else "-",
        )
    yield listed
    if len(others) > _VERSIONS:
        yield blocks.text(f"… and {len(others) - _VERSIONS} older ones", "dim")
