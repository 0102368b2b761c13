package identity

import (
	"testing"
)

func BenchmarkSign(b *testing.B) {
	d, body := newTestDevice(b, 1), make([]byte, 300)
	for b.Loop() {
		d.Sign(Domain, body)
	}
}

func BenchmarkVerify(b *testing.B) {
	d, body := newTestDevice(b, 1), make([]byte, 300)
	id, sig := d.ID(), d.Sign(Domain, body)
	for b.Loop() {
		if err := Verify(id, Domain, body, sig[:]); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSeal(b *testing.B) {
	kem, key := newTestDevice(b, 1).KEM(), make([]byte, 32)
	for b.Loop() {
		if _, err := Seal(kem, nil, key); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	d := newTestDevice(b, 1)
	sealed, err := Seal(d.KEM(), nil, make([]byte, 32))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := d.Open(sealed, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkNewDevice(b *testing.B) {
	random := stream(1)
	for b.Loop() {
		if _, err := NewDevice(random); err != nil {
			b.Fatal(err)
		}
	}
}

// A log of 1,000 records in a chain, added to an empty one and judged once.
func BenchmarkLog1000(b *testing.B) {
	l := found(b, players.devices[0])
	add(b, l, players.devices[0], players.devices[1])
	for l.Len() < 1000 {
		raw, err := l.SetProfile(players.devices[l.Len()%2], 1, Profile{})
		must(b, raw, err)
	}
	for b.Loop() {
		again := NewLog(l.person)
		merge(b, again, l)
		again.State()
	}
}

// The verdict alone on 1,000 records of ten devices that write side by side,
// two of which are removed meanwhile.
func BenchmarkState1000(b *testing.B) {
	l := found(b, players.devices[0])
	for _, d := range players.devices[1:10] {
		add(b, l, players.devices[0], d)
	}
	for round := int64(0); l.Len() < 1000; round++ {
		heads, state := l.Heads(), l.State()
		for _, d := range players.devices[:10] {
			if !state.Active(d.ID()) {
				continue
			}
			f := &fact{author: d.ID(), kind: setProfile, person: l.person, parents: heads, at: round}
			if err := l.Add(signed(d, f.encode())); err != nil {
				b.Fatal(err)
			}
		}
		if round%40 == 20 {
			f := &fact{author: players.devices[0].ID(), kind: removeDevice, person: l.person, parents: heads,
				device: players.devices[9-round/40].ID()}
			if err := l.Add(signed(players.devices[0], f.encode())); err != nil {
				b.Fatal(err)
			}
		}
	}
	for b.Loop() {
		l.now = nil
		l.State()
	}
	b.ReportMetric(float64(l.Len()), "records")
	b.ReportMetric(float64(len(l.Void())), "void")
}
