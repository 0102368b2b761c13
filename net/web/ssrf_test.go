package web

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
)

// inside are addresses that no page may lead this device to.
var inside = []string{
	"0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.254", "100.64.0.1", "100.127.255.254", "127.0.0.1", "127.1.2.3", "127.255.255.254",
	"169.254.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.254", "192.0.0.1", "192.0.0.170", "192.0.2.1", "192.31.196.1",
	"192.52.193.1", "192.88.99.1", "192.168.0.1", "192.168.255.254", "192.175.48.1", "198.18.0.1", "198.19.255.254", "198.51.100.7",
	"203.0.113.7", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
	"::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:0:127.0.0.1",
	"64:ff9b::127.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b::192.168.1.1", "64:ff9b:1::1", "100::1", "2001::1", "2001:0:7f00:1::1",
	"2001:2::1", "2001:10::1", "2001:20::1", "2001:db8::1", "2002:7f00:1::1", "2002:a00:1::1", "2002:c0a8:101::1", "2620:4f:8000::1",
	"3fff::1", "4000::1", "5f00::1", "fc00::1", "fd12:3456:789a::1", "fe80::1", "fec0::1", "ff02::1", "ff0e::1",
}

// guarded is a client whose connections are counted, and a server that it may reach.
type guarded struct {
	*Client
	names  *names
	server *httptest.Server
	dialed atomic.Int32 // what has passed the door
	served atomic.Int32
}

func newGuarded(t *testing.T, answer http.HandlerFunc) *guarded {
	t.Helper()
	g := &guarded{}
	g.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		g.served.Add(1)
		answer(w, r)
	}))
	t.Cleanup(g.server.Close)
	list, resolver := newNames(t)
	g.names = list
	g.Client = New(Options{Allow: netip.MustParseAddrPort(g.server.Listener.Addr().String()), Resolver: resolver})
	t.Cleanup(g.Close)
	g.passed = func(netip.AddrPort) { g.dialed.Add(1) }
	return g
}

func (g *guarded) port() string {
	_, port, _ := net.SplitHostPort(g.server.Listener.Addr().String())
	return port
}

func bracketed(a netip.Addr) string {
	if a.Is4() {
		return a.String()
	}
	return "[" + a.String() + "]"
}

func TestNoAddressInsideIsConnected(t *testing.T) {
	if len(inside) < 60 {
		t.Fatalf("there are %d addresses", len(inside))
	}
	var target atomic.Value
	target.Store("")
	g := newGuarded(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, target.Load().(string), http.StatusFound)
	})
	refused := func(how, address string) {
		t.Helper()
		if _, err := g.Get(t.Context(), address, acceptPage, MaxPage); !errors.Is(err, ErrPrivate) {
			t.Errorf("%s, %s: %v", how, address, err)
		}
	}
	for i, s := range inside {
		a := netip.MustParseAddr(s)
		if public(a) {
			t.Errorf("%s counts as public", s)
		}
		for _, port := range []string{"", ":443", ":8080", ":" + g.port()} {
			if s == "127.0.0.1" && port == ":"+g.port() || s == "::ffff:127.0.0.1" && port == ":"+g.port() {
				continue // the one that is allowed
			}
			refused("as it stands", "http://"+bracketed(a)+port+"/")
		}
		name := fmt.Sprintf("n%d.example", i)
		g.names.say(name, a)
		refused("by a name", "http://"+name+"/")
		refused("by a name, sealed", "https://"+name+"/")
	}
	if n := g.dialed.Load(); n != 0 {
		t.Fatalf("%d connections were begun", n)
	}
	for i, s := range inside { // each redirect costs the one connection to the server
		g.dialed.Store(0)
		to := "http://" + bracketed(netip.MustParseAddr(s)) + ":8080/"
		if i%2 == 0 {
			to = fmt.Sprintf("//n%d.example:8080/", i)
		}
		target.Store(to)
		g.http.CloseIdleConnections()
		refused("by a redirect", g.server.URL)
		if n := g.dialed.Load(); n > 1 {
			t.Errorf("%s: %d connections were begun", s, n)
		}
	}
}

func TestNamesThatChangeTheirAnswerAreJudgedAnew(t *testing.T) {
	g := newGuarded(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/again", http.StatusFound) })
	here := netip.MustParseAddr("127.0.0.1")
	// The first answer is the allowed address; the next connection is for another.
	for _, s := range []string{"127.0.0.2", "10.0.0.1", "169.254.169.254", "::1", "::ffff:10.0.0.1"} {
		g.names.say("rebind.example", here, netip.MustParseAddr(s))
		g.names.mu.Lock()
		clear(g.names.asked)
		g.names.mu.Unlock()
		g.dialed.Store(0)
		g.http.Transport.(*http.Transport).DisableKeepAlives = true
		_, err := g.Get(t.Context(), "http://rebind.example:"+g.port()+"/", acceptPage, MaxPage)
		if !errors.Is(err, ErrPrivate) || g.dialed.Load() != 1 {
			t.Errorf("%s: %v after %d connections", s, err, g.dialed.Load())
		}
	}
}

func TestPublicAddressesPassTheDoor(t *testing.T) {
	c := New(Options{})
	c.own = func() ([]net.Addr, error) {
		return []net.Addr{
			&net.IPNet{IP: net.ParseIP("203.2.3.4"), Mask: net.CIDRMask(24, 32)}, &net.IPNet{IP: net.ParseIP("81.2.3.4"), Mask: net.CIDRMask(8, 32)},
			&net.IPNet{IP: net.ParseIP("2a00:1:2:3::5"), Mask: net.CIDRMask(64, 128)},
		}, nil
	}
	for s, want := range map[string]bool{
		"93.184.215.14:443": true, "1.1.1.1:80": true, "[2606:4700::1111]:443": true, "[64:ff9b::1.1.1.1]:443": true, "8.8.8.8:8080": true,
		"[::ffff:1.1.1.1]:80": true, "81.9.9.9:80": true, "203.2.4.4:80": true, "[2a00:1:2:4::5]:80": true,
		"1.1.1.1:25": false, "1.1.1.1:22": false, "1.1.1.1:6667": false, "1.1.1.1:0": false,
		"203.2.3.9:80": false, "203.2.3.4:80": false, "81.2.3.4:80": false, "[2a00:1:2:3::9]:80": false, "[fe80::1%eth0]:80": false,
	} {
		if got := c.mayDial(netip.MustParseAddrPort(s)); got != want {
			t.Errorf("%s: %v, want %v", s, got, want)
		}
	}
	c.own = func() ([]net.Addr, error) { return nil, errors.New("nobody knows") }
	if c.mayDial(netip.MustParseAddrPort("1.1.1.1:80")) {
		t.Error("it dials without knowing its own addresses")
	}
}

func TestAddressesThatAreNotAskedFor(t *testing.T) {
	g := newGuarded(t, func(http.ResponseWriter, *http.Request) {})
	for _, s := range []string{
		"", "example.org", "file:///etc/passwd", "ftp://example.org/", "gopher://example.org/", "javascript:alert(1)", "http://", "http:///x",
		"http://example.org:22/", "http://example.org:25/", "http://example.org:6667/", "http://example.org:99999/", "http:example.org",
		"https://example.org/" + strings.Repeat("a", maxURL),
	} {
		if _, err := g.Get(t.Context(), s, acceptPage, MaxPage); !errors.Is(err, ErrAddress) {
			t.Errorf("%.60q: %v", s, err)
		}
	}
	// Numbers that some systems take for addresses are looked up, and judged after it.
	for _, s := range []string{"http://2130706433/", "http://0x7f.1/", "http://0177.0.0.1/", "http://127.1/", "http://localhost:8765/", "http://[::1%25lo]:8080/"} {
		if _, err := g.Get(t.Context(), s, acceptPage, MaxPage); err == nil {
			t.Errorf("%s was fetched", s)
		}
	}
	if n := g.dialed.Load(); n != 0 {
		t.Errorf("%d connections were begun", n)
	}
}
