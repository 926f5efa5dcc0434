# Policies are computed by the real provider, which needs no credentials for it.
provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}

variables {
  deployment = {
    prefix     = "intray-dev"
    partition  = "aws"
    region     = "eu-central-1"
    account_id = "111111111111"
  }

  key = {
    arn            = "arn:aws:kms:eu-central-1:111111111111:key/internal"
    classification = "internal"
  }

  name               = "record_failure"
  description        = "Holds a document whose processing failed"
  image_uri          = "111111111111.dkr.ecr.eu-central-1.amazonaws.com/intray/pipeline@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  timeout_seconds    = 20
  log_retention_days = 365
  environment        = { AUDIT_TABLE = "intray-dev-audit" }
}

run "the_image_runs_the_handler_of_its_folder" {
  command = plan

  assert {
    condition     = aws_lambda_function.this.function_name == "intray-dev-record-failure"
    error_message = "The function is named after its folder."
  }

  assert {
    condition     = aws_lambda_function.this.image_config[0].command == tolist(["lambdas.record_failure.handler.handler"])
    error_message = "The command is the folder's handler."
  }

  assert {
    condition = aws_lambda_function.this.environment[0].variables == tomap({
      AUDIT_TABLE                  = "intray-dev-audit"
      LOG_LEVEL                    = "INFO"
      POWERTOOLS_SERVICE_NAME      = "record_failure"
      POWERTOOLS_METRICS_NAMESPACE = "Intray"
    })
    error_message = "The settings are the caller's, and what every function needs."
  }
}

run "logs_are_encrypted_kept_for_a_while_and_written_by_this_function_only" {
  command = plan

  assert {
    condition     = aws_cloudwatch_log_group.this.kms_key_id == var.key.arn && aws_cloudwatch_log_group.this.retention_in_days == 365
    error_message = "The log group has a key and an end."
  }

  assert {
    condition = [
      for statement in jsondecode(aws_iam_role_policy.this["runtime"].policy).Statement : statement.Resource
      if statement.Sid == "Logs"
    ] == ["arn:aws:logs:eu-central-1:111111111111:log-group:/aws/lambda/intray-dev-record-failure:*"]
    error_message = "The role writes its own logs."
  }
}

run "a_function_does_nothing_that_was_not_granted" {
  command = plan

  assert {
    condition     = keys(aws_iam_role_policy.this) == ["runtime"]
    error_message = "Without policies, a function may only write logs and traces."
  }

  assert {
    condition     = length(aws_lambda_event_source_mapping.queue) + length(aws_cloudwatch_event_rule.schedule) + length(aws_lambda_permission.schedule) == 0
    error_message = "Without a trigger, nothing calls it."
  }
}

run "messages_that_fail_come_back_without_their_neighbours" {
  command = plan

  variables {
    queue = { arn = "arn:aws:sqs:eu-central-1:111111111111:intake", batch_size = 100, window_seconds = 20, max_concurrency = 10 }
  }

  assert {
    condition     = aws_lambda_event_source_mapping.queue[0].function_response_types == toset(["ReportBatchItemFailures"])
    error_message = "The function answers with the messages that failed."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.queue[0].scaling_config[0].maximum_concurrency == 10
    error_message = "A full queue does not take the account's concurrency."
  }
}

run "a_schedule_is_the_only_caller_and_its_runs_do_not_pile_up" {
  command = plan

  variables {
    schedule_expression = "rate(5 minutes)"
  }

  assert {
    condition     = aws_lambda_permission.schedule[0].principal == "events.amazonaws.com"
    error_message = "EventBridge may call the function."
  }

  assert {
    condition     = aws_lambda_function_event_invoke_config.schedule[0].maximum_retry_attempts == 0
    error_message = "A run that failed is not repeated: the next one comes."
  }
}

run "an_image_by_tag_is_refused" {
  command = plan

  variables {
    image_uri = "111111111111.dkr.ecr.eu-central-1.amazonaws.com/intray/pipeline:latest"
  }

  expect_failures = [var.image_uri]
}

run "a_large_batch_without_a_window_is_refused" {
  command = plan

  variables {
    queue = { arn = "arn:aws:sqs:eu-central-1:111111111111:intake", batch_size = 100 }
  }

  expect_failures = [var.queue]
}

run "a_key_of_another_class_is_refused" {
  command = plan

  variables {
    key = {
      arn            = "arn:aws:kms:eu-central-1:111111111111:key/restricted"
      classification = "restricted"
    }
  }

  expect_failures = [var.key]
}
