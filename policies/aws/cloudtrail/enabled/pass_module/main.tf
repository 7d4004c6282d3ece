terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

module "audit" {
  source   = "./module"
  for_each = toset(["account"])
  name     = each.key
}
