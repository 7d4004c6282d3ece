# Address ranges: IPv4 beside IPv6, and ranges that together span the internet.
package lib.cidr

# internet(["0.0.0.0/1", "128.0.0.0/1", "10.0.0.0/8"]) -> ["0.0.0.0/0"]
#
# Which of 0.0.0.0/0 and ::/0 the ranges make up, alone or together.
internet(ranges) := [whole |
	some whole in ["0.0.0.0/0", "::/0"]
	spans(family(whole, ranges))
] if {
	may_span(ranges)
}

else := []

# One range, unless it is a whole one, needs no arithmetic.
may_span(ranges) if count(ranges) > 1

may_span(ranges) if {
	some range in ranges
	endswith(range, "/0")
}

# wider(["10.0.0.0/8", "8.0.0.0/5"], 8, 32) -> ["8.0.0.0/5"]
#
# The ranges that are wider than a prefix of that length, in IPv4 and IPv6.
wider(ranges, shortest, shortest_ipv6) := sort({range |
	some range in family("0.0.0.0/0", ranges)
	prefix(range) < shortest
} | {range |
	some range in family("::/0", ranges)
	prefix(range) < shortest_ipv6
})

# The valid ranges of the family that a whole one stands for.
family("0.0.0.0/0", ranges) := {range |
	some range in ranges
	net.cidr_is_valid(range)
	not contains(range, ":")
}

family("::/0", ranges) := {range |
	some range in ranges
	net.cidr_is_valid(range)
	contains(range, ":")
}

prefix(range) := to_number(split(range, "/")[1])

spans(ranges) if {
	some range in ranges
	prefix(range) == 0
}

# No two of the outermost ranges overlap, so their sizes add up.
spans(ranges) if {
	size(ranges) >= all_addresses
	size(outermost(ranges)) >= all_addresses
}

# In units of a /32: exact for IPv4; no rule holds enough IPv6 ranges for narrower ones to matter.
all_addresses := power_of_two(32)

size(ranges) := sum([power_of_two(32 - min([32, prefix(range)])) | some range in ranges])

power_of_two(0) := 1

power_of_two(exponent) := product([2 | some _ in numbers.range(1, exponent)]) if exponent > 0

outermost(ranges) := {range | some range, length in lengths; not is_within_another(range, length, lengths)} if {
	lengths := {range: prefix(range) | some range in ranges}
}

is_within_another(range, length, lengths) if {
	some other, other_length in lengths
	other_length < length
	net.cidr_contains(other, range)
}

# Of two spellings of one range, the first counts; narrow ones are too many to compare, and too small to matter.
is_within_another(range, length, lengths) if {
	length <= 4
	some other, other_length in lengths
	other_length == length
	other < range
	net.cidr_contains(other, range)
}
