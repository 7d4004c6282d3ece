terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_db_instance" "fail_left_out" {
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  skip_final_snapshot         = true
}

resource "aws_db_instance" "fail_none" {
  engine                          = "postgres"
  instance_class                  = "db.t4g.medium"
  allocated_storage               = 20
  username                        = "app"
  manage_master_user_password     = true
  skip_final_snapshot             = true
  enabled_cloudwatch_logs_exports = []
}

resource "aws_db_instance" "pass_one" {
  engine                          = "postgres"
  instance_class                  = "db.t4g.medium"
  allocated_storage               = 20
  username                        = "app"
  manage_master_user_password     = true
  skip_final_snapshot             = true
  enabled_cloudwatch_logs_exports = ["postgresql"]
}

resource "aws_db_instance" "pass_several" {
  engine                          = "mysql"
  instance_class                  = "db.t4g.medium"
  allocated_storage               = 20
  username                        = "app"
  manage_master_user_password     = true
  skip_final_snapshot             = true
  enabled_cloudwatch_logs_exports = ["error", "slowquery"]
}

# What only apply tells.
resource "terraform_data" "later" {
  input = ["postgresql"]
}

resource "aws_db_instance" "unknown_exports" {
  engine                          = "postgres"
  instance_class                  = "db.t4g.medium"
  allocated_storage               = 20
  username                        = "app"
  manage_master_user_password     = true
  skip_final_snapshot             = true
  enabled_cloudwatch_logs_exports = terraform_data.later.output
}

module "database" {
  source   = "./module"
  for_each = { fail_module = [], pass_module = ["audit"] }
  exports  = each.value
}
