output "document_batch_arn" {
  description = "The state machine that decides a batch of documents; known before it exists, for the functions that answer it."
  value       = local.arns["document-batch"]
}

output "batch_summary_arn" {
  description = "The state machine that reports a batch."
  value       = aws_sfn_state_machine.this["batch-summary"].arn
}

output "policies" {
  description = "Policy documents (JSON) by purpose."
  value = {
    start_batches  = data.aws_iam_policy_document.start_batches.json
    answer_tasks   = data.aws_iam_policy_document.answer["answer_tasks"].json
    complete_tasks = data.aws_iam_policy_document.answer["complete_tasks"].json
  }
}
