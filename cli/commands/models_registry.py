"""`intray models register`, `list` and `show`: the packages of the account's registry."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from cli.connection import RegistryConnection
from cli.failures import NotGoodError
from cli.model_factory import load_factory
from cli.options import asks_registry, takes_reason
from cli.pages import registry as page
from cli.registry.acts import begin_act
from cli.registry.evidence import Finding, take_gate
from cli.registry.overview import look
from cli.registry.overview import show as show_package
from cli.registry.registration import Registrar
from cli.screen import Screen
from lambdas.classify.package import load_package


@click.command()
@click.argument("package", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--evaluation",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder that `intray models evaluate` wrote.",
)
@click.option(
    "--gate",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Verdict that `python -m models gate --out` wrote.",
)
@takes_reason
@asks_registry
def register(
    connection: RegistryConnection,
    screen: Screen,
    *,
    package: Path,
    evaluation: Path | None,
    gate: Path | None,
    reason: str,
) -> None:
    """Bring the PACKAGE directory into the registry, where it waits for approval.

    Its documents stay here: only figures and verdicts go along. Again with the same package it
    completes what is missing, and adds evidence.
    """
    if faults := load_factory("models.checking.package").find_faults(package):
        raise NotGoodError(f"{package} is not sound: {'; '.join(faults)}.")
    loaded = load_package(package)
    findings = []
    if evaluation:
        findings.append(_take_figures(evaluation, loaded.digest))
    if gate:
        findings.append(take_gate(gate, loaded.digest))
    registrar = Registrar(
        registry=connection.registry,
        s3=connection.s3,
        sagemaker=connection.sagemaker,
        audit_table=connection.audit,
    )
    act = begin_act(connection.caller, at=datetime.now(UTC), reason=reason)
    answer = registrar.register(loaded, findings, act)
    screen.answer(answer, *page.draw_registered(answer))


@click.command("list")
@asks_registry
def list_(connection: RegistryConnection, screen: Screen) -> None:
    """List the packages: status, verdict, where each is promoted and runs; verify every trail."""
    answer = look(connection)
    screen.answer(answer, *page.draw_listing(answer))
    sys.exit(1 if answer.faults else 0)


@click.command()
@click.argument("name", metavar="DIGEST")
@asks_registry
def show(connection: RegistryConnection, screen: Screen, name: str) -> None:
    """Tell what a package is, how good, where it is used, who did what with it, and why.

    DIGEST is the package's digest, the beginning of it, or its version's number.
    """
    answer = show_package(connection, name)
    screen.answer(answer, *page.draw_package(answer))
    sys.exit(1 if answer.faults else 0)


def _take_figures(folder: Path, package_digest: str) -> Finding:
    """The figures of an evaluation, computed anew; raises NotGoodError for another package's."""
    file = folder / "evaluation.json"
    model = load_factory("models.evaluation.judgement").Evaluation
    try:
        evaluated = model.model_validate_json(file.read_bytes())
    except (OSError, ValueError) as error:
        fault = " ".join(str(error).split())
        raise NotGoodError(f"{file} cannot be read as an evaluation: {fault}") from error
    if evaluated.package_digest != package_digest:
        raise NotGoodError(
            f"{file} is an evaluation of {evaluated.package_digest}, the package is"
            f" {package_digest}: evaluate this package."
        )
    figures = load_factory("models.evaluation.figures").measure(evaluated)
    told = {
        "package_digest": package_digest,
        "documents_digest": evaluated.documents_digest,
        "evidence": evaluated.evidence,
        **figures.model_dump(mode="json"),
    }
    content = json.dumps(told, indent=1, sort_keys=True).encode()
    return Finding(kind="figures", package_digest=package_digest, content=content)
