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
    error_message = "Queues hold confidential data: give the key of that class."
  }
}

variable "bucket_name" {
  description = "The bucket whose new objects are documents; it must send its events to EventBridge."
  type        = string
  nullable    = false
}

variable "consumer_timeout_seconds" {
  description = "Timeout of the function that consumes the queue."
  type        = number
  nullable    = false
}

variable "window_seconds" {
  description = "Seconds that a batch is gathered before the function sees it."
  type        = number
  nullable    = false
}
