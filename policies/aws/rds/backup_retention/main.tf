terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "terraform_data" "days" {
  input = 14
}

resource "aws_db_instance" "fail_left_out" {
  identifier                  = "fail-left-out"
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
}

resource "aws_db_instance" "fail_none" {
  identifier                  = "fail-none"
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
  backup_retention_period     = 0
}

resource "aws_db_instance" "fail_six" {
  identifier                  = "fail-six"
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
  backup_retention_period     = 6
}

resource "aws_db_instance" "fail_null" {
  identifier                  = "fail-null"
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
  backup_retention_period     = null
}

resource "aws_db_instance" "pass_seven" {
  identifier                  = "pass-seven"
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
  backup_retention_period     = 7
}

resource "aws_db_instance" "pass_text" {
  identifier                  = "pass-text"
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
  backup_retention_period     = "14"
}

resource "aws_db_instance" "unknown_later" {
  identifier                  = "unknown-later"
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
  backup_retention_period     = terraform_data.days.output
}

resource "aws_db_instance" "na_replica" {
  identifier          = "na-replica"
  instance_class      = "db.t4g.medium"
  skip_final_snapshot = true
  replicate_source_db = aws_db_instance.pass_seven.identifier
}

resource "aws_rds_cluster" "fail_cluster" {
  cluster_identifier          = "fail-cluster"
  engine                      = "aurora-postgresql"
  master_username             = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
}

resource "aws_rds_cluster" "pass_cluster" {
  cluster_identifier          = "pass-cluster"
  engine                      = "aurora-postgresql"
  master_username             = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
  backup_retention_period     = 35
}

resource "aws_rds_cluster" "unknown_cluster" {
  cluster_identifier          = "unknown-cluster"
  engine                      = "aurora-postgresql"
  master_username             = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
  backup_retention_period     = terraform_data.days.output
}

resource "aws_rds_cluster" "na_cluster_of_another" {
  cluster_identifier            = "na-cluster-of-another"
  engine                        = "aurora-postgresql"
  skip_final_snapshot           = true
  replication_source_identifier = "arn:aws:rds:eu-west-1:123456789012:cluster:main"
}

module "database" {
  source = "./module"
  for_each = {
    fail_day  = 1
    pass_week = 7
  }
  name = each.key
  days = each.value
}
