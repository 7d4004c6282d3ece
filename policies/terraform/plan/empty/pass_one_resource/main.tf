module "data" {
  source = "./module"
}
