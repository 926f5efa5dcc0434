resource "aws_lambda_event_source_mapping" "queue" {
  count = var.queue == null ? 0 : 1

  function_name                      = aws_lambda_function.this.arn
  event_source_arn                   = var.queue.arn
  batch_size                         = var.queue.batch_size
  maximum_batching_window_in_seconds = var.queue.window_seconds
  function_response_types            = ["ReportBatchItemFailures"]

  scaling_config {
    maximum_concurrency = var.queue.max_concurrency
  }

  # Lambda tries the role on the queue before it makes the mapping.
  depends_on = [aws_iam_role_policy.this]
}

resource "aws_cloudwatch_event_rule" "schedule" {
  count = var.schedule_expression == null ? 0 : 1

  name                = local.name
  description         = "Runs ${local.name}"
  schedule_expression = var.schedule_expression

  tags = { Classification = var.key.classification }
}

resource "aws_cloudwatch_event_target" "schedule" {
  count = var.schedule_expression == null ? 0 : 1

  rule = aws_cloudwatch_event_rule.schedule[0].name
  arn  = aws_lambda_function.this.arn
}

resource "aws_lambda_permission" "schedule" {
  count = var.schedule_expression == null ? 0 : 1

  statement_id  = "Schedule"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.schedule[0].arn
}

resource "aws_lambda_function_event_invoke_config" "schedule" {
  count = var.schedule_expression == null ? 0 : 1

  function_name = aws_lambda_function.this.function_name

  # The next run does what this one did not: late repetitions would only pile up.
  maximum_retry_attempts       = 0
  maximum_event_age_in_seconds = 60
}
