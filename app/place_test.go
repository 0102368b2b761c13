package app

import "testing"

func TestPlacesAsPeopleWriteThem(t *testing.T) {
	for in, want := range map[string]string{
		"/dns4/storage.example/tcp/4001/p2p/12D3KooW /dns4/storage.example/udp/4001/quic-v1": "storage.example:4001",
		"/ip4/192.0.2.7/udp/4001/quic-v1":         "192.0.2.7:4001",
		"/ip6zone/eth0/ip6/fe80::1/tcp/7":         "[fe80::1]:7",
		" /ip6/2001:db8::1/tcp/4001/p2p/12D3KooW": "[2001:db8::1]:4001",
		"attic":         "attic",
		"":              "",
		"/ip4":          "/ip4",
		"a\u202ettic x": "attic",
	} {
		if got := PlaceOf(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
