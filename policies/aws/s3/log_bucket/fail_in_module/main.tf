terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

module "bucket" {
  source   = "./module"
  for_each = toset(["input"])
  name     = each.key
}
