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

  keys = {
    confidential = {
      arn            = "arn:aws:kms:eu-central-1:111111111111:key/confidential"
      classification = "confidential"
    }
    internal = {
      arn            = "arn:aws:kms:eu-central-1:111111111111:key/internal"
      classification = "internal"
    }
  }

  definitions = "../../../statemachines"

  functions = {
    reserve        = "arn:aws:lambda:eu-central-1:111111111111:function:reserve"
    extract        = "arn:aws:lambda:eu-central-1:111111111111:function:extract"
    classify       = "arn:aws:lambda:eu-central-1:111111111111:function:classify"
    validate       = "arn:aws:lambda:eu-central-1:111111111111:function:validate"
    route          = "arn:aws:lambda:eu-central-1:111111111111:function:route"
    deliver        = "arn:aws:lambda:eu-central-1:111111111111:function:deliver"
    record_failure = "arn:aws:lambda:eu-central-1:111111111111:function:record-failure"
    summarise      = "arn:aws:lambda:eu-central-1:111111111111:function:summarise"
  }

  summary_topic = {
    arn                 = "arn:aws:sns:eu-central-1:111111111111:intray-dev-batch-summary"
    publish_policy_json = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  }

  run_batches_policy_json = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  log_retention_days      = 365
}

# The provider asks AWS to check a definition while it plans.
override_resource {
  target          = aws_sfn_state_machine.this
  override_during = plan
}

run "every_placeholder_of_the_definitions_is_filled" {
  command = plan

  assert {
    condition     = alltrue([for machine in aws_sfn_state_machine.this : can(jsondecode(machine.definition)) && !strcontains(machine.definition, "$${")])
    error_message = "The definitions are JSON without placeholders."
  }

  assert {
    condition = alltrue([
      for name, arn in var.functions :
      strcontains(aws_sfn_state_machine.this[name == "summarise" ? "batch-summary" : "document-batch"].definition, "\"${arn}\"")
    ])
    error_message = "Every function has its place."
  }
}

run "service_integrations_are_those_of_the_partition" {
  command = plan

  variables {
    deployment = {
      prefix     = "intray-dev"
      partition  = "aws-us-gov"
      region     = "us-gov-west-1"
      account_id = "111111111111"
    }
  }

  assert {
    condition     = alltrue([for machine in aws_sfn_state_machine.this : !strcontains(machine.definition, "arn:aws:states:::") && strcontains(machine.definition, "arn:aws-us-gov:states:::")])
    error_message = "No integration names another partition."
  }
}

run "executions_are_encrypted_and_their_logs_hold_no_input" {
  command = plan

  assert {
    condition = alltrue([
      for machine in aws_sfn_state_machine.this :
      machine.encryption_configuration[0].kms_key_id == var.keys.confidential.arn
      && machine.logging_configuration[0].level == "ALL"
      && !machine.logging_configuration[0].include_execution_data
      && machine.tracing_configuration[0].enabled
    ])
    error_message = "Executions use the key of confidential data, and log their steps but not their data."
  }

  assert {
    condition     = alltrue([for group in aws_cloudwatch_log_group.this : group.kms_key_id == var.keys.internal.arn && group.retention_in_days == 365])
    error_message = "Logs use the key of internal data."
  }
}

run "a_machine_calls_its_own_functions_and_no_others" {
  command = plan

  assert {
    condition     = jsondecode(aws_iam_role_policy.this["batch-summary/invoke"].policy).Statement[0].Resource == var.functions.summarise
    error_message = "The summary calls summarise."
  }

  assert {
    condition = toset(jsondecode(aws_iam_role_policy.this["document-batch/invoke"].policy).Statement[0].Resource) == toset([
      for name, arn in var.functions : arn if name != "summarise"
    ])
    error_message = "The batch calls everything else."
  }

  assert {
    condition = toset(flatten([
      for policy in aws_iam_role_policy.this : [
        for statement in jsondecode(policy.policy).Statement : statement.Sid if statement.Resource == "*"
      ]
    ])) == toset(["LogDelivery", "Traces"])
    error_message = "Only what has no ARN is granted on everything."
  }
}

run "a_role_is_taken_by_its_own_machine_only" {
  command = plan

  assert {
    condition = alltrue([
      for name, role in aws_iam_role.this :
      jsondecode(role.assume_role_policy).Statement[0].Condition.ArnLike["aws:SourceArn"] == "arn:aws:states:eu-central-1:111111111111:stateMachine:intray-dev-${name}"
    ])
    error_message = "The trust names the machine."
  }
}

run "the_map_starts_and_follows_its_own_children" {
  command = plan

  assert {
    condition = {
      for statement in jsondecode(aws_iam_role_policy.this["document-batch/map"].policy).Statement : statement.Sid => statement.Resource
      } == {
      StartChildren = "arn:aws:states:eu-central-1:111111111111:stateMachine:intray-dev-document-batch"
      FollowChildren = [
        "arn:aws:states:eu-central-1:111111111111:execution:intray-dev-document-batch:*",
        "arn:aws:states:eu-central-1:111111111111:execution:intray-dev-document-batch/*",
      ]
      RedriveChildren = "arn:aws:states:eu-central-1:111111111111:execution:intray-dev-document-batch/*"
    }
    error_message = "A distributed map needs its own machine and its children."
  }
}
