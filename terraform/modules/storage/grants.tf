locals {
  read  = ["s3:GetObject"]
  write = ["s3:PutObject"]

  routes = ["pass/*", "hold/*", "reject/*"]

  # Who may do what, by purpose. A grant that lists tells "absent" (404) from "forbidden" (403).
  grants = {
    inspect_incoming = {
      bucket  = "incoming"
      actions = ["s3:GetObject", "s3:GetObjectVersion"]
      objects = ["*"]
      lists   = true
    }
    read_incoming = {
      bucket  = "incoming"
      actions = ["s3:GetObject", "s3:GetObjectVersion"]
      objects = ["*"]
      lists   = false
    }
    write_raw_extractions = {
      bucket  = "extractions"
      actions = local.write
      objects = ["*/textract/*"]
      lists   = false
      through = ["s3", "textract"] # Textract writes in the name of the role that starts the job
    }
    complete_extractions = {
      bucket  = "extractions"
      actions = concat(local.read, local.write)
      objects = ["*/textract/*", "*/extraction.json.gz"]
      lists   = true
    }
    read_extractions = {
      bucket  = "extractions"
      actions = local.read
      objects = ["*/extraction.json.gz"]
      lists   = true
    }
    write_explanations = {
      bucket  = "extractions"
      actions = local.write
      objects = ["*/classification.json"]
      lists   = false
    }
    write_findings = {
      bucket  = "extractions"
      actions = local.write
      objects = ["*/findings.json"]
      lists   = false
    }
    read_findings = {
      bucket  = "extractions"
      actions = local.read
      objects = ["*/findings.json"]
      lists   = true
    }
    deliver_decisions = {
      bucket  = "decisions"
      actions = local.write
      objects = local.routes
      lists   = false
    }
    describe_batches = {
      bucket  = "decisions"
      actions = concat(local.read, local.write)
      objects = ["batches/*"]
      lists   = true
    }
    # The state machine reads a batch's items and writes what became of each.
    run_batches = {
      bucket  = "decisions"
      actions = concat(local.read, local.write, ["s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"])
      objects = ["batches/*"]
      lists   = false
    }
    read_batches = {
      bucket  = "decisions"
      actions = local.read
      objects = ["batches/*"]
      lists   = true
    }
    write_reports = {
      bucket  = "decisions"
      actions = local.write
      objects = ["reports/*"]
      lists   = false
    }
  }
}

data "aws_iam_policy_document" "grant" {
  for_each = local.grants

  statement {
    sid       = "Objects"
    actions   = each.value.actions
    resources = [for key in each.value.objects : "${local.buckets[each.value.bucket].arn}/${key}"]
  }

  dynamic "statement" {
    for_each = each.value.lists ? [true] : []

    content {
      sid       = "List"
      actions   = each.value.bucket == "incoming" ? ["s3:ListBucket", "s3:ListBucketVersions"] : ["s3:ListBucket"]
      resources = [local.buckets[each.value.bucket].arn]
    }
  }

  statement {
    sid = "Key"
    # Reading decrypts a data key; writing makes one, and reads it back between the parts of a large object.
    actions = concat(
      ["kms:Decrypt"],
      contains(each.value.actions, "s3:PutObject") ? ["kms:GenerateDataKey"] : [],
    )
    resources = [local.buckets[each.value.bucket].key.arn]

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = [for service in try(each.value.through, ["s3"]) : "${service}.${var.deployment.region}.amazonaws.com"]
    }
  }
}
