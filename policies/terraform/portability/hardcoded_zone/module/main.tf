variable "zones" {}

resource "aws_ebs_volume" "this" {
  size              = 1
  availability_zone = var.zones[0]
}
