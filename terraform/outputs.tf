locals {
  # Every name that an operator's command needs.
  stack = {
    workspace                      = local.workspace
    region                         = var.region
    account_id                     = local.deployment.account_id
    incoming_bucket                = module.storage.buckets.incoming.name
    extractions_bucket             = module.storage.buckets.extractions.name
    decisions_bucket               = module.storage.buckets.decisions.name
    documents_table                = module.audit.tables.documents.name
    audit_table                    = module.audit.tables.audit.name
    limits_table                   = module.audit.tables.limits.name
    idempotency_table              = module.audit.tables.idempotency.name
    document_batch_arn             = module.workflow.document_batch_arn
    batch_summary_arn              = module.workflow.batch_summary_arn
    intake_queue_url               = module.ingestion.queue.url
    intake_dead_letters_url        = module.ingestion.queue.dead_letters.url
    extraction_completed_queue_url = module.extraction.queue.url
    summary_topic_arn              = module.summary_topic.arn
    model                          = module.promoted_model.model
    max_pages                      = var.limits.max_pages
    max_bytes                      = var.limits.max_bytes

    functions = {
      intake               = module.intake.name
      reserve              = module.reserve.name
      extract              = module.extract.name
      extraction_completed = module.extraction_completed.name
      sweep                = module.sweep.name
      classify             = module.classify.name
      validate             = module.validate.name
      route                = module.route.name
      deliver              = module.deliver.name
      record_failure       = module.record_failure.name
      summarise            = module.summarise.name
    }
  }
}

# Where the `intray` command finds the stack; names only, nothing to hide.
resource "aws_ssm_parameter" "stack" {
  name           = "/intray/${local.workspace}/stack"
  description    = "Names of this stack's resources"
  type           = "String"
  insecure_value = jsonencode(local.stack)

  tags = { Classification = "internal" }
}

output "stack" {
  description = "Names of the stack's resources, as the parameter `/intray/<workspace>/stack` holds them."
  value       = local.stack
}

output "stack_parameter" {
  description = "The parameter that holds the names."
  value       = aws_ssm_parameter.stack.name
}
