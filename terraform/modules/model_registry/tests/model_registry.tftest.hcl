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
    prefix     = "intray-models"
    partition  = "aws"
    region     = "eu-central-1"
    account_id = "111111111111"
  }

  key = {
    arn            = "arn:aws:kms:eu-central-1:111111111111:key/internal"
    classification = "internal"
  }

  image = "111111111111.dkr.ecr.eu-central-1.amazonaws.com/intray/classifier"

  audit = {
    table = "intray-models-audit"
    policies = {
      append_audit = "{\"Statement\":[{\"Sid\":\"Items\",\"Effect\":\"Allow\",\"Action\":[\"dynamodb:PutItem\",\"dynamodb:Query\"],\"Resource\":\"arn:aws:dynamodb:eu-central-1:111111111111:table/intray-models-audit\"},{\"Sid\":\"Key\",\"Effect\":\"Allow\",\"Action\":\"kms:Decrypt\",\"Resource\":\"arn:aws:kms:eu-central-1:111111111111:key/confidential\"}]}"
      read_audit   = "{\"Statement\":[{\"Sid\":\"Items\",\"Effect\":\"Allow\",\"Action\":\"dynamodb:Query\",\"Resource\":\"arn:aws:dynamodb:eu-central-1:111111111111:table/intray-models-audit\"},{\"Sid\":\"Key\",\"Effect\":\"Allow\",\"Action\":\"kms:Decrypt\",\"Resource\":\"arn:aws:kms:eu-central-1:111111111111:key/confidential\"}]}"
    }
  }
}

run "the_bucket_is_encrypted_versioned_and_private" {
  command = plan

  assert {
    condition = (
      one(flatten(aws_s3_bucket_server_side_encryption_configuration.this.rule[*].apply_server_side_encryption_by_default)).kms_master_key_id == var.key.arn
      && aws_s3_bucket.this.tags.Classification == "internal"
    )
    error_message = "Models are internal data, and encrypted as such."
  }

  assert {
    condition     = aws_s3_bucket_versioning.this.versioning_configuration[0].status == "Enabled" && !aws_s3_bucket.this.force_destroy
    error_message = "Packages outlive mistakes."
  }

  assert {
    condition = (
      aws_s3_bucket_public_access_block.this.block_public_acls && aws_s3_bucket_public_access_block.this.block_public_policy
      && aws_s3_bucket_public_access_block.this.ignore_public_acls && aws_s3_bucket_public_access_block.this.restrict_public_buckets
    )
    error_message = "The bucket refuses to be public."
  }

  assert {
    condition = anytrue([
      for statement in jsondecode(aws_s3_bucket_policy.this.policy).Statement :
      statement.Effect == "Deny" && statement.Action == "s3:*" && try(statement.Condition.Bool["aws:SecureTransport"], "") == "false"
    ])
    error_message = "The bucket refuses unencrypted connections."
  }
}

run "a_package_is_never_replaced_or_deleted_by_anyone" {
  command = plan

  assert {
    condition = anytrue([
      for statement in jsondecode(aws_s3_bucket_policy.this.policy).Statement :
      statement.Effect == "Deny" && statement.Action == "s3:PutObject" && statement.Principal == "*"
      && try(statement.Condition.Null["s3:if-none-match"], "") == "true"
      && contains(statement.Resource, "arn:aws:s3:::intray-models-111111111111/packages/*")
    ])
    error_message = "Whatever could replace a package's file is denied."
  }

  assert {
    condition = anytrue([
      for statement in jsondecode(aws_s3_bucket_policy.this.policy).Statement :
      statement.Effect == "Deny" && statement.Principal == "*" && !can(statement.Condition)
      && toset(flatten([statement.Action])) == toset(["s3:DeleteObject", "s3:DeleteObjectVersion"])
      && contains(statement.Resource, "arn:aws:s3:::intray-models-111111111111/packages/*")
    ])
    error_message = "Deleting a package's file is denied."
  }
}

run "who_registers_cannot_approve_and_who_approves_cannot_register" {
  command = plan

  assert {
    condition = [
      for statement in jsondecode(output.policies.register).Statement :
      statement.Condition.StringEquals["sagemaker:ModelApprovalStatus"]
      if can(regex("sagemaker:(Create|Update)", jsonencode(statement.Action)))
    ] == ["PendingManualApproval"]
    error_message = "Packages are registered as pending, and by creating them only."
  }

  assert {
    condition = [
      for statement in jsondecode(output.policies.approve).Statement :
      toset(flatten([statement.Condition.StringEquals["sagemaker:ModelApprovalStatus"]]))
      if statement.Action == "sagemaker:UpdateModelPackage"
    ] == [toset(["Approved", "Rejected"])]
    error_message = "Approvers set an approval or a rejection."
  }

  assert {
    condition = {
      for purpose, policy in output.policies : purpose => toset([
        for action in flatten([for statement in jsondecode(policy).Statement : statement.Action]) : action
        if can(regex("^(sagemaker:(Create|Update|Delete)|s3:(Put|Delete)|ssm:Put|dynamodb:(Put|Update|Delete))", action))
      ])
      } == {
      read     = toset([])
      register = toset(["sagemaker:CreateModelPackage", "s3:PutObject", "dynamodb:PutItem"])
      approve  = toset(["sagemaker:UpdateModelPackage", "dynamodb:PutItem"])
      promote  = toset(["ssm:PutParameter", "dynamodb:PutItem"])
    }
    error_message = "Each purpose changes what it is for, and nothing else."
  }
}

run "a_promotion_reaches_the_parameters_of_models_only" {
  command = plan

  assert {
    condition = [
      for statement in jsondecode(output.policies.promote).Statement : statement.Resource
      if statement.Action == "ssm:PutParameter"
    ] == ["arn:aws:ssm:eu-central-1:111111111111:parameter/intray/*/model"]
    error_message = "Nobody who promotes may write another parameter."
  }
}

run "the_registry_is_found_by_its_parameter" {
  command = plan

  assert {
    condition = aws_ssm_parameter.registry.name == "/intray/models" && jsondecode(aws_ssm_parameter.registry.insecure_value) == {
      region      = "eu-central-1"
      account_id  = "111111111111"
      bucket      = "intray-models-111111111111"
      key_arn     = "arn:aws:kms:eu-central-1:111111111111:key/internal"
      group       = "intray-models"
      audit_table = "intray-models-audit"
      image       = "111111111111.dkr.ecr.eu-central-1.amazonaws.com/intray/classifier"
      four_eyes   = true
    }
    error_message = "The parameter names everything, and four eyes are the default."
  }
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
