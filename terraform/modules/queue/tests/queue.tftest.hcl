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
    arn            = "arn:aws:kms:eu-central-1:111111111111:key/confidential"
    classification = "confidential"
  }

  name                     = "intake"
  consumer_timeout_seconds = 10
  window_seconds           = 2

  senders = {
    Rule = { service = "events.amazonaws.com", source_arn = "arn:aws:events:eu-central-1:111111111111:rule/incoming" }
  }
}

override_resource {
  target          = aws_sqs_queue.dead_letters
  override_during = plan
  values          = { arn = "arn:aws:sqs:eu-central-1:111111111111:intray-dev-intake-dead-letters" }
}

run "a_message_stays_hidden_while_its_consumer_may_work_on_it" {
  command = plan

  assert {
    condition     = aws_sqs_queue.this.visibility_timeout_seconds == 62
    error_message = "Six times the consumer's timeout, and the window."
  }
}

run "a_message_that_keeps_failing_becomes_a_dead_letter" {
  command = plan

  assert {
    condition = jsondecode(aws_sqs_queue.this.redrive_policy) == {
      deadLetterTargetArn = "arn:aws:sqs:eu-central-1:111111111111:intray-dev-intake-dead-letters"
      maxReceiveCount     = 5
    }
    error_message = "After five tries."
  }

  assert {
    condition     = jsondecode(aws_sqs_queue.dead_letters.redrive_allow_policy).sourceQueueArns == ["arn:aws:sqs:eu-central-1:111111111111:intray-dev-intake"]
    error_message = "The dead letters of this queue only."
  }

  assert {
    condition     = aws_sqs_queue.dead_letters.message_retention_seconds == 1209600
    error_message = "Dead letters are kept as long as SQS keeps anything."
  }
}

run "only_the_named_sources_send_and_only_encrypted" {
  command = plan

  assert {
    condition = [
      for statement in jsondecode(aws_sqs_queue.this.policy).Statement :
      [statement.Principal, statement.Action, statement.Condition]
      if statement.Effect == "Allow"
      ] == [[
        { Service = "events.amazonaws.com" },
        "sqs:SendMessage",
        { ArnEquals = { "aws:SourceArn" = "arn:aws:events:eu-central-1:111111111111:rule/incoming" } },
    ]]
    error_message = "The rule sends, and nobody else by the queue's policy."
  }

  assert {
    condition     = alltrue([for statement in jsondecode(aws_sqs_queue.dead_letters.policy).Statement : statement.Effect == "Deny"])
    error_message = "Nobody sends dead letters who was not named."
  }

  assert {
    condition = alltrue([
      for queue in [aws_sqs_queue.this, aws_sqs_queue.dead_letters] :
      jsondecode(queue.policy).Statement[0].Condition.Bool["aws:SecureTransport"] == "false" && queue.kms_master_key_id == var.key.arn
    ])
    error_message = "Both queues refuse unencrypted connections and encrypt what they hold."
  }
}

run "a_function_that_cannot_run_so_long_is_refused" {
  command = plan

  variables {
    consumer_timeout_seconds = 901
  }

  expect_failures = [var.consumer_timeout_seconds]
}
