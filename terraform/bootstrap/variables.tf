variable "region" {
  description = "The AWS region, the same as that of the account's stacks."
  type        = string
  nullable    = false
}

variable "allowed_account_ids" {
  description = "The account: the provider refuses to work in any other."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.allowed_account_ids) > 0 && alltrue([for id in var.allowed_account_ids : can(regex("^[0-9]{12}$", id))])
    error_message = "Name at least one account id, of twelve digits."
  }
}

variable "local_aws" {
  description = "Whether the provider talks to local AWS, whose URL is in AWS_ENDPOINT_URL."
  type        = bool
  nullable    = false
  default     = false
}

variable "protected" {
  description = "Whether the registry is protected from deletion: its audit trail, its filled bucket, and its keys for the longest time."
  type        = bool
  nullable    = false
  default     = true
}

variable "four_eyes" {
  description = "Whether a model package must be approved by someone else than the one who registered it."
  type        = bool
  nullable    = false
  default     = true
}
