variable "public" {
  description = "How many of the two subnets are public"
  type        = number
}

resource "aws_vpc" "this" {
  cidr_block = "10.5.0.0/16"
}

resource "aws_internet_gateway" "this" {
  vpc_id = aws_vpc.this.id
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.this.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.this.id
  }
}

resource "aws_subnet" "public" {
  count      = var.public
  vpc_id     = aws_vpc.this.id
  cidr_block = "10.5.${count.index}.0/24"
}

resource "aws_subnet" "private" {
  count      = 2 - var.public
  vpc_id     = aws_vpc.this.id
  cidr_block = "10.5.${count.index + 2}.0/24"
}

resource "aws_route_table_association" "public" {
  count          = var.public
  subnet_id      = aws_subnet.public[count.index].id
  route_table_id = aws_route_table.public.id
}
