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

variable "name" {
  description = "What the messages say; the queue's name without the prefix."
  type        = string
  nullable    = false
}

variable "consumer_timeout_seconds" {
  description = "Timeout of the function that consumes the queue; a message stays hidden for six times as long."
  type        = number
  nullable    = false

  validation {
    condition     = var.consumer_timeout_seconds >= 1 && var.consumer_timeout_seconds <= 900
    error_message = "A function runs between 1 and 900 seconds."
  }
}

variable "window_seconds" {
  description = "Seconds that a batch is gathered before the function sees it; the messages are hidden meanwhile."
  type        = number
  nullable    = false
  default     = 0

  validation {
    condition     = var.window_seconds >= 0 && var.window_seconds <= 300
    error_message = "Lambda gathers a batch for at most 300 seconds."
  }
}

variable "max_receive_count" {
  description = "Tries before a message becomes a dead letter."
  type        = number
  nullable    = false
  default     = 5
}

variable "senders" {
  description = "AWS services that may send to the queue, each from one source."
  type        = map(object({ service = string, source_arn = string }))
  nullable    = false
  default     = {}
}

variable "dead_letter_senders" {
  description = "AWS services that may send what they could not deliver, each from one source."
  type        = map(object({ service = string, source_arn = string }))
  nullable    = false
  default     = {}
}
