variable "name" {
  type = string
}

variable "attempts" {
  type = number
}

variable "container" {
  type = string
}

resource "aws_batch_job_definition" "this" {
  name                 = var.name
  type                 = "container"
  container_properties = var.container
  retry_strategy {
    attempts = var.attempts
  }
}
