data "aws_iam_policy_document" "start" {
  for_each = local.arns

  statement {
    sid       = "Start"
    actions   = ["states:StartExecution"]
    resources = [each.value]
  }

  statement {
    sid       = "Key"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [var.keys.confidential.arn]

    condition {
      test     = "StringEquals"
      variable = "kms:EncryptionContext:aws:states:stateMachineArn"
      values   = [each.value]
    }
  }
}

# Whoever starts a batch asks whether it was started before.
data "aws_iam_policy_document" "start_batches" {
  source_policy_documents = [data.aws_iam_policy_document.start["document-batch"].json]

  statement {
    sid       = "Follow"
    actions   = ["states:DescribeExecution"]
    resources = ["${local.executions["document-batch"]}:*"]
  }
}

# A task that waits is one of a distributed map's children, whose machine is named machine/label.
data "aws_iam_policy_document" "answer" {
  for_each = {
    answer_tasks   = ["states:SendTaskFailure", "states:SendTaskSuccess"]
    complete_tasks = ["states:SendTaskSuccess"]
  }

  statement {
    sid       = "Tasks"
    actions   = each.value
    resources = [local.arns["document-batch"], "${local.arns["document-batch"]}/*"]
  }

  statement {
    sid       = "Key"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [var.keys.confidential.arn]

    condition {
      test     = "StringLike"
      variable = "kms:EncryptionContext:aws:states:stateMachineArn"
      values   = [local.arns["document-batch"], "${local.arns["document-batch"]}/*"]
    }
  }
}
