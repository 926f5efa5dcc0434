"""The functions' settings are the environment that Terraform gives them, and the other way."""

import pytest

from tests.contracts.functions import list_folders, read_settings
from tests.contracts.grants import list_functions, read_environment
from tests.contracts.hcl import ROOT, read_folder, read_object

POWERTOOLS = {"LOG_LEVEL", "POWERTOOLS_SERVICE_NAME", "POWERTOOLS_METRICS_NAMESPACE"}


def test_every_handler_is_deployed_and_every_deployed_function_has_a_handler() -> None:
    assert sorted(list_functions()) == list_folders()


@pytest.mark.parametrize("function", list_folders())
def test_a_function_is_given_exactly_the_settings_that_it_reads(
    function: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = read_settings(function, monkeypatch).model_fields

    assert read_environment(function) == {name.upper() for name in fields}


@pytest.mark.parametrize("function", list_folders())
def test_a_function_is_named_as_its_folder(function: str) -> None:
    assert list_functions()[function].attributes["name"] == f'"{function}"'


def test_every_function_gets_powertools_variables_and_its_handler() -> None:
    module = read_folder(ROOT / "modules" / "function")
    (function,) = module.of_kind("resource", "aws_lambda_function")
    (environment,) = function.of_kind("environment")
    (image,) = function.of_kind("image_config")

    added = environment.attributes["variables"]
    assert added.startswith("merge(var.environment, {")
    names = set(read_object(added[added.index("{") : -1]))
    assert names == POWERTOOLS
    assert image.attributes["command"] == '["lambdas.${var.name}.handler.handler"]'
