terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

variable "environment" {
  default = "dev"
}

resource "terraform_data" "later" {
  input = "known after apply"
}

resource "aws_sqs_queue" "fail_no_environment" {
  name = "orders"
}

resource "aws_sqs_queue" "fail_part_of_a_word" {
  name = "products"
}

resource "aws_sqs_queue" "pass_suffix" {
  name = "orders-${var.environment}"
}

resource "aws_sqs_queue" "pass_inside" {
  name = "orders-prod.fifo"

  fifo_queue = true
}

resource "aws_dynamodb_table" "pass_capitals" {
  name         = "ShopOrdersProd"
  hash_key     = "id"
  billing_mode = "PAY_PER_REQUEST"
  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_sqs_queue" "pass_prefix" {
  name_prefix = "orders-dev-"
}

resource "aws_sqs_queue" "fail_prefix" {
  name_prefix = "orders-"
}

resource "aws_sqs_queue" "unknown_later" {
  name = "orders-${terraform_data.later.output}"
}

resource "aws_sqs_queue" "na_left_out" {
}

resource "aws_vpc" "na_no_name" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_route53_zone" "na_domain" {
  name = "example.com"
}

module "queue" {
  source   = "./module"
  for_each = { pass_dev = "orders-dev", fail_none = "orders" }
  name     = each.value
}
