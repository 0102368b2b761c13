package poison_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"corkboard/docstore/verify/poison"
	"corkboard/internal/lean"
)

// disk is a file in memory. After fail writes it is full.
type disk struct {
	b     []byte
	fail  int // -1: never
	syncs int
	half  func() // looks in the middle of a write
}

var errFull = errors.New("full")

func (d *disk) ReadAt(b []byte, at int64) (int, error) { return bytes.NewReader(d.b).ReadAt(b, at) }

func (d *disk) WriteAt(b []byte, at int64) (int, error) {
	if d.fail == 0 {
		return 0, errFull
	}
	d.fail--
	if more := int(at) + len(b) - len(d.b); more > 0 {
		d.b = append(d.b, make([]byte, more)...)
	}
	n := copy(d.b[at:], b[:len(b)/2])
	if d.half != nil {
		d.half()
	}
	return n + copy(d.b[int(at)+n:], b[n:]), nil
}

func (d *disk) Sync() error { d.syncs++; return nil }

func hash(i int) [32]byte { return sha256.Sum256(fmt.Append(nil, i)) }

func open(t *testing.T, b []byte) (*poison.Journal, []poison.Suspect, *disk) {
	t.Helper()
	d := &disk{b: b, fail: -1}
	j, left, err := poison.New(d, int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	return j, left, d
}

// after is what the next start finds.
func after(t *testing.T, d *disk) (names []string) {
	t.Helper()
	_, left, _ := open(t, slices.Clone(d.b))
	for _, s := range left {
		names = append(names, fmt.Sprintf("%s %x", s.Document, s.Hash[:2]))
	}
	return names
}

func named(document string, numbers ...int) (out []string) {
	for _, i := range numbers {
		h := hash(i)
		out = append(out, fmt.Sprintf("%s %x", document, h[:2]))
	}
	return out
}

func begin(t *testing.T, j *poison.Journal, document string, numbers ...int) *poison.Call {
	t.Helper()
	var list [][32]byte
	for _, i := range numbers {
		list = append(list, hash(i))
	}
	c, err := j.Begin(document, list...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestWhatTheCoreWasGivenIsLeft(t *testing.T) {
	j, left, d := open(t, nil)
	if len(left) != 0 {
		t.Fatalf("an empty journal suspects %v", left)
	}
	a := begin(t, j, "a", 1, 2, 3)
	if d.syncs != 0 {
		t.Errorf("the core waits for %d syncs: a process that dies needs none", d.syncs)
	}
	a.Step()
	b := begin(t, j, "b", 4)
	if got, want := after(t, d), append(named("a", 2, 3), named("b", 4)...); !slices.Equal(got, want) {
		t.Errorf("left are %v, want %v", got, want)
	}
	a.End()
	a.Step()
	if got := after(t, d); !slices.Equal(got, named("b", 4)) {
		t.Errorf("left are %v", got)
	}
	b.End()
	if got := after(t, d); len(got) != 0 {
		t.Errorf("left are %v", got)
	}
}

func TestASuspectStaysUntilItIsSettled(t *testing.T) {
	j, _, d := open(t, nil)
	begin(t, j, "a", 1, 2)
	j, left, d := open(t, d.b)
	begin(t, j, "b", 3).End() // uses another slot
	begin(t, j, "c", 4)
	if got, want := after(t, d), append(named("a", 1, 2), named("c", 4)...); !slices.Equal(got, want) {
		t.Fatalf("left are %v, want %v", got, want)
	}
	for _, s := range left {
		if err := j.Settle(s); err != nil {
			t.Fatal(err)
		}
	}
	if got := after(t, d); !slices.Equal(got, named("c", 4)) {
		t.Errorf("left are %v", got)
	}
}

func TestAFullDiskStopsTheCall(t *testing.T) {
	for writes := range 3 {
		j, _, d := open(t, nil)
		d.fail = writes
		if _, err := j.Begin("a", hash(1), hash(2), hash(3)); !errors.Is(err, poison.ErrNotNoted) || !errors.Is(err, errFull) {
			t.Fatalf("after %d writes: got %v, want ErrNotNoted", writes, err)
		}
		d.fail = -1
		begin(t, j, "b", 4)
		if got := after(t, d); !slices.Contains(got, named("b", 4)[0]) {
			t.Errorf("after %d writes: left are %v", writes, got)
		}
	}
}

func TestTooMuchIsRefused(t *testing.T) {
	j, _, d := open(t, nil)
	if _, err := j.Begin("a", make([][32]byte, poison.MaxBatch+1)...); !errors.Is(err, poison.ErrTooMany) {
		t.Errorf("got %v, want ErrTooMany", err)
	}
	if _, err := j.Begin(strings.Repeat("a", 65), hash(1)); !errors.Is(err, poison.ErrTooMany) {
		t.Errorf("got %v, want ErrTooMany", err)
	}
	begin(t, j, strings.Repeat("a", 64), 1)
	if got := after(t, d); len(got) != 1 {
		t.Errorf("left are %v", got)
	}
}

func TestDamageIsNoSuspicion(t *testing.T) {
	j, _, d := open(t, nil)
	begin(t, j, "a", 1)
	for i := range d.b {
		b := slices.Clone(d.b)
		b[i] ^= 4
		if _, left, _ := open(t, b); len(left) != 0 {
			t.Errorf("byte %d damaged: suspects %v", i, left)
		}
		if _, left, _ := open(t, d.b[:i]); len(left) != 0 {
			t.Errorf("cut at %d: suspects %v", i, left)
		}
	}
}

// TestACrashAtAnyWrite runs many calls at random and looks after each, and in
// the middle of each write: whatever a core may be at is among the suspects.
func TestACrashAtAnyWrite(t *testing.T) {
	for seed := range uint64(50) {
		r := rand.New(rand.NewPCG(seed, 1))
		j, _, d := open(t, nil)
		var calls []*poison.Call
		var at [][]string // what each call is at
		all := func() []string { return slices.Sorted(slices.Values(slices.Concat(at...))) }
		d.half = func() {
			got := after(t, d)
			for _, name := range all() {
				if !slices.Contains(got, name) {
					t.Fatalf("seed %d: in the middle of a write %v is not among %v", seed, name, got)
				}
			}
		}
		for n := range 60 {
			i := r.IntN(len(calls) + 1)
			switch {
			case i == len(calls):
				document, numbers := string(rune('a'+r.IntN(5))), []int{2 * n, 2*n + 1}[:1+r.IntN(2)]
				calls = append(calls, begin(t, j, document, numbers...))
				at = append(at, named(document, numbers...))
			case r.IntN(2) == 0:
				at[i] = at[i][min(1, len(at[i])):]
				calls[i].Step()
			default:
				at[i] = nil
				calls[i].End()
			}
			if got := slices.Sorted(slices.Values(after(t, d))); !slices.Equal(got, all()) {
				t.Fatalf("seed %d, step %d: left are %v, want %v", seed, n, got, all())
			}
		}
	}
}

type broken struct{ disk }

func (broken) ReadAt([]byte, int64) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestAJournalThatCannotBeReadSaysSo(t *testing.T) {
	if _, _, err := poison.New(&broken{}, 128); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("got %v", err)
	}
}

func FuzzJournal(f *testing.F) {
	d := &disk{fail: -1}
	j, _, err := poison.New(d, 0)
	if err != nil {
		f.Fatal(err)
	}
	if _, err := j.Begin("document", hash(1), hash(2)); err != nil {
		f.Fatal(err)
	}
	f.Add(d.b)
	f.Fuzz(lean.One(func(t *testing.T, b []byte) {
		j, left, d := open(t, b)
		for _, s := range left {
			if err := j.Settle(s); err != nil {
				t.Fatal(err)
			}
		}
		if got := after(t, d); len(got) != 0 {
			t.Fatalf("still left: %v", got)
		}
	}))
}
