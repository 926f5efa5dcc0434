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

  bucket_name              = "incoming"
  consumer_timeout_seconds = 300
  window_seconds           = 20
}

override_resource {
  target          = aws_cloudwatch_event_rule.incoming
  override_during = plan
  values          = { arn = "arn:aws:events:eu-central-1:111111111111:rule/intray-dev-incoming" }
}

override_resource {
  target          = module.queue.aws_sqs_queue.this
  override_during = plan
  values          = { arn = "arn:aws:sqs:eu-central-1:111111111111:intray-dev-intake" }
}

override_resource {
  target          = module.queue.aws_sqs_queue.dead_letters
  override_during = plan
  values          = { arn = "arn:aws:sqs:eu-central-1:111111111111:intray-dev-intake-dead-letters" }
}

run "each_new_object_of_the_bucket_and_nothing_else_is_queued" {
  command = plan

  assert {
    condition = jsondecode(aws_cloudwatch_event_rule.incoming.event_pattern) == {
      source      = ["aws.s3"]
      detail-type = ["Object Created"]
      detail      = { bucket = { name = ["incoming"] } }
    }
    error_message = "The rule matches new objects of the incoming bucket."
  }

  assert {
    condition     = aws_cloudwatch_event_target.queue.arn == output.queue.arn
    error_message = "The rule's target is the queue."
  }
}

run "an_event_that_cannot_be_delivered_is_not_lost" {
  command = plan

  assert {
    condition     = aws_cloudwatch_event_target.queue.dead_letter_config[0].arn == output.queue.dead_letters.arn
    error_message = "It becomes a dead letter of the queue."
  }

  assert {
    condition = anytrue([
      for statement in jsondecode(module.queue.policies.dead_letters).Statement :
      statement.Condition == { ArnEquals = { "aws:SourceArn" = "arn:aws:events:eu-central-1:111111111111:rule/intray-dev-incoming" } }
    ])
    error_message = "EventBridge may send this rule's events to the dead letters."
  }
}
