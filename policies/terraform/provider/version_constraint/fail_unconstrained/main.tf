# The root requires no version of the provider.
module "fail_outer" {
  source = "./outer"
}

module "na_built_in" {
  source = "./built_in"
}
