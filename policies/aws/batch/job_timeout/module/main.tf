variable "name" {
  type = string
}

variable "seconds" {
  type = number
}

variable "container" {
  type = string
}

resource "aws_batch_job_definition" "this" {
  name                 = var.name
  type                 = "container"
  container_properties = var.container
  timeout {
    attempt_duration_seconds = var.seconds
  }
}
