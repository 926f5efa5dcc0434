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
  description = "The key of confidential data."
  type        = object({ arn = string, classification = string })
  nullable    = false

  validation {
    condition     = var.key.classification == "confidential"
    error_message = "Tables hold confidential data: give the key of that class."
  }
}

variable "deletion_protection" {
  description = "Whether DynamoDB refuses to delete the tables."
  type        = bool
  nullable    = false
  default     = true
}

variable "tables" {
  description = "The tables of `tables.json` that are made."
  type        = set(string)
  nullable    = false
  default     = ["documents", "audit", "limits", "idempotency"]

  validation {
    condition     = length(setsubtract(var.tables, ["documents", "audit", "limits", "idempotency"])) == 0
    error_message = "The tables are documents, audit, limits and idempotency."
  }
}
