provider "aws" {
  region = "us-east-1"
}

resource "aws_s3_bucket" "fail_deleted" {
  bucket = "deleted"
}

resource "aws_s3_bucket" "fail_renamed" {
  bucket = "old-name"
}

resource "aws_s3_bucket" "pass_updated" {
  bucket = "updated"
}

resource "aws_s3_bucket" "na_kept" {
  bucket = "kept"
}

resource "aws_s3_bucket" "pass_forgotten" {
  bucket = "forgotten"
}

resource "aws_dynamodb_table" "fail_rekeyed" {
  name         = "rekeyed"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_sqs_queue" "fail_replaced_first" {
  name = "replaced-first"
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_sqs_queue" "each" {
  for_each = toset(["pass_kept", "fail_dropped"])
  name     = each.key
}

resource "aws_sqs_queue" "na_moved_from" {
  name = "moved"
}

resource "aws_db_instance" "fail_database" {
  allocated_storage   = 20
  engine              = "mysql"
  instance_class      = "db.t3.medium"
  identifier          = "orders"
  username            = "app"
  password            = "an-example-of-one"
  skip_final_snapshot = true
}

resource "aws_kms_key" "fail_key" {
  enable_key_rotation = true
}

resource "aws_efs_file_system" "fail_files" {
  creation_token = "files"
}

resource "aws_ebs_volume" "fail_volume" {
  availability_zone = "us-east-1a"
  size              = 8
}

resource "aws_cloudwatch_log_group" "fail_log" {
  name = "/old"
}

resource "aws_secretsmanager_secret" "fail_secret" {
  name = "old"
}

resource "aws_sns_topic" "na_topic" {
  name = "gone"
}

module "store" {
  source = "./module"
}
