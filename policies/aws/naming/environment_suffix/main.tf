# The policy is off until its parameter names the environments.
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_sqs_queue" "na_off" {
  name = "orders"
}
