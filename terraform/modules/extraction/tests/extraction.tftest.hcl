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

  consumer_timeout_seconds = 300
}

override_resource {
  target          = module.queue.aws_sqs_queue.this
  override_during = plan
  values          = { arn = "arn:aws:sqs:eu-central-1:111111111111:intray-dev-extraction-completed" }
}

run "textract_publishes_for_this_account_only" {
  command = plan

  assert {
    condition = jsondecode(aws_iam_role.notification.assume_role_policy).Statement[0].Condition == {
      StringEquals = { "aws:SourceAccount" = "111111111111" }
      ArnLike      = { "aws:SourceArn" = "arn:aws:textract:*:111111111111:*" }
    }
    error_message = "Textract takes the role only for jobs of this account."
  }

  assert {
    condition = [
      for statement in jsondecode(aws_iam_role_policy.notification.policy).Statement : statement.Resource
      if statement.Sid == "Messages"
    ] == ["arn:aws:sns:eu-central-1:111111111111:intray-dev-extraction-completed"]
    error_message = "The role publishes to this topic."
  }

  assert {
    condition = [
      for statement in jsondecode(aws_iam_role_policy.notification.policy).Statement : statement.Action
      if statement.Sid == "Key"
    ] == [["kms:GenerateDataKey", "kms:Decrypt"]]
    error_message = "The topic is encrypted: its publisher needs the key."
  }
}

run "the_role_is_passed_to_textract_only" {
  command = plan

  assert {
    condition = [
      for statement in jsondecode(output.policies.start_jobs).Statement :
      [statement.Resource, statement.Condition.StringEquals["iam:PassedToService"]]
      if statement.Action == "iam:PassRole"
    ] == [["arn:aws:iam::111111111111:role/intray-dev-textract-notification", "textract.amazonaws.com"]]
    error_message = "Only the notification role, only to Textract."
  }
}

run "notices_reach_the_queue_as_textract_wrote_them" {
  command = plan

  assert {
    condition     = module.topic.subscriptions.queue.raw && module.topic.subscriptions.queue.endpoint == output.queue.arn
    error_message = "The queue gets Textract's own notice, without SNS's envelope."
  }
}
