import json
from pathlib import Path
from typing import Any

import pytest

from cli.registry.files import put_once
from lambdas.classify.package import ModelPackage, name_key
from models.evaluation.judgement import Evaluation
from tests.unit.cli.conftest import Run
from tests.unit.cli.registries import BUCKET, RegistryInMemory
from tests.unit.models.judgements import make_evaluation, make_judgements

REASON = ("--reason", "a better one")


def register(run: Run, package: ModelPackage, *arguments: str) -> Any:
    return run("models", "register", str(package.directory), *REASON, *arguments)


def write_evaluation(folder: Path, package: ModelPackage) -> Path:
    """An evaluation of a package on four invoices, one of them missed."""
    evaluation: Evaluation = make_evaluation(
        make_judgements({("invoice", "invoice"): 5, ("invoice", "receipt"): 1}),
        package_digest=package.digest,
    )
    (folder / "evaluation.json").write_text(evaluation.model_dump_json())
    return folder


def test_a_package_comes_in_pending_with_its_files_lineage_and_first_record(
    registry: RegistryInMemory, run: Run
) -> None:
    package, robin = registry.package, registry.come_in("robin")

    result = register(run, package, "--json")

    assert result.exit_code == 0, result.output
    (version,) = registry.list_versions()
    described = registry.sagemaker.describe_model_package(
        ModelPackageName=version["ModelPackageArn"]
    )
    assert version["ModelApprovalStatus"] == "PendingManualApproval"
    assert described["ModelPackageDescription"].startswith(f"{package.digest} ")
    assert described["CustomerMetadataProperties"]["digest"] == package.digest
    assert described["CustomerMetadataProperties"]["gate"] == "none"
    assert package.description.code_digest in described["MetadataProperties"]["GeneratedBy"]
    names = {*package.description.files, "package.json"}
    assert set(registry.list_keys()) == {name_key(package.digest, name) for name in names}
    (record,) = registry.read_trail(package)
    assert (record.state, record.actor) == ("Register", robin)
    assert json.loads(record.outcome)["reason"] == REASON[1]
    assert json.loads(result.stdout)["created"] is True


def test_the_same_package_again_is_told_and_nothing_is_doubled(
    registry: RegistryInMemory, run: Run
) -> None:
    register(run, registry.package)
    registry.come_in("kim")

    again = register(run, registry.package)

    assert again.exit_code == 0
    assert "was registered before; nothing was changed" in again.stdout
    assert len(registry.list_versions()) == len(registry.read_trail(registry.package)) == 1


def test_a_registration_that_was_cut_short_goes_on(registry: RegistryInMemory, run: Run) -> None:
    package = registry.package
    content = (package.directory / "model.onnx").read_bytes()
    put_once(registry.s3, BUCKET, name_key(package.digest, "model.onnx"), content)

    answer = json.loads(register(run, package, "--json").stdout)
    registry.trails.delete_item(Key={"document_id": f"model-{package.digest[7:]}", "sequence": 1})
    without_record = register(run, package)

    assert "model.onnx" not in answer["uploaded"]
    assert "tokenizer.json" in answer["uploaded"]
    assert without_record.exit_code == 0
    assert len(registry.list_versions()) == len(registry.read_trail(package)) == 1


def test_what_lies_under_a_package_s_name_is_not_taken_for_it(
    registry: RegistryInMemory, run: Run
) -> None:
    key = name_key(registry.package.digest, "tokenizer.json")
    put_once(registry.s3, BUCKET, key, b"something else")

    result = register(run, registry.package)

    assert result.exit_code == 1
    assert f"{key} is not this package's tokenizer.json" in result.stderr
    assert registry.list_versions() == []


def test_a_package_built_at_another_commit_is_the_same_one(
    registry: RegistryInMemory, run: Run
) -> None:
    register(run, registry.package)

    again = register(run, registry.vary("elsewhere", code_commit="c" * 40))

    assert again.exit_code == 0, again.stderr
    assert len(registry.list_versions()) == 1


def test_an_unsound_package_is_refused_by_its_fault(registry: RegistryInMemory, run: Run) -> None:
    package = registry.vary("unsound", code_commit=None)
    (package.directory / "model.onnx").unlink()

    result = register(run, package)

    assert result.exit_code == 1
    assert "model.onnx is missing" in result.stderr
    assert registry.list_keys() == []


def test_evidence_comes_along_without_the_documents(
    registry: RegistryInMemory, run: Run, tmp_path: Path
) -> None:
    package = registry.package
    folder, gate = write_evaluation(tmp_path, package), registry.write_gate(package)

    result = register(run, package, "--evaluation", str(folder), "--gate", str(gate))

    assert result.exit_code == 0, result.output
    outcome = json.loads(registry.read_trail(package)[0].outcome)
    assert outcome["gate"] == "passed"
    figures, verdict = sorted(key for key in registry.list_keys() if key.startswith("evidence/"))
    assert figures.endswith(f"figures-{outcome['figures'][7:]}.json")
    assert verdict.endswith(f"gate-{outcome['gate_verdict'][7:]}.json")
    stored = registry.s3.get_object(Bucket=BUCKET, Key=figures)["Body"].read()
    assert json.loads(stored)["documents"] == 6
    assert b".pdf" not in stored
    (version,) = registry.list_versions()
    metrics = registry.sagemaker.describe_model_package(
        ModelPackageName=version["ModelPackageArn"]
    )["ModelMetrics"]["ModelQuality"]["Statistics"]
    assert metrics["S3Uri"] == f"s3://{BUCKET}/{figures}"
    assert metrics["ContentDigest"] == outcome["figures"]


def test_evidence_may_come_later_and_counts_once(registry: RegistryInMemory, run: Run) -> None:
    package = registry.package
    gate = str(registry.write_gate(package))
    register(run, package)

    later = register(run, package, "--gate", gate)
    again = register(run, package, "--gate", gate)

    assert "Added gate to" in later.stdout
    assert "nothing was changed" in again.stdout
    assert [record.state for record in registry.read_trail(package)] == ["Register", "AddEvidence"]


def test_what_was_found_out_about_another_package_is_refused(
    registry: RegistryInMemory, run: Run, tmp_path: Path
) -> None:
    other = registry.vary("other", temperature=0.9)
    folder, gate = write_evaluation(tmp_path, other), registry.write_gate(other)

    by_gate = register(run, registry.package, "--gate", str(gate))
    by_evaluation = register(run, registry.package, "--evaluation", str(folder))

    assert (by_gate.exit_code, by_evaluation.exit_code) == (1, 1)
    assert f"is the verdict on {other.digest}" in by_gate.stderr
    assert f"is an evaluation of {other.digest}" in by_evaluation.stderr
    assert registry.list_keys() == []


def test_files_that_are_no_evidence_are_refused_by_what_they_lack(
    registry: RegistryInMemory, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "gate.json").write_text('{"package_digest": "sha256:0"}')

    by_gate = register(run, registry.package, "--gate", str(tmp_path / "gate.json"))
    by_evaluation = register(run, registry.package, "--evaluation", str(tmp_path))

    assert "gate.json is no verdict of the gate (passed: Field required)" in by_gate.stderr
    assert "evaluation.json cannot be read" in by_evaluation.stderr


@pytest.mark.usefixtures("account")
def test_an_account_without_a_registry_is_told_what_to_apply(run: Run) -> None:
    result = run("models", "list")

    assert result.exit_code == 3
    assert "/intray/models is missing: apply terraform/bootstrap" in result.stderr


@pytest.mark.parametrize("reason", ["", "  ", "two\nlines", "w" * 501])
def test_a_reason_is_one_line_that_says_something(
    registry: RegistryInMemory, run: Run, reason: str
) -> None:
    directory = str(registry.package.directory)
    assert run("models", "register", directory, "--reason", reason).exit_code == 2
    assert run("models", "register", directory).exit_code == 2
    assert registry.list_keys() == []


def test_packages_are_meant_by_digest_prefix_or_number(
    registry: RegistryInMemory, run: Run
) -> None:
    other = registry.vary("other", temperature=0.9)
    register(run, registry.package)
    register(run, other)

    for name in (other.digest, other.digest[:20], other.digest[7:17], "2"):
        shown = run("models", "show", name, "--json")
        assert json.loads(shown.stdout)["version"]["digest"] == other.digest
    unknown = run("models", "show", "3")
    assert unknown.exit_code == 1
    assert "No package '3' is registered" in unknown.stderr


def test_the_list_tells_status_and_where_each_package_is(
    registry: RegistryInMemory, run: Run
) -> None:
    register(run, registry.package)
    run("models", "approve", "1", "--without-gate", *REASON)
    run("models", "promote", "1", *REASON)
    registry.write("/intray/staging/stack", {"model": {"digest": registry.package.digest}})

    page = run("models", "list")
    (listed,) = json.loads(run("models", "list", "--json").stdout)["packages"]

    assert page.exit_code == 0
    assert "approved" in page.stdout
    assert listed["version"]["status"] == "Approved"
    assert listed["use"] == {"promoted": ["dev"], "deployed": ["staging"]}


def test_show_tells_quality_lineage_use_and_who_did_what(
    registry: RegistryInMemory, run: Run, tmp_path: Path
) -> None:
    package = registry.package
    folder, gate = write_evaluation(tmp_path, package), registry.write_gate(package)
    register(run, package, "--evaluation", str(folder), "--gate", str(gate))
    registry.come_in("kim", "approver")
    run("models", "approve", "1", "--reason", "the gate passed it")
    run("models", "promote", "1", "--reason", "for March")

    result = run("models", "show", "1")
    told = json.loads(run("models", "show", "1", "--json").stdout)

    assert result.exit_code == 0
    for said in ("macro recall 0.833", package.description.training_data_digest, "The gate: passed",
                 "latency is measured", "promoted to dev", "kim", "for March"):  # fmt: skip
        assert said in result.stdout
    assert [act["step"]["state"] for act in told["acts"]] == ["Register", "Approve", "Promote"]
    assert told["registered_by"].endswith("assumed-role/engineer/robin")


def test_a_record_that_was_changed_is_named(registry: RegistryInMemory, run: Run) -> None:
    register(run, registry.package)
    (record,) = registry.read_trail(registry.package)
    registry.change(record, actor="arn:aws:iam::123456789012:user/somebody")

    for command in (("list",), ("show", "1")):
        result = run("models", *command)
        assert result.exit_code == 1
        assert f"record 1 (Register) of {record.document_id}" in result.stdout


def test_what_was_done_without_a_record_is_told(registry: RegistryInMemory, run: Run) -> None:
    register(run, registry.package)
    (version,) = registry.list_versions()
    registry.sagemaker.update_model_package(
        ModelPackageArn=version["ModelPackageArn"], ModelApprovalStatus="Approved"
    )
    registry.write("/intray/dev/model", {"digest": registry.package.digest})

    result = run("models", "list")

    assert result.exit_code == 1
    assert "was never decided on by its trail, and is approved in the registry" in result.stdout
    assert "/intray/dev/model says" in result.stdout
