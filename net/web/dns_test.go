package web

import (
	"context"
	"net"
	"net/netip"
	"sync"
	"testing"

	"golang.org/x/net/dns/dnsmessage"
)

// names is a name server of a test: each question about a name gets the next of its
// answers, the last one again and again.
type names struct {
	mu      sync.Mutex
	answers map[string][]netip.Addr // by name with a dot at its end
	asked   map[string]int
}

// newNames starts a name server and gives a resolver that asks it alone.
func newNames(t *testing.T) (*names, *net.Resolver) {
	t.Helper()
	n := &names{answers: map[string][]netip.Addr{}, asked: map[string]int{}}
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	go func() {
		buf := make([]byte, 1500)
		for {
			size, from, err := conn.ReadFrom(buf)
			if err != nil {
				return
			}
			if reply, ok := n.answer(buf[:size]); ok {
				_, _ = conn.WriteTo(reply, from)
			}
		}
	}()
	return n, &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
}

func (n *names) answer(question []byte) ([]byte, bool) {
	var m dnsmessage.Message
	if m.Unpack(question) != nil || len(m.Questions) != 1 {
		return nil, false
	}
	q := m.Questions[0]
	name := q.Name.String()
	n.mu.Lock()
	list, known := n.answers[name]
	var to netip.Addr
	if len(list) > 0 {
		to = list[min(n.asked[name], len(list)-1)]
	}
	v4 := to.Is4()
	if fits := v4 && q.Type == dnsmessage.TypeA || !v4 && q.Type == dnsmessage.TypeAAAA; fits && known {
		n.asked[name]++
		m.Answers = []dnsmessage.Resource{{Header: dnsmessage.ResourceHeader{Name: q.Name, Class: dnsmessage.ClassINET}}}
		if v4 {
			m.Answers[0].Body = &dnsmessage.AResource{A: to.As4()}
		} else {
			m.Answers[0].Body = &dnsmessage.AAAAResource{AAAA: to.As16()}
		}
	}
	n.mu.Unlock()
	m.Response, m.Authoritative = true, true
	m.Additionals = nil
	if !known {
		m.RCode = dnsmessage.RCodeNameError
	}
	b, err := m.Pack()
	return b, err == nil
}

func (n *names) say(name string, answers ...netip.Addr) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.answers[name+"."] = answers
}
