variable "routes" {
  type = number
}

resource "aws_vpc_endpoint" "this" {
  vpc_id            = "vpc-0123456789abcdef0"
  service_name      = "com.amazonaws.us-east-1.s3"
  vpc_endpoint_type = "Gateway"
}

resource "aws_vpc_endpoint_route_table_association" "this" {
  count           = var.routes
  vpc_endpoint_id = aws_vpc_endpoint.this.id
  route_table_id  = "rtb-0123456789abcdef0"
}
