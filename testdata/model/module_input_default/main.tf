# A variable that the caller leaves out, or sets to null, has its default.
module "left_out" {
  source = "./bucket"
}

module "null" {
  source  = "./bucket"
  key_arn = null
}
