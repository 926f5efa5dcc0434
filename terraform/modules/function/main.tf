locals {
  name  = "${var.deployment.prefix}-${replace(var.name, "_", "-")}"
  place = "${var.deployment.region}:${var.deployment.account_id}"
  arns = {
    function  = "arn:${var.deployment.partition}:lambda:${local.place}:function:${local.name}"
    log_group = "arn:${var.deployment.partition}:logs:${local.place}:log-group:/aws/lambda/${local.name}"
  }
}

resource "aws_lambda_function" "this" {
  function_name = local.name
  description   = var.description
  role          = aws_iam_role.this.arn

  package_type  = "Image"
  image_uri     = var.image_uri
  architectures = ["x86_64"]

  image_config {
    command = ["lambdas.${var.name}.handler.handler"]
  }

  timeout                        = var.timeout_seconds
  memory_size                    = var.memory_mb
  reserved_concurrent_executions = var.reserved_concurrency
  kms_key_arn                    = var.key.arn

  ephemeral_storage {
    size = var.ephemeral_storage_mb
  }

  environment {
    variables = merge(var.environment, {
      LOG_LEVEL                    = var.log_level
      POWERTOOLS_SERVICE_NAME      = var.name
      POWERTOOLS_METRICS_NAMESPACE = "Intray"
    })
  }

  tracing_config {
    mode = "Active"
  }

  tags = { Classification = var.key.classification }

  # Lambda would make the log group itself: unencrypted, and kept for ever.
  depends_on = [aws_cloudwatch_log_group.this]
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/lambda/${local.name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.key.arn

  tags = { Classification = var.key.classification }
}
