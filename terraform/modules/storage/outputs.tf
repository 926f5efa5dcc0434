output "buckets" {
  description = "Name and ARN of the buckets incoming, extractions and decisions; known before they exist."
  value       = { for name, bucket in local.buckets : name => { name = bucket.name, arn = bucket.arn } }
  depends_on  = [aws_s3_bucket.this]
}

output "policies" {
  description = "Policy documents (JSON) by purpose; `grants.tf` says what each allows."
  value       = { for name, document in data.aws_iam_policy_document.grant : name => document.json }
}
