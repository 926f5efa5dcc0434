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

variable "keys" {
  description = "The keys of the data that the buckets hold."
  type = object({
    restricted   = object({ arn = string, classification = string })
    confidential = object({ arn = string, classification = string })
  })
  nullable = false

  validation {
    condition     = alltrue([for name, key in var.keys : key.classification == name])
    error_message = "Each key must be the one of its class."
  }
}

variable "force_destroy" {
  description = "Whether destroying the stack may delete the documents in its buckets."
  type        = bool
  nullable    = false
  default     = false
}

variable "noncurrent_version_days" {
  description = "Days that a replaced or deleted version is kept."
  type        = number
  nullable    = false
  default     = 90
}
