"""Pages about the model registry."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from cli import formats
from cli.pages import blocks
from cli.registry.acts import name_person
from cli.registry.approval import Decided
from cli.registry.evidence import GateVerdict
from cli.registry.overview import Listing, ShownAct, ShownPackage, Use
from cli.registry.promotion import Promoted
from cli.registry.registration import Registered
from cli.registry.standing import GateOnTrail
from cli.registry.versions import SAID, Status, Version

_STYLES: dict[Status, str] = {
    "Approved": "green",
    "Rejected": "red",
    "PendingManualApproval": "yellow",
}
_DIGEST = "sha256:"
_CIRCUMSTANCES = ("package", "version", "reason")
"""What an act's outcome says that its line says already."""


def draw_listing(answer: Listing) -> Iterator[RenderableType]:
    """A line for each package, then what is wrong."""
    if not answer.packages:
        yield blocks.text("No package is registered: `intray models register PACKAGE`.")
    else:
        listed = blocks.table(
            "Version", "Digest", "Name", "Status", "Gate", "Registered", "Promoted to", "Runs in",
            right=("Version",), whole=("Digest", "Name", "Status", "Registered"),
        )  # fmt: skip
        for package in answer.packages:
            version = package.version
            listed.add_row(
                str(version.number),
                formats.digest(version.digest).removeprefix(_DIGEST),
                blocks.text(version.name),
                _status(version),
                _gate(package.gate),
                formats.instant(version.registered_at)[:16],
                ", ".join(package.use.promoted) or "-",
                ", ".join(package.use.deployed) or "-",
            )
        yield listed
    yield from _draw_faults(answer.faults)


def draw_package(answer: ShownPackage) -> Iterator[RenderableType]:
    """What the package is, how good it is, where it is used, and who did what with it."""
    version = answer.version
    title = Text.assemble(_status(version), "  ", blocks.text(version.digest, "bold"))
    yield title
    yield blocks.facts(_list_facts(answer))
    if answer.gate:
        yield blocks.heading(_tell_gate(answer.gate))
        criteria = blocks.table("Criterion", "", "Measured", whole=("Criterion",))
        for verdict in answer.gate.verdicts:
            mark = Text("passed", "green") if verdict.passed else Text("failed", "red")
            criteria.add_row(blocks.text(verdict.criterion), mark, blocks.text(verdict.told))
        yield criteria
    yield blocks.heading("Who did what, UTC")
    yield _draw_acts(answer.acts)
    for arn in dict.fromkeys(each.step.actor for each in answer.acts):
        yield blocks.text(f"{name_person(arn)}: {arn}", "dim")
    yield from _draw_faults(answer.faults)
    if not answer.faults:
        yield Text("The trails hold.", style="dim")


def draw_registered(answer: Registered) -> Iterator[RenderableType]:
    """What was done, and what comes next."""
    version = answer.version
    name = f"{version.digest} as version {version.number}"
    if answer.created:
        yield blocks.text(f"Registered {name}.", "green")
        yield blocks.text(
            f"Next: somebody approves it: intray models approve {version.digest[:19]}"
        )
    elif answer.evidence_added:
        added = " and ".join(answer.evidence_added)
        yield blocks.text(f"Added {added} to {name}, which was registered before.", "green")
    else:
        yield blocks.text(f"{name} was registered before; nothing was changed.")


def draw_decided(answer: Decided) -> Iterator[RenderableType]:
    """The package's new status."""
    version = answer.version
    name = f"Version {version.number}, {version.digest},"
    if answer.changed:
        yield blocks.text(f"{name} is {SAID[version.status]}.", _STYLES[version.status])
    else:
        yield blocks.text(f"{name} was {SAID[version.status]} before; nothing was changed.")


def draw_promoted(answer: Promoted) -> Iterator[RenderableType]:
    """What the next apply deploys."""
    if not answer.changed:
        yield blocks.text(
            f"{answer.digest} is promoted to {answer.workspace} already; nothing was changed."
        )
        return
    before = f", after {formats.digest(answer.before)}" if answer.before else ""
    yield blocks.text(f"{answer.digest} is promoted to {answer.workspace}{before}.", "green")
    yield blocks.text(f"Next: plan and apply {answer.workspace}; until then nothing changes there.")


def _list_facts(answer: ShownPackage) -> Iterator[tuple[str, RenderableType | str | None]]:
    version, description = answer.version, answer.description
    yield "Name", f"{version.name} ({description.kind}, {description.precision})"
    yield "Version", f"{version.number}, {version.arn}"
    yield "Classes", ", ".join(description.labels)
    yield "Used", _tell_use(answer.use)
    yield "Measured", _tell_figures(answer.figures)
    yield "Built", _tell_own_figures(description.metrics)
    yield "Trained on", description.training_data_digest
    yield "Code", description.code_digest
    yield "Commit", description.code_commit or "none: the sources had been changed"
    yield "Gate", None if answer.gate else "no verdict"


def _tell_use(use: Use) -> str:
    promoted, deployed = ", ".join(use.promoted), ", ".join(use.deployed)
    return f"promoted to {promoted or 'no workspace'}, runs in {deployed or 'none'}"


def _tell_figures(figures: Mapping[str, Any] | None) -> str:
    if figures is None:
        return "on no documents of yours"
    recall = figures["macro_recall"]
    return (
        f"macro recall {recall['value']:.3f} ({recall['low']:.3f} to {recall['high']:.3f})"
        f" on {figures['documents']} {figures.get('evidence', 'real')} documents"
    )


def _tell_own_figures(metrics: Mapping[str, Any]) -> str | None:
    recall = metrics.get("unseen_genres", {}).get("macro_recall")
    return None if recall is None else f"macro recall {recall:.3f} on generated documents"


def _tell_gate(gate: GateVerdict) -> str:
    said = "passed" if gate.passed else "FAILED"
    on = f", on {gate.evidence} documents" if gate.evidence else ""
    return f"The gate: {said}{on}"


def _draw_acts(acts: Sequence[ShownAct]) -> RenderableType:
    table = blocks.table("Time", "Act", "Where", "By", "Why", whole=("Time", "Act"))
    for each in acts:
        step = each.step
        more = ", ".join(
            f"{name} {_value(value)}"
            for name, value in step.outcome.items()
            if name not in _CIRCUMSTANCES and value is not None
        )
        table.add_row(
            formats.instant(step.at)[:19],
            blocks.text(step.state, "bold"),
            "" if each.trail == "package" else blocks.text(each.trail),
            blocks.text(name_person(step.actor)),
            Text.assemble(
                blocks.text(step.outcome.get("reason", "")), "\n" if more else "", (more, "dim")
            ),
        )
    return table


def _value(value: object) -> str:
    shown = formats.printable(str(value))
    long = len(shown) > 60
    return formats.digest(shown) if shown.startswith(_DIGEST) or long else shown


def _draw_faults(faults: Sequence[str]) -> Iterator[RenderableType]:
    if faults:
        yield Text("\nNot as it should be:", style="red bold")
        for fault in faults:
            yield blocks.text(f"  {fault}", "red")


def _status(version: Version) -> Text:
    return Text(SAID[version.status], style=_STYLES[version.status])


def _gate(gate: GateOnTrail | None) -> Text:
    if gate is None:
        return Text("-", style="dim")
    return Text("passed", style="green") if gate.passed else Text("failed", style="red")
