data "aws_iam_policy_document" "consume" {
  statement {
    sid = "Messages"
    actions = [
      "sqs:ChangeMessageVisibility",
      "sqs:DeleteMessage",
      "sqs:GetQueueAttributes",
      "sqs:ReceiveMessage",
    ]
    resources = [local.queues.messages.arn]
  }

  statement {
    sid       = "Key"
    actions   = ["kms:Decrypt"]
    resources = [var.key.arn]

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["sqs.${var.deployment.region}.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "send_dead_letters" {
  statement {
    sid       = "Messages"
    actions   = ["sqs:SendMessage"]
    resources = [local.queues.dead_letters.arn]
  }

  statement {
    sid       = "Key"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [var.key.arn]

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["sqs.${var.deployment.region}.amazonaws.com"]
    }
  }
}
