"""What the rules found, with the places on the pages where they looked."""

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from cli import formats
from cli.pages import blocks
from lambdas.shared.contracts import Evidence, Finding


def draw_findings(
    findings: Sequence[Finding], *, told: set[str], everything: bool
) -> Iterator[RenderableType]:
    """Failed rules with their evidence; those that held by name, or as well as `everything`.

    `told` are the rules whose message stands among the reasons already.
    """
    failed = [finding for finding in findings if not finding.passed]
    held = [finding for finding in findings if finding.passed]
    applied = formats.count(len(findings), "rule")
    yield blocks.heading(f"Findings: {applied} applied, {len(failed)} failed")
    shown = [*failed, *(held if everything else ())]
    if shown:
        table = blocks.table("Rule", "Verdict", "Evidence", "Where", whole=("Verdict", "Where"))
        for finding in shown:
            table.add_row(
                _draw_rule(finding, told),
                _draw_verdict(finding),
                Group(*(_draw_value(evidence) for evidence in finding.evidence)),
                Group(*(_draw_place(evidence) for evidence in finding.evidence)),
            )
        yield table
    if held and not everything:
        yield blocks.text(f"  kept: {', '.join(finding.rule for finding in held)}", "dim")


def _draw_rule(finding: Finding, told: set[str]) -> RenderableType:
    rule = blocks.text(finding.rule, "" if finding.passed else "bold")
    if finding.passed or finding.rule in told:
        return rule
    return Group(rule, blocks.text(finding.message, "dim"))


def _draw_verdict(finding: Finding) -> Text:
    if finding.passed:
        return Text("holds", style="green")
    return Text(finding.severity, style=blocks.STYLES.get(finding.severity, "magenta"))


def _draw_value(evidence: Evidence) -> Text:
    value = "(missing)" if evidence.value is None else evidence.value
    shown = blocks.text(f"{evidence.field} = {value}")
    shown.no_wrap, shown.overflow = True, "ellipsis"
    return shown


def _draw_place(evidence: Evidence) -> Text:
    """Page and box; the box in per cent of the page: left, top, width x height."""
    if evidence.page is None:
        return Text("-", style="dim")
    box = (evidence.left, evidence.top, evidence.width, evidence.height)
    place = f"page {evidence.page}"
    if None not in box:
        left, top, width, height = (round((each or 0) * 100) for each in box)
        place += f" at {left}%,{top}% {width}x{height}"
    return Text(place, no_wrap=True)
