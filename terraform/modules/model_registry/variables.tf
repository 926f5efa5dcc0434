variable "deployment" {
  description = "Where this is deployed: the prefix of every name, and the parts of an ARN."
  type = object({
    prefix     = string
    partition  = string
    region     = string
    account_id = string
  })
  nullable = false
}

variable "key" {
  description = "The key of internal data: the packages."
  type        = object({ arn = string, classification = string })
  nullable    = false

  validation {
    condition     = var.key.classification == "internal"
    error_message = "Models are internal data: give the key of that class."
  }
}

variable "audit" {
  description = "The table of the registry's audit trail, and the policy documents (JSON) on it."
  type = object({
    table    = string
    policies = object({ append_audit = string, read_audit = string })
  })
  nullable = false
}

variable "image" {
  description = "The repository of the image that runs the packages, as each version of a package names it."
  type        = string
  nullable    = false
}

variable "four_eyes" {
  description = "Whether a package must be approved by someone else than the one who registered it."
  type        = bool
  nullable    = false
  default     = true
}

variable "force_destroy" {
  description = "Whether destroying the registry may delete the packages in its bucket."
  type        = bool
  nullable    = false
  default     = false
}
