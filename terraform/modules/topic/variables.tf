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
    error_message = "Topics carry confidential data: give the key of that class."
  }
}

variable "name" {
  description = "What the messages say; the topic's name without the prefix."
  type        = string
  nullable    = false
}

variable "subscribers" {
  description = "Who receives the messages, by a name of the caller's choice; `raw` leaves SNS's envelope out."
  type = map(object({
    protocol = string
    endpoint = string
    raw      = optional(bool, false)
  }))
  nullable = false
  default  = {}

  validation {
    condition = alltrue([
      for subscriber in var.subscribers :
      contains(["email", "email-json", "https", "lambda", "sms", "sqs"], subscriber.protocol)
    ])
    error_message = "Subscribers use email, email-json, https, lambda, sms or sqs; plain http would leave the encryption."
  }

  validation {
    condition     = alltrue([for subscriber in var.subscribers : !subscriber.raw || contains(["https", "sqs"], subscriber.protocol)])
    error_message = "Only https and sqs subscribers can receive raw messages."
  }
}
