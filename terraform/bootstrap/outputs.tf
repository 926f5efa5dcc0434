output "models" {
  description = "Names of the model registry's resources, as the parameter `/intray/models` holds them."
  value       = module.model_registry.registry
}

output "model_policies" {
  description = "Policy documents (JSON) for the roles of people and pipelines: read, register, approve, promote."
  value       = module.model_registry.policies
}
