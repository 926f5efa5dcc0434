locals {
  # Who may do what, by purpose. Nobody is granted an update or a delete on the audit table.
  grants = {
    append_audit = {
      table   = "audit"
      actions = ["dynamodb:PutItem", "dynamodb:Query"]
      indexes = []
    }
    read_audit = {
      table   = "audit"
      actions = ["dynamodb:Query"]
      indexes = []
    }
    register_documents = {
      table   = "documents"
      actions = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"]
      indexes = []
    }
    mark_documents = {
      table   = "documents"
      actions = ["dynamodb:UpdateItem"]
      indexes = []
    }
    update_documents = {
      table   = "documents"
      actions = ["dynamodb:GetItem", "dynamodb:UpdateItem"]
      indexes = []
    }
    sweep_documents = {
      table   = "documents"
      actions = ["dynamodb:GetItem", "dynamodb:UpdateItem"]
      indexes = ["by_batch"]
    }
    settle_documents = {
      table   = "documents"
      actions = ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:UpdateItem"]
      indexes = []
    }
    take_places = {
      table   = "limits"
      actions = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"]
      indexes = []
    }
    free_places = {
      table   = "limits"
      actions = ["dynamodb:UpdateItem"]
      indexes = []
    }
    review_places = {
      table   = "limits"
      actions = ["dynamodb:GetItem", "dynamodb:UpdateItem"]
      indexes = []
    }
    claim_contents = {
      table   = "idempotency"
      actions = ["dynamodb:GetItem", "dynamodb:PutItem"]
      indexes = []
    }
  }
}

data "aws_iam_policy_document" "grant" {
  for_each = local.grants

  statement {
    sid       = "Items"
    actions   = each.value.actions
    resources = [local.described[each.value.table].arn]
  }

  dynamic "statement" {
    for_each = length(each.value.indexes) == 0 ? [] : [true]

    content {
      sid       = "Indexes"
      actions   = ["dynamodb:Query"]
      resources = [for index in each.value.indexes : "${local.described[each.value.table].arn}/index/${index}"]
    }
  }

  statement {
    sid       = "Key"
    actions   = ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"]
    resources = [var.key.arn]

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["dynamodb.${var.deployment.region}.amazonaws.com"]
    }
  }
}
