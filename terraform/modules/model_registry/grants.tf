# Who may do what, by purpose. Whoever registers cannot approve, whoever approves cannot register: SageMaker
# tells IAM which status a request asks for.
data "aws_iam_policy_document" "read" {
  source_policy_documents = [var.audit.policies.read_audit]

  statement {
    sid       = "Names"
    actions   = ["ssm:GetParameter", "ssm:GetParametersByPath"]
    resources = [local.arn.parameters, "${local.arn.parameters}/*"]
  }

  statement {
    sid       = "Packages"
    actions   = ["sagemaker:DescribeModelPackage"]
    resources = [local.arn.packages]
  }

  statement {
    sid       = "List"
    actions   = ["sagemaker:ListModelPackages"]
    resources = ["*"] # the call names no single package
  }

  statement {
    sid       = "Files"
    actions   = ["s3:GetObject"]
    resources = [for objects in local.immutable : "${local.bucket.arn}/${objects}"]
  }

  # Tells "absent" (404) from "forbidden" (403).
  statement {
    sid       = "ListFiles"
    actions   = ["s3:ListBucket"]
    resources = [local.bucket.arn]
  }

  statement {
    sid       = "ReadWithKey"
    actions   = ["kms:Decrypt"]
    resources = [var.key.arn]

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["s3.${var.deployment.region}.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "register" {
  source_policy_documents = [data.aws_iam_policy_document.read.json, local.append]

  statement {
    sid       = "Upload"
    actions   = ["s3:PutObject"]
    resources = [for objects in local.immutable : "${local.bucket.arn}/${objects}"]
  }

  statement {
    sid       = "UploadWithKey"
    actions   = ["kms:GenerateDataKey"]
    resources = [var.key.arn]

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["s3.${var.deployment.region}.amazonaws.com"]
    }
  }

  # A package that came in as `Approved` would have gone round the approver.
  statement {
    sid       = "Register"
    actions   = ["sagemaker:CreateModelPackage"]
    resources = [local.arn.group, local.arn.packages]

    condition {
      test     = "StringEquals"
      variable = "sagemaker:ModelApprovalStatus"
      values   = ["PendingManualApproval"]
    }
  }
}

data "aws_iam_policy_document" "approve" {
  source_policy_documents = [data.aws_iam_policy_document.read.json, local.append]

  statement {
    sid       = "Approve"
    actions   = ["sagemaker:UpdateModelPackage"]
    resources = [local.arn.packages]

    condition {
      test     = "StringEquals"
      variable = "sagemaker:ModelApprovalStatus"
      values   = ["Approved", "Rejected"]
    }
  }
}

data "aws_iam_policy_document" "promote" {
  source_policy_documents = [data.aws_iam_policy_document.read.json, local.append]

  statement {
    sid       = "Promote"
    actions   = ["ssm:PutParameter"]
    resources = ["${local.arn.parameters}/*/model"]
  }
}

locals {
  # As it is in the audit module, under names of its own: two documents with the same statement cannot be one.
  append = jsonencode(merge(jsondecode(var.audit.policies.append_audit), {
    Statement = [
      for statement in jsondecode(var.audit.policies.append_audit).Statement :
      merge(statement, { Sid = "Append${statement.Sid}" })
    ]
  }))
}
