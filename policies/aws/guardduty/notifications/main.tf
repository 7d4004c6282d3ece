terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

module "account" {
  source = "./module"
  for_each = {
    pass_one   = true
    pass_other = true
  }
  name = each.key
}
