terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

# Eight types of resources make a stack that somebody has to be able to account for.
resource "aws_s3_bucket" "data" {
  bucket_prefix = "data-"
}

resource "aws_kms_key" "data" {}

resource "aws_sns_topic" "alerts" {
  name = "alerts"
}

resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}

resource "aws_cloudwatch_log_group" "app" {
  name = "app"
}

resource "aws_ecr_repository" "app" {
  name = "app"
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}
