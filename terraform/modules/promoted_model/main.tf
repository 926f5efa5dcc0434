# What is promoted is no resource: whoever promotes writes a parameter, and the next plan reads it. Whoever wrote it, a package
# that nobody approved is not planned.
locals {
  path = "/intray/${var.workspace}"

  registry = jsondecode(nonsensitive(zipmap(
    data.aws_ssm_parameters_by_path.account.names, data.aws_ssm_parameters_by_path.account.values,
  )["/intray/models"]))
  promotion = jsondecode(nonsensitive(zipmap(
    data.aws_ssm_parameters_by_path.workspace.names, data.aws_ssm_parameters_by_path.workspace.values,
  )["${local.path}/model"]))

  packages = "arn:${var.deployment.partition}:sagemaker:${var.deployment.region}:${var.deployment.account_id}:model-package/${local.registry.group}/"
  package  = jsondecode(data.aws_cloudcontrolapi_resource.package.properties)
  bucket   = "arn:${var.deployment.partition}:s3:::${local.registry.bucket}"
}

# By path, because a parameter that is not there can then be told in words that help.
data "aws_ssm_parameters_by_path" "account" {
  path = "/intray"

  lifecycle {
    postcondition {
      condition     = contains(self.names, "/intray/models")
      error_message = "This account has no model registry (no parameter /intray/models): apply terraform/bootstrap first, see its README."
    }
  }
}

data "aws_ssm_parameters_by_path" "workspace" {
  path = local.path

  lifecycle {
    postcondition {
      condition     = contains(self.names, "${local.path}/model")
      error_message = "No model package was ever promoted to ${var.workspace} (no parameter ${local.path}/model): `intray models list` shows what is approved, `intray models promote DIGEST --workspace ${var.workspace} --reason …` promotes it."
    }

    postcondition {
      condition = !contains(self.names, "${local.path}/model") || can([
        jsondecode(nonsensitive(zipmap(self.names, self.values)["${local.path}/model"])).digest,
        jsondecode(nonsensitive(zipmap(self.names, self.values)["${local.path}/model"])).package_arn,
      ])
      error_message = "The parameter ${local.path}/model does not say which package is promoted (digest, package_arn): promote one by `intray models promote`."
    }
  }
}

# The provider has no data source for model packages; Cloud Control reads every resource that CloudFormation knows.
data "aws_cloudcontrolapi_resource" "package" {
  type_name  = "AWS::SageMaker::ModelPackage"
  identifier = local.promotion.package_arn

  lifecycle {
    precondition {
      condition     = startswith(local.promotion.package_arn, local.packages)
      error_message = "What is promoted to ${var.workspace}, ${local.promotion.package_arn}, is not of this account's registry (${local.packages}…): promote a registered package by `intray models promote`."
    }

    postcondition {
      condition     = try(jsondecode(self.properties).ModelApprovalStatus, "") == "Approved"
      error_message = "${local.promotion.digest}, promoted to ${var.workspace}, is not approved but ${try(jsondecode(self.properties).ModelApprovalStatus, "without a status")}: `intray models approve` it, `intray models promote` an approved one, or `intray models rollback`."
    }

    # The description and not the metadata: it is the one that nobody can change after the approval.
    postcondition {
      condition     = startswith(try(jsondecode(self.properties).ModelPackageDescription, ""), "${local.promotion.digest} ")
      error_message = "What is promoted to ${var.workspace} says ${local.promotion.digest}, but ${local.promotion.package_arn} is another package (${try(jsondecode(self.properties).ModelPackageDescription, "without a description")}): promote anew by `intray models promote`."
    }
  }
}

# Of every package: while a rollout is under way the old function still starts with the old one. Which one a function starts with
# is the plan's matter, and the function compares what it gets with the digest that it was told.
data "aws_iam_policy_document" "read_packages" {
  statement {
    sid       = "Objects"
    actions   = ["s3:GetObject"]
    resources = ["${local.bucket}/packages/*"]
  }

  statement {
    sid       = "List"
    actions   = ["s3:ListBucket"]
    resources = [local.bucket]
  }

  statement {
    sid       = "Key"
    actions   = ["kms:Decrypt"]
    resources = [local.registry.key_arn]

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["s3.${var.deployment.region}.amazonaws.com"]
    }
  }
}
