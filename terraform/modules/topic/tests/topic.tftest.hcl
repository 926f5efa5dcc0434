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

  name = "batch-summary"
}

run "messages_are_encrypted_at_rest_and_on_their_way" {
  command = plan

  assert {
    condition     = aws_sns_topic.this.kms_master_key_id == var.key.arn && aws_sns_topic.this.tags.Classification == "confidential"
    error_message = "The topic uses the key of confidential data."
  }

  assert {
    condition     = jsondecode(aws_sns_topic_policy.this.policy).Statement[0].Condition.Bool["aws:SecureTransport"] == "false"
    error_message = "The topic refuses unencrypted connections."
  }
}

run "subscribers_get_what_they_asked_for" {
  command = plan

  variables {
    subscribers = {
      queue = { protocol = "sqs", endpoint = "arn:aws:sqs:eu-central-1:111111111111:queue", raw = true }
      desk  = { protocol = "email", endpoint = "desk@example.com" }
    }
  }

  assert {
    condition     = aws_sns_topic_subscription.this["queue"].raw_message_delivery && !aws_sns_topic_subscription.this["desk"].raw_message_delivery
    error_message = "Raw delivery is a choice of each subscriber."
  }
}

run "a_subscriber_in_the_clear_is_refused" {
  command = plan

  variables {
    subscribers = { desk = { protocol = "http", endpoint = "http://example.com" } }
  }

  expect_failures = [var.subscribers]
}

run "a_raw_email_is_refused" {
  command = plan

  variables {
    subscribers = { desk = { protocol = "email", endpoint = "desk@example.com", raw = true } }
  }

  expect_failures = [var.subscribers]
}
