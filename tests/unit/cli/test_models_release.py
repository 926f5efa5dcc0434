import json
from typing import Any

import pytest

from lambdas.classify.package import ModelPackage
from tests.unit.cli.conftest import Run
from tests.unit.cli.registries import BUCKET, RegistryInMemory

REASON = ("--reason", "a better one")


def register(run: Run, package: ModelPackage, *arguments: str) -> None:
    result = run("models", "register", str(package.directory), *REASON, *arguments)
    assert result.exit_code == 0, result.output


def approve(run: Run, package: ModelPackage, *arguments: str) -> Any:
    return run("models", "approve", package.digest, *REASON, *arguments)


def promote(run: Run, package: ModelPackage) -> Any:
    return run("models", "promote", package.digest, *REASON)


def roll_back(run: Run) -> Any:
    return run("models", "rollback", "--reason", "it was worse")


def status_of(registry: RegistryInMemory) -> str:
    return str(registry.list_versions()[-1]["ModelApprovalStatus"])


@pytest.fixture
def packages(registry: RegistryInMemory) -> list[ModelPackage]:
    """Three approved packages."""
    packages = [registry.vary(name, temperature=0.5 + index) for index, name in enumerate("abc")]
    for package in packages:
        registry.admit(package)
    return packages


def test_what_passed_the_gate_is_approved_on_record(registry: RegistryInMemory, run: Run) -> None:
    register(run, registry.package, "--gate", str(registry.write_gate(registry.package)))
    kim = registry.come_in("kim", "approver")

    result = approve(run, registry.package)

    assert result.exit_code == 0, result.output
    assert status_of(registry) == "Approved"
    record = registry.read_trail(registry.package)[-1]
    assert (record.state, record.actor) == ("Approve", kim)
    assert json.loads(record.outcome)["gate"] == "passed"


def test_what_no_gate_passed_needs_to_be_approved_without_one(
    registry: RegistryInMemory, run: Run
) -> None:
    register(run, registry.package)

    refused = approve(run, registry.package)
    unjudged = status_of(registry)
    gate = registry.write_gate(registry.package, failed=("calibration_error",))
    register(run, registry.package, "--gate", str(gate))
    failed = approve(run, registry.package)
    approved = approve(run, registry.package, "--without-gate")

    assert (refused.exit_code, failed.exit_code, approved.exit_code) == (1, 1, 0)
    assert "The gate has not judged" in refused.stderr
    assert unjudged == "PendingManualApproval"
    assert "failed the gate (calibration_error)" in failed.stderr
    assert json.loads(registry.read_trail(registry.package)[-1].outcome)["gate"] == "failed"


def test_a_verdict_that_is_not_the_one_on_record_is_refused(
    registry: RegistryInMemory, run: Run
) -> None:
    failed = registry.write_gate(registry.package, failed=("latency",))
    register(run, registry.package, "--gate", str(failed))
    (key,) = (key for key in registry.list_keys() if key.startswith("evidence/"))
    passed = registry.write_gate(registry.package).read_bytes()
    registry.s3.put_object(Bucket=BUCKET, Key=key, Body=passed)

    result = approve(run, registry.package)

    assert result.exit_code == 1
    assert "is not what the trail names: it was changed" in result.stderr


def test_four_eyes_are_two_people_in_whatever_roles(registry: RegistryInMemory, run: Run) -> None:
    registry.publish(four_eyes=True)
    register(run, registry.package, "--gate", str(registry.write_gate(registry.package)))

    same = approve(run, registry.package)
    registry.come_in("robin", "approver")
    same_in_another_role = approve(run, registry.package)
    registry.come_in("kim", "approver")
    other = approve(run, registry.package)

    assert (same.exit_code, same_in_another_role.exit_code, other.exit_code) == (1, 1, 0)
    assert "robin registered" in same_in_another_role.stderr
    assert "somebody else must approve it" in same_in_another_role.stderr


def test_a_package_that_nobody_registered_on_record_is_not_approved(
    registry: RegistryInMemory, run: Run
) -> None:
    digest = f"sha256:{'7' * 64}"
    registry.sagemaker.create_model_package(
        ModelPackageGroupName="intray-models",
        ModelPackageDescription=f"{digest} by hand",
        ModelApprovalStatus="PendingManualApproval",
    )

    result = run("models", "approve", digest, "--without-gate", *REASON)

    assert result.exit_code == 1
    assert "No record says who registered" in result.stderr


def test_a_package_whose_trail_was_changed_is_not_approved(
    registry: RegistryInMemory, run: Run
) -> None:
    register(run, registry.package)
    (record,) = registry.read_trail(registry.package)
    registry.change(record, actor="somebody/else")

    result = approve(run, registry.package, "--without-gate")

    assert result.exit_code == 1
    assert "does not hold: record 1 (Register)" in result.stderr
    assert status_of(registry) == "PendingManualApproval"


def test_approving_again_is_told_and_no_second_record(registry: RegistryInMemory, run: Run) -> None:
    register(run, registry.package)
    approve(run, registry.package, "--without-gate")

    again = approve(run, registry.package, "--without-gate")

    assert "was approved before; nothing was changed" in again.stdout
    assert len(registry.read_trail(registry.package)) == 2


def test_an_approval_that_lost_its_record_is_made_again(
    registry: RegistryInMemory, run: Run, packages: list[ModelPackage]
) -> None:
    trail = f"model-{packages[0].digest[7:]}"
    registry.trails.delete_item(Key={"document_id": trail, "sequence": 2})

    refused = promote(run, packages[0])
    approve(run, packages[0], "--without-gate")
    promoted = promote(run, packages[0])

    assert "its trail does not bear that out" in refused.stderr
    assert promoted.exit_code == 0


def test_a_rejection_withdraws_an_approval_and_tells_where_it_hurts(
    registry: RegistryInMemory, run: Run, packages: list[ModelPackage]
) -> None:
    promote(run, packages[2])

    result = run("models", "reject", packages[2].digest, *REASON)
    again = promote(run, packages[2])

    assert result.exit_code == 0
    assert "promoted to dev, where every plan now fails" in result.stderr
    assert status_of(registry) == "Rejected"
    assert again.exit_code == 1
    assert "is not approved (rejected)" in again.stderr


def test_a_package_that_waits_for_approval_is_not_promoted(
    registry: RegistryInMemory, run: Run
) -> None:
    register(run, registry.package)

    result = promote(run, registry.package)

    assert result.exit_code == 1
    assert "is not approved (waits for approval)" in result.stderr
    assert registry.read_workspace() == []
    with pytest.raises(registry.ssm.exceptions.ParameterNotFound):
        registry.read_parameter()


def test_an_approval_without_a_record_does_not_count(registry: RegistryInMemory, run: Run) -> None:
    register(run, registry.package)
    registry.sagemaker.update_model_package(
        ModelPackageArn=registry.list_versions()[0]["ModelPackageArn"],
        ModelApprovalStatus="Approved",
    )

    result = promote(run, registry.package)

    assert result.exit_code == 1
    assert "was never decided on by its trail" in result.stderr


def test_a_promotion_says_what_who_when_and_why(
    registry: RegistryInMemory, run: Run, packages: list[ModelPackage]
) -> None:
    kim = registry.come_in("kim", "approver")

    result = promote(run, packages[0])

    told, (record,) = registry.read_parameter(), registry.read_workspace()
    assert result.exit_code == 0
    assert told["digest"] == packages[0].digest
    assert told["package_arn"] == registry.list_versions()[0]["ModelPackageArn"]
    assert (told["by"], told["reason"]) == (kim, REASON[1])
    assert (record.state, record.actor, record.at.isoformat()) == ("Promote", kim, told["at"])


def test_a_command_that_is_run_again_is_one_promotion(
    registry: RegistryInMemory, run: Run, packages: list[ModelPackage]
) -> None:
    promote(run, packages[0])
    again = promote(run, packages[0])

    assert "already; nothing was changed" in again.stdout
    assert len(registry.read_workspace()) == 1


def test_a_promotion_that_lost_its_record_gets_one(
    registry: RegistryInMemory, run: Run, packages: list[ModelPackage]
) -> None:
    promote(run, packages[0])
    registry.trails.delete_item(Key={"document_id": "workspace-dev", "sequence": 1})

    promote(run, packages[0])

    (record,) = registry.read_workspace()
    assert record.at.isoformat() == registry.read_parameter()["at"]


def test_the_same_person_may_promote_the_same_package_twice(
    registry: RegistryInMemory, run: Run, packages: list[ModelPackage]
) -> None:
    for package in (packages[0], packages[1], packages[0]):
        promote(run, package)

    told = [json.loads(record.outcome)["package"] for record in registry.read_workspace()]
    assert told == [packages[0].digest, packages[1].digest, packages[0].digest]
    assert len({record.actor for record in registry.read_workspace()}) == 1


def test_each_rollback_goes_a_step_further_back(
    registry: RegistryInMemory, run: Run, packages: list[ModelPackage]
) -> None:
    first, second, third = packages
    for package in packages:
        promote(run, package)

    went_to = []
    for _ in range(2):
        assert roll_back(run).exit_code == 0
        went_to.append(registry.read_parameter()["digest"])
    beyond = roll_back(run)
    promote(run, third)
    roll_back(run)

    assert went_to == [second.digest, first.digest]
    assert beyond.exit_code == 1
    assert "Nothing was promoted to dev before" in beyond.stderr
    assert registry.read_parameter()["digest"] == first.digest


def test_a_package_that_was_rejected_since_is_not_rolled_back_to(
    registry: RegistryInMemory, run: Run, packages: list[ModelPackage]
) -> None:
    promote(run, packages[0])
    promote(run, packages[1])
    run("models", "reject", packages[0].digest, *REASON)

    result = roll_back(run)

    assert result.exit_code == 1
    assert f"{packages[0].digest}, is not approved (rejected)" in result.stderr
    assert registry.read_parameter()["digest"] == packages[1].digest


def test_a_rollback_that_lost_its_record_is_not_taken_back(
    registry: RegistryInMemory, run: Run, packages: list[ModelPackage]
) -> None:
    promote(run, packages[0])
    promote(run, packages[1])
    roll_back(run)
    registry.trails.delete_item(Key={"document_id": "workspace-dev", "sequence": 3})

    roll_back(run)

    assert registry.read_parameter()["digest"] == packages[0].digest
    assert [record.state for record in registry.read_workspace()] == [
        "Promote",
        "Promote",
        "RollBack",
    ]


def test_what_was_promoted_by_hand_is_rolled_back_to_the_last_on_record(
    registry: RegistryInMemory, run: Run, packages: list[ModelPackage]
) -> None:
    promote(run, packages[0])
    registry.write("/intray/dev/model", {"digest": f"sha256:{'9' * 64}", "package_arn": "arn"})

    roll_back(run)

    assert registry.read_parameter()["digest"] == packages[0].digest


def test_a_trail_that_does_not_hold_tells_no_way_back(
    registry: RegistryInMemory, run: Run, packages: list[ModelPackage]
) -> None:
    promote(run, packages[0])
    promote(run, packages[1])
    registry.change(registry.read_workspace()[0], outcome='{"package":"sha256:0"}')

    result = roll_back(run)

    assert result.exit_code == 1
    assert "record 1 (Promote) of workspace-dev" in result.stderr
    assert "Promote a package by its digest" in result.stderr


def test_workspaces_have_promotions_of_their_own(
    registry: RegistryInMemory, run: Run, packages: list[ModelPackage]
) -> None:
    promote(run, packages[0])
    run("models", "promote", packages[1].digest, *REASON, "--workspace", "staging")

    assert registry.read_parameter("dev")["digest"] == packages[0].digest
    assert registry.read_parameter("staging")["digest"] == packages[1].digest
    assert len(registry.read_workspace("staging")) == 1


def test_a_verdict_on_generated_documents_lets_nobody_in(
    registry: RegistryInMemory, run: Run
) -> None:
    gate = registry.write_gate(registry.package)
    gate.write_text(json.dumps(json.loads(gate.read_text()) | {"evidence": "generated"}))
    register(run, registry.package, "--gate", str(gate))

    refused = approve(run, registry.package)
    approved = approve(run, registry.package, "--without-gate")

    assert (refused.exit_code, approved.exit_code) == (1, 0)
    assert "on generated documents only" in refused.stderr
    assert json.loads(registry.read_trail(registry.package)[-1].outcome)["gate"] == "generated"
