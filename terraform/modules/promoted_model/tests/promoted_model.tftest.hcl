# Policies are computed by the real provider, which needs no credentials for it; what it would ask AWS is given here.
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

  workspace = "dev"
}

override_data {
  target = data.aws_ssm_parameters_by_path.account
  values = {
    names  = ["/intray/models"]
    values = ["{\"bucket\":\"intray-models-111111111111\",\"group\":\"intray-models\",\"key_arn\":\"arn:aws:kms:eu-central-1:111111111111:key/internal\"}"]
  }
}

override_data {
  target = data.aws_ssm_parameters_by_path.workspace
  values = {
    names  = ["/intray/dev/model", "/intray/dev/stack"]
    values = ["{\"digest\":\"sha256:aaaa\",\"package_arn\":\"arn:aws:sagemaker:eu-central-1:111111111111:model-package/intray-models/1\"}", "{}"]
  }
}

override_data {
  target = data.aws_cloudcontrolapi_resource.package
  values = {
    properties = "{\"ModelPackageArn\":\"arn:aws:sagemaker:eu-central-1:111111111111:model-package/intray-models/1\",\"ModelApprovalStatus\":\"Approved\",\"ModelPackageDescription\":\"sha256:aaaa words\"}"
  }
}

run "an_approved_package_is_planned" {
  command = plan

  assert {
    condition = output.model == {
      digest      = "sha256:aaaa"
      package_arn = "arn:aws:sagemaker:eu-central-1:111111111111:model-package/intray-models/1"
    } && output.bucket_name == "intray-models-111111111111"
    error_message = "The package is the promoted one."
  }
}

run "packages_are_read_and_nothing_else" {
  command = plan

  assert {
    condition = toset(flatten([for statement in jsondecode(output.read_packages_policy_json).Statement : statement.Resource])) == toset([
      "arn:aws:s3:::intray-models-111111111111/packages/*",
      "arn:aws:s3:::intray-models-111111111111",
      "arn:aws:kms:eu-central-1:111111111111:key/internal",
    ])
    error_message = "The grant is on packages, not on what else the registry holds."
  }
}

run "an_account_without_a_registry_is_refused" {
  command = plan

  override_data {
    target = data.aws_ssm_parameters_by_path.account
    values = { names = [], values = [] }
  }

  expect_failures = [data.aws_ssm_parameters_by_path.account]
}

run "a_workspace_that_nothing_was_promoted_to_is_refused" {
  command = plan

  override_data {
    target = data.aws_ssm_parameters_by_path.workspace
    values = { names = ["/intray/dev/stack"], values = ["{}"] }
  }

  expect_failures = [data.aws_ssm_parameters_by_path.workspace]
}

run "a_promotion_that_names_no_package_is_refused" {
  command = plan

  override_data {
    target = data.aws_ssm_parameters_by_path.workspace
    values = { names = ["/intray/dev/model"], values = ["sha256:aaaa"] }
  }

  expect_failures = [data.aws_ssm_parameters_by_path.workspace]
}

run "a_package_of_another_registry_is_refused" {
  command = plan

  override_data {
    target = data.aws_ssm_parameters_by_path.workspace
    values = {
      names  = ["/intray/dev/model"]
      values = ["{\"digest\":\"sha256:aaaa\",\"package_arn\":\"arn:aws:sagemaker:eu-central-1:111111111111:model-package/elsewhere/1\"}"]
    }
  }

  expect_failures = [data.aws_cloudcontrolapi_resource.package]
}

run "a_package_that_waits_for_approval_is_refused" {
  command = plan

  override_data {
    target = data.aws_cloudcontrolapi_resource.package
    values = { properties = "{\"ModelPackageArn\":\"arn\",\"ModelApprovalStatus\":\"PendingManualApproval\",\"ModelPackageDescription\":\"sha256:aaaa words\"}" }
  }

  expect_failures = [data.aws_cloudcontrolapi_resource.package]
}

run "a_package_that_was_rejected_later_is_refused" {
  command = plan

  override_data {
    target = data.aws_cloudcontrolapi_resource.package
    values = { properties = "{\"ModelPackageArn\":\"arn\",\"ModelApprovalStatus\":\"Rejected\",\"ModelPackageDescription\":\"sha256:aaaa words\"}" }
  }

  expect_failures = [data.aws_cloudcontrolapi_resource.package]
}

run "an_approved_package_of_another_digest_is_refused" {
  command = plan

  override_data {
    target = data.aws_cloudcontrolapi_resource.package
    values = { properties = "{\"ModelPackageArn\":\"arn\",\"ModelApprovalStatus\":\"Approved\",\"ModelPackageDescription\":\"sha256:aaaab words\"}" }
  }

  expect_failures = [data.aws_cloudcontrolapi_resource.package]
}
