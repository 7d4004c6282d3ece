resource "aws_subnet" "three" {
  count      = 3
  vpc_id     = "vpc-0123456789abcdef0"
  cidr_block = "10.1.${count.index}.0/24"
}

output "subnet_ids" {
  value = aws_subnet.three[*].id
}
