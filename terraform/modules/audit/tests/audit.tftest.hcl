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
}

run "every_table_is_encrypted_recoverable_and_protected" {
  command = plan

  assert {
    condition     = toset(keys(aws_dynamodb_table.this)) == toset(["documents", "audit", "limits", "idempotency"])
    error_message = "There are four tables."
  }

  assert {
    condition = alltrue([
      for table in aws_dynamodb_table.this :
      table.server_side_encryption[0].kms_key_arn == var.key.arn && table.tags.Classification == "confidential"
    ])
    error_message = "Every table is encrypted with the key of confidential data."
  }

  assert {
    condition     = alltrue([for table in aws_dynamodb_table.this : table.point_in_time_recovery[0].enabled && table.deletion_protection_enabled])
    error_message = "Every table can be restored and cannot be deleted by mistake."
  }
}

run "nobody_is_granted_to_change_or_delete_an_audit_record" {
  command = plan

  assert {
    condition = toset(flatten([
      for policy in output.policies : [
        for statement in jsondecode(policy).Statement : statement.Action
        if anytrue([for resource in flatten([statement.Resource]) : endswith(resource, "table/intray-dev-audit")])
      ]
    ])) == toset(["dynamodb:PutItem", "dynamodb:Query"])
    error_message = "Audit records are written and read, and nothing else."
  }
}

run "no_grant_deletes_or_has_a_wildcard" {
  command = plan

  assert {
    condition = alltrue(flatten([
      for policy in output.policies : [
        for statement in jsondecode(policy).Statement : [
          [for action in flatten([statement.Action]) : !can(regex("Delete|\\*", action))],
          [for resource in flatten([statement.Resource]) : !strcontains(resource, "*")],
        ]
      ]
    ]))
    error_message = "Grants name their actions and tables, and delete nothing."
  }
}

run "contents_that_were_seen_are_forgotten_in_time" {
  command = plan

  assert {
    condition     = aws_dynamodb_table.this["idempotency"].ttl[0].attribute_name == "expires_at" && aws_dynamodb_table.this["idempotency"].ttl[0].enabled
    error_message = "Claims on contents expire."
  }
}

run "a_key_of_another_class_is_refused" {
  command = plan

  variables {
    key = {
      arn            = "arn:aws:kms:eu-central-1:111111111111:key/internal"
      classification = "internal"
    }
  }

  expect_failures = [var.key]
}

run "an_audit_trail_can_stand_alone" {
  command = plan

  variables {
    tables = ["audit"]
  }

  assert {
    condition     = keys(aws_dynamodb_table.this) == ["audit"] && keys(output.policies) == ["append_audit", "read_audit"]
    error_message = "Only the table that is asked for is made, and only grants on it are given out."
  }
}

run "an_unknown_table_is_refused" {
  command = plan

  variables {
    tables = ["models"]
  }

  expect_failures = [var.tables]
}
