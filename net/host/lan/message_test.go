package lan

import (
	"bytes"
	"net/netip"
	"reflect"
	"testing"

	"golang.org/x/net/dns/dnsmessage"

	"corkboard/internal/lean"
)

var sample = self{
	peer:     "12D3KooWGC6TvWhfapngX6wvJHMYvKpDMXPb3ZnCZ6dMoaMtimQ5",
	ports:    Ports{TCP: 4001, UDP: 4002},
	instance: "0123456789abcdef",
	ips:      []netip.Addr{netip.MustParseAddr("10.77.0.1"), netip.MustParseAddr("fe80::1")},
}

func TestAnswerSurvivesTheWire(t *testing.T) {
	b, err := sample.answer(0, nil)
	if err != nil {
		t.Fatal(err)
	}
	m, err := read(b)
	if err != nil {
		t.Fatal(err)
	}
	want := Found{Peer: sample.peer, Ports: sample.ports, Instance: sample.instance, IPs: sample.ips}
	if !reflect.DeepEqual(m.found, want) || m.gone || m.asked != nil {
		t.Errorf("%+v, want %+v", m, want)
	}
	if len(b) > 400 {
		t.Errorf("an answer has %d bytes", len(b))
	}
}

func TestQuestionSurvivesTheWire(t *testing.T) {
	b, err := query()
	if err != nil {
		t.Fatal(err)
	}
	m, err := read(b)
	if err != nil || m.asked == nil || !m.unicast {
		t.Fatalf("%+v, %v", m, err)
	}
	again, err := sample.answer(7, m.asked)
	if err != nil {
		t.Fatal(err)
	}
	if m, err = read(again); err != nil || m.id != 7 || m.found.Peer != sample.peer {
		t.Errorf("%+v, %v", m, err)
	}
}

func TestGoodbyeSurvivesTheWire(t *testing.T) {
	b, err := sample.goodbye()
	if err != nil {
		t.Fatal(err)
	}
	if m, err := read(b); err != nil || !m.gone || m.found.Instance != sample.instance {
		t.Errorf("%+v, %v", m, err)
	}
}

func TestNothingSpeaksOfPersonsOrDocuments(t *testing.T) {
	b, err := sample.answer(0, nil)
	if err != nil {
		t.Fatal(err)
	}
	s := sample
	s.instance, s.peer, s.ports.TCP, s.ports.UDP, s.ips = "fedcba9876543210", "12D3KooWQYhTNQdmr3ArTeUHRYzFg94BKyTkoWBDWez9kSCVe2Xo", 5001, 5002, nil
	other, err := s.answer(0, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, own := range []string{"0123456789abcdef", sample.peer, "t=4001"} {
		if !bytes.Contains(b, []byte(own)) || bytes.Contains(other, []byte(own)) {
			t.Errorf("%q does not come from the start alone", own)
		}
	}
}

func TestHostileMessages(t *testing.T) {
	question := func(n int) []byte {
		b := dnsmessage.NewBuilder(nil, dnsmessage.Header{})
		b.EnableCompression()
		b.StartQuestions()
		for range n {
			b.Question(dnsmessage.Question{Name: service, Type: dnsmessage.TypePTR, Class: inet})
		}
		out, err := b.Finish()
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	far := sample
	far.ips = []netip.Addr{netip.MustParseAddr("8.8.8.8"), netip.MustParseAddr("127.0.0.1")}
	longName := sample
	longName.peer = string(bytes.Repeat([]byte("x"), maxPeer+1))
	wrongName := sample
	wrongName.instance = "annas-laptop"
	for name, b := range map[string][]byte{
		"nothing":        {},
		"too long":       append(question(1), make([]byte, maxPacket)...),
		"many questions": question(maxQuestions + 1),
		"long peer":      must(t)(longName.answer(0, nil)),
		"wrong instance": must(t)(wrongName.answer(0, nil)),
	} {
		if m, err := read(b); err == nil {
			t.Errorf("%s: read as %+v", name, m)
		}
	}
	if m, err := read(must(t)(far.answer(0, nil))); err != nil || len(m.found.IPs) != 0 {
		t.Errorf("addresses from elsewhere are kept: %+v, %v", m.found, err)
	}
}

func must(t *testing.T) func([]byte, error) []byte {
	return func(b []byte, err error) []byte {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
}

func FuzzMessage(f *testing.F) {
	for _, make := range []func() ([]byte, error){
		query, sample.goodbye, func() ([]byte, error) { return sample.answer(0, nil) },
	} {
		if b, err := make(); err == nil {
			f.Add(b)
		}
	}
	f.Fuzz(lean.One(func(t *testing.T, b []byte) {
		m, err := read(b)
		if err != nil || m.asked != nil {
			return
		}
		if len(m.found.IPs) > maxIPs || len(m.found.Peer) > maxPeer || len(m.found.Instance) != 2*idBytes {
			t.Fatalf("too much: %+v", m.found)
		}
	}))
}
