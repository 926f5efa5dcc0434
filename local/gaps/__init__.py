"""moto's gaps, closed one file at a time.

Each module names the moto version and the behaviour it makes up for, and has `close(context)`,
which replaces the one method that is wrong. Each has a test that fails as soon as moto no longer
has the gap: then the module is deleted. Nothing here is applied twice in a process.
"""

from __future__ import annotations

from importlib import import_module

from local.context import GapContext

GAPS = (
    "cloudcontrol_model_packages",
    "cloudwatch_composite_alarms",
    "events_targets",
    "kms_rotation_period",
    "lambda_image_config",
    "logs_query_definitions",
    "s3_delete_markers",
    "s3_event_bridge",
    "s3_event_bridge_configuration",
    "s3_logging_policy",
    "s3_policy_conditions",
    "s3_version_encoding",
    "sagemaker_model_packages",
    "servicequotas_textract",
    "sfn_clients",
    "sfn_context_object",
    "sfn_crashed_interpreter",
    "sfn_definition_validation",
    "sfn_distributed_map",
    "sfn_error_codes",
    "sfn_error_noise",
    "sfn_execution_names",
    "sfn_execution_queries",
    "sfn_failure_percentage",
    "sfn_inline_map_errors",
    "sfn_inline_map_length",
    "sfn_logging",
    "sfn_parameter_names",
    "sfn_result_writer",
    "sfn_stop_execution",
    "sfn_task_tokens",
    "sfn_versions",
    "sfn_wait_until",
    "sqs_redrive_policies",
)


def close_one(name: str, context: GapContext) -> None:
    """Close one gap, by its module's name."""
    import_module(f"local.gaps.{name}").close(context)


def close_all(context: GapContext) -> None:
    """Close every gap, once, before moto's server answers its first request."""
    for name in GAPS:
        close_one(name, context)
