locals {
  a = <<-EOT
    %{ for x in ["p","q"] ~}
    srv ${x}
    %{ endfor ~}
    end
  EOT
  b = <<EOT
  keep
    ${"x"}
EOT
  c = <<-EOT
    a
      ${~ "m" ~}

      b
  EOT
  e = { a = 1, b = 2 }
  g = <<EOT
%{ if true ~}
  yes
%{ else ~}
  no
%{ endif ~}
EOT
  h = <<-EOT
    one
  ${"two"}
      three
  EOT
  i = <<-EOT
    {
      "a": "${"b"}",

      "c": [
        1
      ]
    }
  EOT
  j = <<-EOT
  EOT
  k = "kk"
  m = [{ v = 1 }, { v = 2 }]
  n = { kk = "deep" }
}
