package identity

import (
	"bytes"
	"errors"
	"testing"

	"corkboard/record"
)

// signed is a raw record with any body, signed by a device.
func signed(d *Device, body []byte) []byte {
	sig := d.Sign(Domain, body)
	return append(append([]byte{recordVersion}, body...), sig[:]...)
}

func TestBadRecordsAreRefused(t *testing.T) {
	l, a, b, _ := trio(t)
	base := func() *fact {
		return &fact{role: byDevice, author: a.ID(), kind: setProfile, person: l.person, parents: l.Heads(), at: 5}
	}
	raw := func(change func(*fact)) []byte {
		f := base()
		change(f)
		return signed(a, f.encode())
	}
	good := raw(func(*fact) {})
	bent := bytes.Clone(good)
	bent[40] ^= 1
	newer := bytes.Clone(good)
	newer[0]++
	c := players.devices[5].Apply(l.person, "x")
	admission := func(f *fact) {
		f.kind, f.device, f.kem, f.name, f.proof = addDevice, c.Device, c.KEM, c.Name, c.Proof[:]
	}
	elsewhere := players.devices[5].Apply(PersonID{1}, "x")
	low := bytes.Clone(c.KEM)
	clear(low[KEMSize-32:])
	for name, c := range map[string]struct {
		raw  []byte
		want error
	}{
		"nothing":            {nil, record.ErrMalformed},
		"only a version":     {[]byte{1}, record.ErrMalformed},
		"zeros":              {make([]byte, 200), ErrNewer},
		"too large":          {make([]byte, MaxRecord+1), ErrTooLarge},
		"newer":              {newer, ErrNewer},
		"bent":               {bent, ErrBadSignature},
		"signed by another":  {signed(b, base().encode()), ErrBadSignature},
		"a byte more":        {signed(a, append(base().encode(), 0)), record.ErrMalformed},
		"a byte less":        {signed(a, base().encode()[:70]), record.ErrMalformed},
		"unknown role":       {raw(func(f *fact) { f.role = 2 }), record.ErrMalformed},
		"unknown kind":       {raw(func(f *fact) { f.kind = 7 }), record.ErrMalformed},
		"other person":       {raw(func(f *fact) { f.person[0]++ }), ErrOtherPerson},
		"no parents":         {raw(func(f *fact) { f.parents = nil }), record.ErrMalformed},
		"parent twice":       {raw(func(f *fact) { f.parents = append(f.parents, f.parents...) }), record.ErrMalformed},
		"too many parents":   {raw(func(f *fact) { f.parents = ascending(MaxParents + 1) }), record.ErrMalformed},
		"time":               {raw(func(f *fact) { f.at = maxTime + 1 }), record.ErrMalformed},
		"long name":          {raw(func(f *fact) { f.profile.Name = string(make([]byte, MaxName+1)) }), record.ErrMalformed},
		"line in a name":     {raw(func(f *fact) { f.profile.Name = "a\nb" }), record.ErrMalformed},
		"name not UTF-8":     {raw(func(f *fact) { f.profile.Name = "\xff" }), record.ErrMalformed},
		"words for a device": {raw(func(f *fact) { f.kind, f.recovery, f.proof = setRecovery, players.words[1].Public(), make([]byte, 64) }), record.ErrMalformed},
		"frontier":           {raw(func(f *fact) { f.kind, f.device, f.frontier = removeDevice, b.ID(), f.parents }), record.ErrMalformed},
		"sealing key":        {raw(func(f *fact) { f.kind, f.kem = setKEM, bytes.Repeat([]byte{255}, KEMSize) }), ErrBadKEM},
		"point of low order": {raw(func(f *fact) { f.kind, f.kem = setKEM, low }), ErrBadKEM},
		"proof":              {raw(func(f *fact) { admission(f); f.name = "y" }), ErrBadSignature},
		"proof elsewhere":    {raw(func(f *fact) { admission(f); f.proof = elsewhere.Proof[:] }), ErrBadSignature},
		"another genesis":    {found2(t), ErrOtherPerson},
	} {
		was := l.State()
		if err := l.Add(c.raw); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
		if l.Len() != 3 || len(l.waiting) > 0 || len(l.State().Devices) != len(was.Devices) {
			t.Fatalf("%s: the log has changed", name)
		}
	}
	if err := l.Add(good); err != nil || l.Len() != 4 {
		t.Errorf("the good one: %v", err)
	}
}

func ascending(n int) []RecordID {
	ids := make([]RecordID, n)
	for i := range ids {
		ids[i] = RecordID{byte(i >> 8), byte(i)}
	}
	return ids
}

func found2(t *testing.T) []byte {
	l, err := Found(stream(8), 1000, players.devices[0], "first", players.words[0].Public())
	if err != nil {
		t.Fatal(err)
	}
	return l.Raw(RecordID(l.person))
}

func TestRecordsWaitForTheirParents(t *testing.T) {
	whole, a, _, _ := trio(t)
	for i := range 20 {
		raw, err := whole.SetProfile(a, int64(i), Profile{})
		must(t, raw, err)
	}
	var all [][]byte
	for _, raw := range whole.Records() {
		all = append(all, raw)
	}
	l := NewLog(whole.person)
	for i := len(all) - 1; i > 0; i-- {
		if err := l.Add(all[i]); err != nil || l.Len() > 0 {
			t.Fatalf("%d records, %v", l.Len(), err)
		}
	}
	if missing := l.Missing(); len(missing) != 1 || missing[0] != RecordID(l.person) {
		t.Errorf("missing are %v, want the genesis", missing)
	}
	if s := l.State(); len(s.Devices) > 0 || len(s.Recovery) > 0 {
		t.Error("a state without a genesis")
	}
	if err := l.Add(all[0]); err != nil {
		t.Fatal(err)
	}
	same(t, 0, whole, l)
}

func TestTheWaitingRoomIsBounded(t *testing.T) {
	whole, a, _, _ := trio(t)
	l := NewLog(whole.person)
	stray := func(i int) []byte {
		f := &fact{author: a.ID(), kind: setProfile, person: l.person, parents: []RecordID{{9, byte(i), byte(i >> 8)}}}
		return signed(a, f.encode())
	}
	for i := range MaxWaiting {
		if err := l.Add(stray(i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.Add(stray(MaxWaiting)); !errors.Is(err, ErrCrowded) {
		t.Errorf("got %v, want ErrCrowded", err)
	}
	for _, raw := range whole.Records() {
		if err := l.Add(raw); err != nil {
			t.Errorf("what need not wait is refused: %v", err)
		}
	}
	if l.Len() != whole.Len() {
		t.Error("records are lost in the crowd")
	}
}

func TestWhatWaitsForARefusedRecordGoes(t *testing.T) {
	whole, a, _, _ := trio(t)
	stranger := players.devices[7]
	refused := &fact{author: stranger.ID(), kind: setProfile, person: whole.person, parents: whole.Heads()}
	id := RecordID(Hash(Domain, refused.encode()))
	child := &fact{author: a.ID(), kind: setProfile, person: whole.person, parents: []RecordID{id}}
	for _, first := range [][]byte{signed(a, child.encode()), signed(stranger, refused.encode())} {
		l := NewLog(whole.person)
		for _, raw := range [][]byte{first, signed(stranger, refused.encode()), signed(a, child.encode())} {
			l.Add(raw)
		}
		merge(t, l, whole)
		if l.Len() != whole.Len() || len(l.waiting) > 0 {
			t.Errorf("%d records, %d waiting", l.Len(), len(l.waiting))
		}
	}
}

func TestOneDeviceCannotFillTheLog(t *testing.T) {
	l, a, b, _ := trio(t)
	var err error
	written := 0
	for ; err == nil && written < 2*MaxByDevice; written++ {
		_, err = l.SetProfile(b, 1, Profile{})
	}
	if !errors.Is(err, ErrFull) || written != MaxByDevice+1 {
		t.Errorf("after %d records: %v, want ErrFull", written, err)
	}
	remove(t, l, a, b)
}

func TestManyHeadsAreBuiltOnBitByBit(t *testing.T) {
	l, a, _, _ := trio(t)
	heads := l.Heads()
	for i := range MaxParents + 20 {
		f := &fact{author: a.ID(), kind: setProfile, person: l.person, parents: heads, at: int64(i)}
		if err := l.Add(signed(a, f.encode())); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		raw, err := l.SetProfile(a, 1, Profile{Name: "end"})
		must(t, raw, err)
	}
	if n := len(l.Heads()); n != 1 {
		t.Errorf("%d heads, want one", n)
	}
}
