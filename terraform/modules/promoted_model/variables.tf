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

variable "workspace" {
  description = "The workspace that the package was promoted to."
  type        = string
  nullable    = false
}
