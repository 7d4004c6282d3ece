terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

variable "environment" {
  type    = string
  default = "production"
}

locals {
  name = "orders-${var.environment}"
  time = formatdate("YYYYMMDDhhmm", timestamp())
}

# Its id is new with each stack.
resource "terraform_data" "snapshot" {}

resource "aws_db_instance" "fail_skipped" {
  identifier                  = "fail-skipped"
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
}

resource "aws_db_instance" "fail_no_name" {
  identifier                  = "fail-no-name"
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
}

resource "aws_db_instance" "fail_literal" {
  identifier                  = "fail-literal"
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  final_snapshot_identifier   = "orders-final"
}

resource "aws_db_instance" "fail_variable" {
  identifier                  = "fail-variable"
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  final_snapshot_identifier   = "orders-${var.environment}"
  skip_final_snapshot         = "false"
}

resource "aws_db_instance" "fail_local" {
  identifier                  = "fail-local"
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  final_snapshot_identifier   = "${local.name}-final"
}

resource "aws_db_instance" "pass_resource" {
  identifier                  = "pass-resource"
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  final_snapshot_identifier   = "orders-${terraform_data.snapshot.id}"
}

resource "aws_db_instance" "pass_timestamp" {
  identifier                  = "pass-timestamp"
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  final_snapshot_identifier   = "orders-${formatdate("YYYYMMDDhhmm", timestamp())}"
}

resource "aws_db_instance" "pass_local_time" {
  identifier                  = "pass-local-time"
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  final_snapshot_identifier   = "${local.name}-${local.time}"
}

resource "aws_db_instance" "pass_uuid" {
  identifier                  = "pass-uuid"
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  final_snapshot_identifier   = "orders-${uuid()}"
}

# What a call without a reference gives, only the configuration tells.
resource "aws_db_instance" "unknown_plantimestamp" {
  identifier                  = "unknown-plantimestamp"
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  final_snapshot_identifier   = "orders-${formatdate("YYYYMMDDhhmm", plantimestamp())}"
}

resource "aws_db_instance" "unknown_plantimestamp_and_variable" {
  identifier                  = "unknown-plantimestamp-and-variable"
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  final_snapshot_identifier   = "${var.environment}-${formatdate("YYYYMMDDhhmm", plantimestamp())}"
}

resource "aws_db_instance" "unknown_skipped" {
  identifier                  = "unknown-skipped"
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  final_snapshot_identifier   = "orders-${terraform_data.snapshot.id}"
  skip_final_snapshot         = terraform_data.snapshot.id != ""
}

resource "aws_db_instance" "na_replica" {
  identifier          = "na-replica"
  instance_class      = "db.t4g.medium"
  skip_final_snapshot = true
  replicate_source_db = aws_db_instance.pass_resource.identifier
}

resource "aws_rds_cluster" "fail_cluster_skipped" {
  cluster_identifier          = "fail-cluster-skipped"
  engine                      = "aurora-postgresql"
  master_username             = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
}

resource "aws_rds_cluster" "fail_cluster" {
  cluster_identifier          = "fail-cluster"
  engine                      = "aurora-postgresql"
  master_username             = "app"
  manage_master_user_password = true
  final_snapshot_identifier   = "orders-final"
}

resource "aws_rds_cluster" "pass_cluster" {
  cluster_identifier          = "pass-cluster"
  engine                      = "aurora-postgresql"
  master_username             = "app"
  manage_master_user_password = true
  final_snapshot_identifier   = "orders-${terraform_data.snapshot.id}"
}

module "database" {
  source = "./module"
  for_each = {
    fail_literal = "orders-final"
    fail_other   = "jobs-final"
  }
  name     = each.key
  snapshot = each.value
}

module "pass_id" {
  source   = "./module"
  name     = "new-id"
  snapshot = "orders-${terraform_data.snapshot.id}"
}
