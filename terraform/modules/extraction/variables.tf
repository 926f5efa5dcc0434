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
    error_message = "Topics and queues carry confidential data: give the key of that class."
  }
}

variable "consumer_timeout_seconds" {
  description = "Timeout of the function that consumes the notices of completed jobs."
  type        = number
  nullable    = false
}
