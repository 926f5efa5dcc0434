output "registry" {
  description = "Names of the registry's resources, as the parameter `/intray/models` holds them."
  value       = local.registry
}

output "policies" {
  description = "Policy documents (JSON) by purpose: read, register, approve, promote; `grants.tf` says what each allows."
  value = {
    read     = data.aws_iam_policy_document.read.json
    register = data.aws_iam_policy_document.register.json
    approve  = data.aws_iam_policy_document.approve.json
    promote  = data.aws_iam_policy_document.promote.json
  }
}
