variable "bucket" {}

module "inner" {
  source = "./inner"
  bucket = var.bucket
}
