# Outputs of a module that is called are not examined.
output "inner" {
  value = "e"
}
