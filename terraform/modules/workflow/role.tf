data "aws_iam_policy_document" "trust" {
  for_each = local.arns

  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["states.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.deployment.account_id]
    }

    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values   = [each.value]
    }
  }
}

resource "aws_iam_role" "this" {
  for_each = local.arns

  name               = "${var.deployment.prefix}-${each.key}"
  description        = "What the state machine ${var.deployment.prefix}-${each.key} may do"
  assume_role_policy = data.aws_iam_policy_document.trust[each.key].json

  tags = { Classification = var.keys.confidential.classification }
}

locals {
  role_policies = merge([
    for name, machine in local.machines : {
      for purpose, policy in merge(machine.policies, { runtime = data.aws_iam_policy_document.runtime[name].json }) :
      "${name}/${purpose}" => { machine = name, purpose = purpose, policy = policy }
    }
  ]...)
}

resource "aws_iam_role_policy" "this" {
  for_each = local.role_policies

  name   = each.value.purpose
  role   = aws_iam_role.this[each.value.machine].id
  policy = each.value.policy
}

data "aws_iam_policy_document" "runtime" {
  for_each = local.arns

  statement {
    sid = "LogDelivery"
    actions = [
      "logs:CreateLogDelivery",
      "logs:DeleteLogDelivery",
      "logs:DescribeLogGroups",
      "logs:DescribeResourcePolicies",
      "logs:GetLogDelivery",
      "logs:ListLogDeliveries",
      "logs:PutResourcePolicy",
      "logs:UpdateLogDelivery",
    ]
    resources = ["*"] # log deliveries have no ARNs
  }

  statement {
    sid = "Traces"
    actions = [
      "xray:GetSamplingRules",
      "xray:GetSamplingTargets",
      "xray:PutTelemetryRecords",
      "xray:PutTraceSegments",
    ]
    resources = ["*"] # X-Ray has no resources to name
  }

  statement {
    sid       = "Executions"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [var.keys.confidential.arn]

    # The machine of a distributed map's children is named machine/label.
    condition {
      test     = "StringLike"
      variable = "kms:EncryptionContext:aws:states:stateMachineArn"
      values   = [each.value, "${each.value}/*"]
    }
  }

  statement {
    sid       = "ExecutionLogs"
    actions   = ["kms:GenerateDataKey"]
    resources = [var.keys.confidential.arn]

    condition {
      test     = "StringEquals"
      variable = "kms:EncryptionContext:SourceArn"
      values   = ["arn:${var.deployment.partition}:logs:${var.deployment.region}:${var.deployment.account_id}:*"]
    }
  }
}

data "aws_iam_policy_document" "invoke" {
  for_each = {
    document-batch = [for name, arn in var.functions : arn if name != "summarise"]
    batch-summary  = [var.functions.summarise]
  }

  statement {
    sid       = "Functions"
    actions   = ["lambda:InvokeFunction"]
    resources = each.value
  }
}

# A distributed map starts its children as executions of its own machine.
data "aws_iam_policy_document" "map" {
  statement {
    sid       = "StartChildren"
    actions   = ["states:StartExecution"]
    resources = [local.arns["document-batch"]]
  }

  statement {
    sid       = "FollowChildren"
    actions   = ["states:DescribeExecution", "states:StopExecution"]
    resources = ["${local.executions["document-batch"]}:*", "${local.executions["document-batch"]}/*"]
  }

  statement {
    sid       = "RedriveChildren"
    actions   = ["states:RedriveExecution"]
    resources = ["${local.executions["document-batch"]}/*"]
  }
}
