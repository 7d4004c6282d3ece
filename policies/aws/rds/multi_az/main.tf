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
  multi_az                    = false
}

resource "aws_db_instance" "fail_null" {
  identifier                  = "fail-null"
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
  multi_az                    = null
}

resource "aws_db_instance" "pass_on" {
  identifier                  = "pass-on"
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
  multi_az                    = true
}

resource "aws_db_instance" "pass_text" {
  identifier                  = "pass-text"
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
  multi_az                    = "true"
}

resource "aws_db_instance" "unknown_later" {
  identifier                  = "unknown-later"
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
  multi_az                    = terraform_data.later.output != "off"
}

resource "aws_db_instance" "na_replica" {
  identifier          = "na-replica"
  instance_class      = "db.t4g.medium"
  skip_final_snapshot = true
  replicate_source_db = aws_db_instance.pass_on.identifier
  multi_az            = false
}

module "database" {
  source = "./module"
  for_each = {
    fail_one = false
    pass_two = true
  }
  name    = each.key
  standby = each.value
}
