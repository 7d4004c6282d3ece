module "inner" {
  source = "./inner"
}

output "bucket" {
  value = module.inner.bucket
}
