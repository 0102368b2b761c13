package web

import "slices"

// barred are ports from 1024 on at which something else than the web listens: those that
// browsers do not connect to either (the Fetch standard's bad ports).
var barred = []uint16{
	1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
}

// webPort reports whether a page may be at a port. Others below 1024 are those of services
// that could be made to obey what looks like a request: mail, files, printers.
func webPort(n uint16) bool {
	return n == 80 || n == 443 || n >= 1024 && !slices.Contains(barred, n)
}
