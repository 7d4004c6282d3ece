package lib.cidr_test

import data.lib.cidr

test_whole_ranges if {
	cidr.internet(["0.0.0.0/0"]) == ["0.0.0.0/0"]
	cidr.internet(["::/0"]) == ["::/0"]
	cidr.internet(["0:0:0:0:0:0:0:0/0", "0.0.0.0/0"]) == ["0.0.0.0/0", "::/0"]
	cidr.internet(["10.0.0.0/8", "0.0.0.0/0"]) == ["0.0.0.0/0"]
	cidr.internet([]) == []
	cidr.internet(["10.0.0.0/8"]) == []
}

test_halves_make_up_the_internet if {
	cidr.internet(["0.0.0.0/1", "128.0.0.0/1"]) == ["0.0.0.0/0"]
	cidr.internet(["::/1", "8000::/1"]) == ["::/0"]
	cidr.internet(["0.0.0.0/1", "8000::/1"]) == []
	cidr.internet(["0.0.0.0/1", "0.0.0.0/1"]) == []
}

test_uneven_parts_make_up_the_internet if {
	cidr.internet(["0.0.0.0/1", "128.0.0.0/2", "192.0.0.0/3", "224.0.0.0/3"]) == ["0.0.0.0/0"]
	cidr.internet(["0.0.0.0/1", "128.0.0.0/2", "192.0.0.0/3", "224.0.0.0/4"]) == []
	cidr.internet(["::/1", "8000::/2", "c000::/3", "e000::/3"]) == ["::/0"]
	cidr.internet(["::/1", "8000::/2", "c000::/3", "e000::/4"]) == []
}

test_overlaps_count_once if {
	cidr.internet(["0.0.0.0/1", "0.0.0.0/2", "64.0.0.0/2"]) == []
	cidr.internet(["0.0.0.0/1", "0.0.0.0/2", "128.0.0.0/1", "10.0.0.0/8"]) == ["0.0.0.0/0"]
	cidr.internet(["8000::/1", "8000:0::/1"]) == []
	cidr.internet(["::/1", "0::/1", "8000::/1"]) == ["::/0"]
}

test_what_is_no_range_is_passed_over if {
	cidr.internet(["", "x/0", "10.0.0.0", "pl-1234"]) == []
	cidr.internet(["x/0", "0.0.0.0/0"]) == ["0.0.0.0/0"]
}

test_wider if {
	cidr.wider(["10.0.0.0/8", "8.0.0.0/5", "2001:db8::/32", "2000::/3"], 8, 32) == ["2000::/3", "8.0.0.0/5"]
	cidr.wider(["10.0.0.0/8"], 9, 32) == ["10.0.0.0/8"]
	cidr.wider(["10.0.0.0/8", "2001:db8::/32"], 8, 32) == []
}
