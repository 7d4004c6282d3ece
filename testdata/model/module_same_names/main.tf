# The same module called twice: each block belongs to the bucket beside it.
module "one" {
  source = "./bucket"
}

module "two" {
  source = "./bucket"
}
