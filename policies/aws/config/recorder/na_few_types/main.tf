terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

# Part of something larger, which has the recorder.
resource "aws_s3_bucket" "data" {
  bucket_prefix = "data-"
}

resource "aws_sns_topic" "alerts" {
  name = "alerts"
}
