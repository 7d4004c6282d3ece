variable "logs" {
  type = number
}

resource "aws_vpc" "this" {
  cidr_block = "10.6.0.0/16"
}

resource "aws_flow_log" "this" {
  count                = var.logs
  vpc_id               = aws_vpc.this.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::logs"
}
