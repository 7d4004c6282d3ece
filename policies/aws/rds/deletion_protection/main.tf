terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "terraform_data" "later" {
  input = "known after apply"
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

resource "aws_db_instance" "fail_off" {
  identifier                  = "fail-off"
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
  deletion_protection         = false
}

resource "aws_db_instance" "fail_null" {
  identifier                  = "fail-null"
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
  deletion_protection         = null
}

resource "aws_db_instance" "pass_on" {
  identifier                  = "pass-on"
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
  deletion_protection         = true
}

resource "aws_db_instance" "pass_text" {
  identifier                  = "pass-text"
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
  deletion_protection         = "true"
}

resource "aws_db_instance" "unknown_later" {
  identifier                  = "unknown-later"
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
  deletion_protection         = terraform_data.later.output != "off"
}

resource "aws_db_instance" "fail_replica" {
  identifier          = "fail-replica"
  instance_class      = "db.t4g.medium"
  skip_final_snapshot = true
  replicate_source_db = aws_db_instance.pass_on.identifier
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
  deletion_protection         = true
}

resource "aws_rds_cluster" "unknown_cluster" {
  cluster_identifier          = "unknown-cluster"
  engine                      = "aurora-postgresql"
  master_username             = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
  deletion_protection         = terraform_data.later.output != "off"
}

resource "aws_rds_global_cluster" "fail_global" {
  global_cluster_identifier = "fail-global"
  engine                    = "aurora-postgresql"
}

resource "aws_rds_global_cluster" "pass_global" {
  global_cluster_identifier = "pass-global"
  engine                    = "aurora-postgresql"
  deletion_protection       = true
}

module "database" {
  source = "./module"
  for_each = {
    fail_off = false
    pass_on  = true
  }
  name      = each.key
  protected = each.value
}
