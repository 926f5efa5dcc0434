data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "this" {
  name               = local.name
  description        = "What ${local.name} may do"
  assume_role_policy = data.aws_iam_policy_document.trust.json

  tags = { Classification = var.key.classification }
}

data "aws_iam_policy_document" "runtime" {
  statement {
    sid       = "Logs"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${local.arns.log_group}:*"]
  }

  statement {
    sid       = "Traces"
    actions   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
    resources = ["*"] # X-Ray has no resources to name
  }

  statement {
    sid       = "Settings"
    actions   = ["kms:Decrypt"]
    resources = [var.key.arn]

    condition {
      test     = "StringEquals"
      variable = "kms:EncryptionContext:aws:lambda:FunctionArn"
      values   = [local.arns.function]
    }
  }
}

resource "aws_iam_role_policy" "this" {
  for_each = merge(var.policies, { runtime = data.aws_iam_policy_document.runtime.json })

  name   = each.key
  role   = aws_iam_role.this.id
  policy = each.value
}
