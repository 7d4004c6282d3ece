terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

module "config" {
  source   = "./module"
  for_each = toset(["main"])
  name     = each.key
}
