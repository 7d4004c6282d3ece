variable "password" {
  type    = string
  default = "An-example-of-1"
}

resource "aws_redshift_cluster" "main" {
  for_each            = toset(["a"])
  cluster_identifier  = each.key
  node_type           = "ra3.large"
  master_username     = "app"
  master_password     = var.password
  skip_final_snapshot = true
}
