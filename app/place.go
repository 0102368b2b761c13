package app

import (
	"net"
	"strings"

	"corkboard/cards"
)

// PlaceOf is the host and the port of the first of some addresses, as people write
// them: "storage.example:4001". What is no such address stays as it is, on one line.
func PlaceOf(addresses string) string {
	first, _, _ := strings.Cut(strings.TrimSpace(addresses), " ")
	parts := strings.Split(first, "/")
	for i := 1; i+3 < len(parts); i += 2 {
		switch parts[i] {
		case "ip4", "ip6", "dns", "dns4", "dns6":
			return cards.CleanName(net.JoinHostPort(parts[i+1], parts[i+3]))
		}
	}
	return cards.CleanName(first)
}
