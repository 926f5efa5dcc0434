"""The routing policy: one pure function from what is known to where it goes.

What cannot be judged is held before anything is rejected: findings of a class that is in doubt
prove nothing.
"""

from lambdas.shared.contracts import (
    Classification,
    Decision,
    ExtractionResult,
    Finding,
    Findings,
    Reason,
    Route,
)


def choose_route(
    *, extraction: ExtractionResult, classification: Classification, findings: Findings
) -> Decision:
    """Decides: in doubt hold; else the gravest failed finding; else pass, with its warnings."""
    if doubts := _doubts(extraction, classification):
        return Decision(route="hold", reasons=doubts)
    failed = [finding for finding in findings.findings if not finding.passed]
    routes: tuple[Route, Route] = ("reject", "hold")
    for route in routes:
        if any(finding.severity == route for finding in failed):
            return Decision(route=route, reasons=_reasons(failed, at_least=route))
    return Decision(route="pass", reasons=tuple(map(_reason, failed)))


def _doubts(extraction: ExtractionResult, classification: Classification) -> tuple[Reason, ...]:
    if extraction.lines == 0:
        return (Reason(code="no_text", message="No text was found on any page."),)
    if extraction.unread_pages:
        message = f"{extraction.unread_pages} of {extraction.pages} pages could not be read."
        return (Reason(code="extraction_incomplete", message=message),)
    if classification.label == "other" or not classification.known:
        message = "The document is of no class that there are rules for."
        return (Reason(code="unknown_class", message=message),)
    if classification.confidence < classification.threshold:
        message = (
            f"Probably {classification.label}, but only with confidence"
            f" {classification.confidence:.2f}; {classification.threshold:.2f} is required."
        )
        return (Reason(code="low_confidence", message=message),)
    return ()


def _reasons(failed: list[Finding], *, at_least: Route) -> tuple[Reason, ...]:
    """The findings that carried the route first, then the milder ones that count as well."""
    counted = ("reject", "hold") if at_least == "reject" else ("hold",)
    return tuple(
        _reason(finding)
        for severity in counted
        for finding in failed
        if finding.severity == severity
    )


def _reason(finding: Finding) -> Reason:
    return Reason(code=finding.rule, message=finding.message)
