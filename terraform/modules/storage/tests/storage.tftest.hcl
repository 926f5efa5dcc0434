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
    restricted = {
      arn            = "arn:aws:kms:eu-central-1:111111111111:key/restricted"
      classification = "restricted"
    }
    confidential = {
      arn            = "arn:aws:kms:eu-central-1:111111111111:key/confidential"
      classification = "confidential"
    }
  }
}

run "each_bucket_is_encrypted_with_the_key_of_its_class" {
  command = plan

  assert {
    condition = {
      for name, bucket in aws_s3_bucket_server_side_encryption_configuration.this :
      name => one(flatten(bucket.rule[*].apply_server_side_encryption_by_default)).kms_master_key_id
      } == {
      incoming    = "arn:aws:kms:eu-central-1:111111111111:key/restricted"
      extractions = "arn:aws:kms:eu-central-1:111111111111:key/restricted"
      decisions   = "arn:aws:kms:eu-central-1:111111111111:key/confidential"
    }
    error_message = "Documents are restricted, decisions confidential."
  }

  assert {
    condition = alltrue([
      for name, bucket in aws_s3_bucket.this :
      bucket.tags.Classification == (name == "decisions" ? "confidential" : "restricted")
    ])
    error_message = "Every bucket says its class."
  }
}

run "no_bucket_can_be_public_or_read_in_the_clear" {
  command = plan

  assert {
    condition = alltrue([
      for name, block in aws_s3_bucket_public_access_block.this :
      block.block_public_acls && block.block_public_policy && block.ignore_public_acls && block.restrict_public_buckets
    ]) && length(aws_s3_bucket_public_access_block.this) == 3
    error_message = "Every bucket refuses to be public."
  }

  assert {
    condition = alltrue([
      for policy in aws_s3_bucket_policy.this : anytrue([
        for statement in jsondecode(policy.policy).Statement :
        statement.Effect == "Deny" && statement.Action == "s3:*" && statement.Condition.Bool["aws:SecureTransport"] == "false"
      ])
    ]) && length(aws_s3_bucket_policy.this) == 3
    error_message = "Every bucket refuses unencrypted connections."
  }
}

run "every_version_of_a_document_is_an_event_and_is_kept" {
  command = plan

  assert {
    condition     = aws_s3_bucket_versioning.this["incoming"].versioning_configuration[0].status == "Enabled"
    error_message = "A replaced document keeps its versions."
  }

  assert {
    condition     = aws_s3_bucket_notification.incoming.eventbridge
    error_message = "New documents are told to EventBridge."
  }

  assert {
    condition     = alltrue([for bucket in aws_s3_bucket.this : !bucket.force_destroy])
    error_message = "Filled buckets are not destroyed unless asked for."
  }
}

run "no_grant_deletes_or_reaches_beyond_its_prefix" {
  command = plan

  assert {
    condition = alltrue(flatten([
      for policy in output.policies : [
        for statement in jsondecode(policy).Statement : [
          for action in flatten([statement.Action]) : !can(regex("Delete|\\*", action))
        ]
      ]
    ]))
    error_message = "No function deletes an object, and no grant has a wildcard for its actions."
  }

  assert {
    condition = alltrue(flatten([
      for policy in output.policies : [
        for statement in jsondecode(policy).Statement : [
          for resource in flatten([statement.Resource]) :
          !endswith(resource, ":::intray-dev-111111111111-decisions/*") && !endswith(resource, ":::intray-dev-111111111111-extractions/*")
        ]
      ]
    ]))
    error_message = "Only the incoming bucket is read as a whole."
  }

  assert {
    condition = alltrue(flatten([
      for name, policy in output.policies : [
        for statement in jsondecode(policy).Statement :
        statement.Condition.StringEquals["kms:ViaService"] == "s3.eu-central-1.amazonaws.com" || name == "write_raw_extractions"
        if statement.Sid == "Key"
      ]
    ]))
    error_message = "Keys are used through S3 only, or through Textract, which writes for us."
  }
}

run "a_key_of_another_class_is_refused" {
  command = plan

  variables {
    keys = {
      restricted = {
        arn            = "arn:aws:kms:eu-central-1:111111111111:key/internal"
        classification = "internal"
      }
      confidential = {
        arn            = "arn:aws:kms:eu-central-1:111111111111:key/confidential"
        classification = "confidential"
      }
    }
  }

  expect_failures = [var.keys]
}
