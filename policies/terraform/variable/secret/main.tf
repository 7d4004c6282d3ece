provider "aws" {
  region = "us-east-1"
}

variable "fail_password" {
  type    = string
  default = "An-example-of-1"
}

variable "pass_password" {
  type      = string
  default   = "An-example-of-1"
  sensitive = true
}

variable "fail_of_module" {
  type    = string
  default = "An-example-of-1"
}

variable "fail_in_block" {
  type    = string
  default = "An-example-of-1"
}

variable "fail_in_object" {
  type    = object({ password = string })
  default = { password = "An-example-of-1" }
}

variable "pass_empty" {
  type    = string
  default = ""
}

variable "pass_user" {
  type    = string
  default = "app"
}

variable "unknown_user" {
  type    = string
  default = "app"
}

variable "na_name" {
  type    = string
  default = "orders"
}

locals {
  password = "An-example-of-1"
}

data "aws_secretsmanager_random_password" "made" {
  password_length = 24
}

resource "aws_rds_cluster" "pass_variables" {
  cluster_identifier  = var.na_name
  engine              = "aurora-mysql"
  master_username     = "app"
  master_password     = var.fail_password
  skip_final_snapshot = true
}

resource "aws_rds_cluster" "pass_sensitive" {
  engine              = "aurora-mysql"
  master_username     = "app"
  master_password     = var.pass_password
  skip_final_snapshot = true
}

resource "aws_rds_cluster" "fail_literal" {
  engine              = "aurora-mysql"
  master_username     = "app"
  master_password     = "An-example-of-1"
  skip_final_snapshot = true
}

resource "aws_rds_cluster" "pass_random" {
  engine              = "aurora-mysql"
  master_username     = "app"
  master_password     = data.aws_secretsmanager_random_password.made.random_password
  skip_final_snapshot = true
}

resource "aws_rds_cluster" "na_managed_by_aws" {
  engine                      = "aurora-mysql"
  master_username             = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
}

resource "aws_rds_cluster" "unknown_local" {
  engine              = "aurora-mysql"
  master_username     = "app"
  master_password     = local.password
  skip_final_snapshot = true
}

resource "aws_secretsmanager_secret_version" "fail_literal_in_json" {
  secret_id     = "orders"
  secret_string = jsonencode({ password = "An-example-of-1" })
}

resource "aws_secretsmanager_secret_version" "pass_random_in_json" {
  secret_id     = "orders"
  secret_string = jsonencode({ user = var.pass_user, password = data.aws_secretsmanager_random_password.made.random_password })
}

resource "aws_secretsmanager_secret_version" "pass_sensitive_in_json" {
  secret_id     = "orders"
  secret_string = jsonencode({ user = var.pass_user, password = var.pass_password })
}

resource "aws_secretsmanager_secret_version" "pass_host" {
  secret_id     = "orders"
  secret_string = jsonencode({ user = var.unknown_user, host = aws_rds_cluster.pass_random.endpoint })
}

resource "aws_secretsmanager_secret_version" "pass_object" {
  secret_id     = "orders"
  secret_string = var.fail_in_object.password
}

resource "aws_elasticache_replication_group" "na_empty" {
  replication_group_id = "empty"
  description          = "empty"
  auth_token           = var.na_name == "" ? "An-example-of-1" : null
}

resource "aws_docdb_cluster" "pass_empty_variable" {
  master_username     = "app"
  master_password     = var.pass_empty == "" ? data.aws_secretsmanager_random_password.made.random_password : var.pass_empty
  skip_final_snapshot = true
}

resource "aws_ssm_parameter" "na_plain" {
  name  = "/plain"
  type  = "String"
  value = "plain"
}

resource "aws_ssm_parameter" "fail_secure" {
  name  = "/secure"
  type  = "SecureString"
  value = "An-example-of-1"
}

resource "aws_mq_broker" "pass_block" {
  broker_name        = "orders"
  engine_type        = "RabbitMQ"
  engine_version     = "3.13"
  host_instance_type = "mq.t3.micro"

  user {
    username = "app"
    password = var.fail_in_block
  }
}

module "given" {
  source   = "./module"
  password = var.fail_of_module
}

module "fail_literal" {
  source   = "./module"
  password = "An-example-of-1"
}

module "fail_default" {
  source = "./module"
}
