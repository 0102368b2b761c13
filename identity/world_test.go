package identity

import (
	"fmt"
	"math/rand"
	"reflect"
	"testing"

	"corkboard/internal/racefree"
)

// A cast is the keys that a test plays with, made once: they cost the most.
type cast struct {
	devices []*Device
	words   []*Recovery
}

var players = func() cast {
	var c cast
	for i := range 12 {
		d, err := NewDevice(stream(int64(1000 + i)))
		if err != nil {
			panic(err)
		}
		c.devices = append(c.devices, d)
	}
	for i := range 3 {
		w, err := NewWords(stream(int64(2000 + i)))
		if err != nil {
			panic(err)
		}
		r, err := w.Recovery()
		if err != nil {
			panic(err)
		}
		c.words = append(c.words, r)
	}
	return c
}()

// found is a person with the first device and the first words.
func found(t testing.TB, first *Device) *Log {
	t.Helper()
	l, err := Found(stream(7), 1000, first, "first", players.words[0].Public())
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// fork is another replica with the same records.
func fork(t testing.TB, l *Log) *Log {
	t.Helper()
	f := NewLog(l.person)
	merge(t, f, l)
	return f
}

// merge brings what from knows to l.
func merge(t testing.TB, l, from *Log) {
	t.Helper()
	for id, raw := range from.Records() {
		if err := l.Add(raw); err != nil {
			t.Fatalf("%v: %v", id, err)
		}
	}
}

// must is for writes that have to work.
func must(t testing.TB, raw []byte, err error) RecordID {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	_, id, err := CheckRecord(raw)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func add(t testing.TB, l *Log, by Signer, d *Device) RecordID {
	t.Helper()
	raw, err := l.AddDevice(by, 2000, d.Apply(l.person, "more"))
	return must(t, raw, err)
}

func remove(t testing.TB, l *Log, by Signer, d *Device) RecordID {
	t.Helper()
	raw, err := l.RemoveDevice(by, 3000, d.ID())
	return must(t, raw, err)
}

// randomGraph lets replicas write, each what its own log allows, and meet now
// and then; it returns all records.
func randomGraph(t testing.TB, random *rand.Rand, steps int) *Log {
	t.Helper()
	whole := found(t, players.devices[0])
	replicas := []*Log{fork(t, whole), fork(t, whole), fork(t, whole), fork(t, whole)}
	for step := range steps {
		l := replicas[random.Intn(len(replicas))]
		if random.Intn(6) == 0 {
			merge(t, l, replicas[random.Intn(len(replicas))])
			continue
		}
		if raw := randomWrite(l, random, step); raw != nil {
			if err := whole.Add(raw); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, l := range replicas {
		merge(t, whole, l)
	}
	return whole
}

// randomWrite is nil if the signer was not entitled.
func randomWrite(l *Log, random *rand.Rand, step int) []byte {
	by, other := member(l, random), players.devices[random.Intn(12)]
	words := players.words[random.Intn(3)]
	var signer Signer = by
	if random.Intn(8) == 0 {
		signer = words
	}
	var raw []byte
	switch random.Intn(10) {
	case 0, 1, 2, 3:
		raw, _ = l.AddDevice(signer, int64(step), other.Apply(l.person, fmt.Sprint(step)))
	case 4, 5:
		raw, _ = l.RemoveDevice(signer, int64(step), other.ID())
	case 6:
		if random.Intn(3) > 0 {
			break
		}
		raw, _ = l.RemoveDeviceAfter(words, int64(step), other.ID(), someHeads(l, random))
	case 7:
		raw, _ = l.SetKEM(by, int64(step))
	case 8:
		raw, _ = l.SetProfile(signer, int64(step), Profile{Name: fmt.Sprint(step)})
	case 9:
		raw, _ = l.SetRecovery(words, int64(step), players.words[random.Intn(3)])
	}
	return raw
}

// member is mostly a device that belongs, as it sees things itself.
func member(l *Log, random *rand.Rand) *Device {
	s, start := l.State(), random.Intn(12)
	for i := range players.devices {
		if d := players.devices[(start+i)%12]; s.Active(d.ID()) && random.Intn(20) > 0 {
			return d
		}
	}
	return players.devices[start]
}

func someHeads(l *Log, random *rand.Rand) []RecordID {
	var ids []RecordID
	for range 1 + random.Intn(2) {
		ids = append(ids, l.order[random.Intn(len(l.order))].id)
	}
	return ids
}

// raws are the records of a log in a random order, some of them twice.
func raws(l *Log, random *rand.Rand) [][]byte {
	var out [][]byte
	for _, raw := range l.Records() {
		out = append(out, raw)
		if random.Intn(5) == 0 {
			out = append(out, raw)
		}
	}
	random.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

func TestEveryOrderGivesTheSameState(t *testing.T) {
	racefree.Long(t)
	void, removed := 0, 0
	for seed := range int64(80) {
		random := stream(seed)
		whole := randomGraph(t, random, 60)
		void += len(whole.Void())
		for _, d := range whole.State().Devices {
			if d.Removed {
				removed++
			}
		}
		for range 3 {
			l := NewLog(whole.person)
			for _, raw := range raws(whole, random) {
				if err := l.Add(raw); err != nil {
					t.Fatalf("seed %d: %v", seed, err)
				}
				l.State() // what was judged on the way must not matter
			}
			same(t, seed, whole, l)
		}
	}
	if void < 100 || removed < 100 {
		t.Errorf("only %d void records and %d removed devices: the graphs are too tame", void, removed)
	}
}

func same(t *testing.T, seed int64, want, got *Log) {
	t.Helper()
	for what, pair := range map[string][2]any{
		"state":   {want.State(), got.State()},
		"void":    {want.Void(), got.Void()},
		"heads":   {want.Heads(), got.Heads()},
		"missing": {[]RecordID{}, got.Missing()},
		"length":  {want.Len(), got.Len()},
	} {
		if !reflect.DeepEqual(pair[0], pair[1]) {
			t.Fatalf("seed %d: another %s:\n%v\n%v", seed, what, pair[0], pair[1])
		}
	}
}
