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
}

run "each_class_has_a_key_that_rotates_and_can_be_recovered" {
  command = plan

  assert {
    condition     = toset(keys(aws_kms_key.this)) == toset(["restricted", "confidential", "internal"])
    error_message = "There is one key for each class of data."
  }

  assert {
    condition     = alltrue([for key in aws_kms_key.this : key.enable_key_rotation && key.deletion_window_in_days == 30])
    error_message = "Every key rotates and can be recovered for a month."
  }

  assert {
    condition     = alltrue([for class, key in aws_kms_key.this : key.tags.Classification == class])
    error_message = "Every key says its class."
  }
}

run "no_service_uses_the_key_of_documents_in_its_own_name" {
  command = plan

  assert {
    condition = alltrue([
      for statement in jsondecode(aws_kms_key.this["restricted"].policy).Statement :
      statement.Principal == { AWS = "arn:aws:iam::111111111111:root" }
    ])
    error_message = "Only the account's own roles may use the key of restricted data."
  }
}

run "services_use_a_key_only_for_this_deployment" {
  command = plan

  assert {
    condition = alltrue(flatten([
      for key in aws_kms_key.this : [
        for statement in jsondecode(key.policy).Statement :
        can(regex("111111111111", jsonencode(statement.Condition)))
        if can(statement.Principal.Service)
      ]
    ]))
    error_message = "Every service's use of a key is bound to this account's own resources."
  }

  assert {
    condition = toset([
      for statement in jsondecode(aws_kms_key.this["confidential"].policy).Statement : statement.Principal.Service
      if can(statement.Principal.Service)
    ]) == toset(["cloudwatch.amazonaws.com", "delivery.logs.amazonaws.com", "events.amazonaws.com", "sns.amazonaws.com"])
    error_message = "What publishes to queues and topics, and delivers executions' logs, needs the key of confidential data."
  }

  assert {
    condition = [
      for statement in jsondecode(aws_kms_key.this["internal"].policy).Statement : statement.Principal.Service
      if can(statement.Principal.Service)
    ] == ["logs.eu-central-1.amazonaws.com"]
    error_message = "Only CloudWatch Logs needs the key of internal data."
  }
}

run "a_window_that_kms_refuses_is_refused_here" {
  command = plan

  variables {
    deletion_window_days = 3
  }

  expect_failures = [var.deletion_window_days]
}

run "a_class_without_data_has_no_key" {
  command = plan

  variables {
    classifications = ["confidential", "internal"]
  }

  assert {
    condition     = toset(keys(aws_kms_key.this)) == toset(["confidential", "internal"])
    error_message = "Only the classes that are asked for have a key."
  }
}

run "an_unknown_class_is_refused" {
  command = plan

  variables {
    classifications = ["secret"]
  }

  expect_failures = [var.classifications]
}
