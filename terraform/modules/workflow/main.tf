locals {
  states = "arn:${var.deployment.partition}:states:${var.deployment.region}:${var.deployment.account_id}"

  # From their names: each machine's role, and the functions that answer it, must know it before it exists.
  arns = { for name in ["document-batch", "batch-summary"] : name => "${local.states}:stateMachine:${var.deployment.prefix}-${name}" }
  executions = {
    for name in keys(local.arns) : name => "${local.states}:execution:${var.deployment.prefix}-${name}"
  }

  machines = {
    document-batch = {
      file = "document_batch.asl.json"
      placeholders = merge(
        { for name, arn in var.functions : "${name}_function_arn" => arn if name != "summarise" },
        { batch_summary_state_machine_arn = local.arns["batch-summary"] },
      )
      policies = {
        invoke  = data.aws_iam_policy_document.invoke["document-batch"].json
        batches = var.run_batches_policy_json
        map     = data.aws_iam_policy_document.map.json
        summary = data.aws_iam_policy_document.start["batch-summary"].json
      }
    }
    batch-summary = {
      file = "batch_summary.asl.json"
      placeholders = {
        summarise_function_arn = var.functions.summarise
        summary_topic_arn      = var.summary_topic.arn
      }
      policies = {
        invoke  = data.aws_iam_policy_document.invoke["batch-summary"].json
        publish = var.summary_topic.publish_policy_json
      }
    }
  }
}

resource "aws_sfn_state_machine" "this" {
  for_each = local.machines

  name     = "${var.deployment.prefix}-${each.key}"
  type     = "STANDARD"
  role_arn = aws_iam_role.this[each.key].arn

  definition = replace(
    templatefile("${var.definitions}/${each.value.file}", each.value.placeholders),
    "arn:aws:states:::",
    "arn:${var.deployment.partition}:states:::",
  )

  encryption_configuration {
    type                              = "CUSTOMER_MANAGED_KMS_KEY"
    kms_key_id                        = var.keys.confidential.arn
    kms_data_key_reuse_period_seconds = 300
  }

  logging_configuration {
    log_destination        = "${aws_cloudwatch_log_group.this[each.key].arn}:*"
    level                  = "ALL"
    include_execution_data = false # input and output stay under the executions' own key
  }

  tracing_configuration {
    enabled = true
  }

  tags = { Classification = var.keys.confidential.classification }

  # Step Functions tries the role on the logs and the key before it makes the machine.
  depends_on = [aws_iam_role_policy.this]
}

resource "aws_cloudwatch_log_group" "this" {
  for_each = local.arns

  # The prefix keeps the account's policy on log deliveries from outgrowing its limit.
  name              = "/aws/vendedlogs/states/${var.deployment.prefix}-${each.key}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.keys.internal.arn

  tags = { Classification = var.keys.internal.classification }
}
