package host

import (
	"errors"
	"strings"
	"testing"

	ma "github.com/multiformats/go-multiaddr"

	"corkboard/internal/lean"
	"corkboard/net/wire"
)

func TestParseAddress(t *testing.T) {
	const name = "/p2p/12D3KooWGC6TvWhfapngX6wvJHMYvKpDMXPb3ZnCZ6dMoaMtimQ5"
	for text, want := range map[string]string{
		" 192.168.1.7:4001 ":                 "/ip4/192.168.1.7/tcp/4001",
		"[2001:db8::1]:4001":                 "/ip6/2001:db8::1/tcp/4001",
		"[fe80::1%eth0]:4001":                "/ip6zone/eth0/ip6/fe80::1/tcp/4001",
		"keep.example:4001":                  "/dns/keep.example/tcp/4001",
		"/ip4/10.0.0.1/udp/1/quic-v1" + name: "/ip4/10.0.0.1/udp/1/quic-v1" + name,
		"/ip4/10.0.0.1/tcp/1" + name + " /ip4/10.0.0.2/tcp/1" + name: "/ip4/10.0.0.1/tcp/1" + name + " /ip4/10.0.0.2/tcp/1" + name,
	} {
		if got, err := ParseAddress(text); err != nil || string(got) != want {
			t.Errorf("%q is %q, %v; want %q", text, got, err, want)
		}
	}
	for _, text := range []string{
		"", "  ", "192.168.1.7", "host:", "host:0", "host:99999", ":4001", "a b:1", "/ip4/1.2.3.4", "/ip4/1.2.3.4/udp/1",
		"/ip4/1.2.3.4/tcp/80/ws" + name, "/ip4/10.0.0.1/udp/1/quic-v1/webtransport" + name, name,
		"/ip4/10.0.0.1/tcp/1" + name + " /ip4/10.0.0.2/tcp/1", strings.Repeat("x", 5000) + ":1",
		strings.Repeat("/ip4/10.0.0.1/tcp/1 ", 17),
	} {
		if got, err := ParseAddress(text); !errors.Is(err, ErrAddress) {
			t.Errorf("%q is %q, %v", text, got, err)
		}
	}
}

func TestSteps(t *testing.T) {
	for way, want := range map[string]wire.Step{
		"/ip4/127.0.0.1/tcp/1":            wire.StepLocal,
		"/ip4/192.168.0.9/udp/1/quic-v1":  wire.StepLocal,
		"/ip6zone/eth0/ip6/fe80::1/tcp/1": wire.StepLocal,
		"/ip6/fd00::1/tcp/1":              wire.StepLocal,
		"/ip6/2001:db8::1/tcp/1":          wire.StepDirect,
		"/ip4/192.0.0.131/udp/1/quic-v1":  wire.StepDirect,
		"/ip4/192.168.0.9/tcp/1/p2p/12D3KooWGC6TvWhfapngX6wvJHMYvKpDMXPb3ZnCZ6dMoaMtimQ5/p2p-circuit": wire.StepRelayed,
	} {
		if got := stepOf(ma.StringCast(way)); got != want {
			t.Errorf("%s is %v, want %v", way, got, want)
		}
	}
}

// An address without a name reaches whoever answers there.
func TestDialWithoutAName(t *testing.T) {
	a, b := start(t, Options{}), start(t, Options{})
	whole := string(address(t, b, "tcp"))
	bare := whole[:strings.Index(whole, "/p2p/")]
	c, err := a.Dial(within(t), wire.Address(bare))
	if err != nil {
		t.Fatal(err)
	}
	if string(c.Address()) != whole {
		t.Errorf("reached %s, want %s", c.Address(), whole)
	}
	b.Close()
	if _, err := start(t, Options{}).Dial(within(t), wire.Address(bare)); !errors.Is(err, ErrNobody) {
		t.Error(err)
	}
}

func TestLocalNetworkDialsTCPFirst(t *testing.T) {
	ways := []ma.Multiaddr{
		ma.StringCast("/ip4/192.168.0.9/udp/1/quic-v1"),
		ma.StringCast("/ip4/203.0.113.1/tcp/1"),
		ma.StringCast("/ip4/192.168.0.9/tcp/1"),
		ma.StringCast("/ip4/203.0.113.1/udp/1/quic-v1"),
	}
	ranked := rank(ways)
	if len(ranked) != len(ways) {
		t.Fatalf("%d of %d ways are tried", len(ranked), len(ways))
	}
	at := map[string]int64{}
	for _, r := range ranked {
		at[r.Addr.String()] = int64(r.Delay)
	}
	if at[ways[2].String()] != 0 || at[ways[0].String()] < int64(afterLocal) {
		t.Errorf("local: %v", ranked)
	}
	if at[ways[3].String()] != 0 || at[ways[1].String()] == 0 {
		t.Errorf("far: %v", ranked)
	}
}

func FuzzAddress(f *testing.F) {
	f.Add("192.168.1.7:4001")
	f.Add("[fe80::1%eth0]:4001")
	f.Add("/ip4/10.0.0.1/tcp/1/p2p/12D3KooWGC6TvWhfapngX6wvJHMYvKpDMXPb3ZnCZ6dMoaMtimQ5/p2p-circuit")
	f.Fuzz(lean.One(func(t *testing.T, text string) {
		to, err := ParseAddress(text)
		if err != nil {
			if !errors.Is(err, ErrAddress) {
				t.Fatalf("an error without a kind: %v", err)
			}
			return
		}
		got, err := readTarget(to)
		if err != nil || len(got.ways) == 0 {
			t.Fatalf("%q was accepted as %q, which cannot be dialled: %v", text, to, err)
		}
		for _, w := range got.ways {
			stepOf(w)
		}
	}))
}
