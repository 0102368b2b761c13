package engine

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"corkboard/doc"
	"corkboard/docstore/engine/vm"
)

func box(t testing.TB, o Options) *Sandbox {
	t.Helper()
	if o.Cache == "" {
		o.Cache = TestCache
	}
	s := Sandboxed(o)
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

var actors atomic.Uint64 // that were made up

func open(t testing.TB, s *Sandbox, saved []byte, chunks ...[]byte) *document {
	t.Helper()
	d, err := s.Load(saved, chunks, binary.BigEndian.AppendUint64(make([]byte, 8), actors.Add(1)))
	if err != nil {
		t.Fatal(err)
	}
	return d.(*document)
}

func write(t testing.TB, d Doc, path, value string) []byte {
	t.Helper()
	c, err := d.Apply([]doc.Edit{doc.Put{Path: doc.At(path), Value: value}}, "", 0)
	if err != nil {
		t.Fatal(err)
	}
	return c.Body
}

func reads(t testing.TB, d Doc, path string, want doc.Value) {
	t.Helper()
	got, _, err := d.Read(doc.At(path))
	if err != nil || !doc.Equal(got, want) {
		t.Fatalf("%s is %v, %v, want %v", path, got, err, want)
	}
}

// blow makes the code read where there is no memory.
func blow(d *document) error {
	return d.use(func(c *core) error { return c.do("automerge_getHeads", vm.Pointer(0xfffffff0)) })
}

func (s *Sandbox) alive() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.machines)
}

// large is a save that does not share a VM.
func large(t testing.TB, s *Sandbox) []byte {
	t.Helper()
	d := open(t, s, nil)
	defer d.Close()
	noise := make([]byte, 2*small)
	for i, x := 0, uint32(1); i < len(noise); i++ {
		x = x*1664525 + 1013904223
		noise[i] = byte(x >> 24)
	}
	if _, err := d.Apply([]doc.Edit{doc.Put{Path: doc.At("a"), Value: noise}}, "", 0); err != nil {
		t.Fatal(err)
	}
	return d.Save()
}

func TestATrapCostsOneVM(t *testing.T) {
	s := box(t, Options{})
	first, second := open(t, s, nil), open(t, s, nil)
	chunk := write(t, first, "a", "first")
	write(t, second, "a", "second")
	alone := open(t, s, large(t, s))
	if first.home != second.home || alone.home == first.home {
		t.Fatal("small documents share a VM, a large one has its own")
	}
	heads := first.Heads()
	if err := blow(first); !errors.Is(err, ErrTrap) {
		t.Fatalf("got %v, want ErrTrap", err)
	}
	for _, d := range []*document{first, second} {
		if _, err := d.Tree(); !errors.Is(err, ErrTrap) {
			t.Fatalf("a document in the dead VM says %v", err)
		}
		if _, err := d.Apply([]doc.Edit{doc.Put{Path: doc.At("b")}}, "", 0); !errors.Is(err, ErrTrap) {
			t.Fatalf("a document in the dead VM says %v", err)
		}
		if d.Save() != nil {
			t.Fatal("a document in the dead VM was saved")
		}
	}
	if !slices.Equal(first.Heads(), heads) {
		t.Fatal("the heads are forgotten")
	}
	write(t, alone, "b", "lives")
	again := open(t, s, nil, chunk)
	reads(t, again, "a", "first")
	for _, d := range []*document{first, second, alone, again} {
		d.Close()
	}
	if n := s.alive(); n > 1 {
		t.Fatalf("%d VMs for no document", n)
	}
}

func TestMemoryIsLimited(t *testing.T) {
	save := large(t, box(t, Options{}))
	s := box(t, Options{Memory: 2 << 20})
	small := open(t, s, nil)
	write(t, small, "a", "x")
	var err error
	var lists [][]byte
	for i := range 40 {
		lists = append(lists, bytes.Repeat([]byte{byte(i)}, 64<<10))
	}
	big := open(t, s, nil)
	for i := 0; err == nil && i < len(lists); i++ {
		_, err = big.Apply([]doc.Edit{doc.Put{Path: doc.At(strconv.Itoa(i)), Value: lists[i]}}, "", 0)
	}
	if !errors.Is(err, ErrTrap) {
		t.Fatalf("2.5 MB in 2 MB give %v, want ErrTrap", err)
	}
	again := open(t, s, nil)
	write(t, again, "a", "x")
	d, err := s.Load(save, nil, make([]byte, 16))
	if err == nil {
		d.Close()
	} else if !errors.Is(err, ErrTrap) {
		t.Fatal(err)
	}
}

func TestTheOldestRests(t *testing.T) {
	s := box(t, Options{VMs: 2, Tenants: 1})
	var all []*document
	for i := range 5 {
		d := open(t, s, nil)
		write(t, d, "a", strconv.Itoa(i))
		all = append(all, d)
		if n := s.alive(); n > 2 {
			t.Fatalf("%d VMs, allowed are 2", n)
		}
	}
	if all[0].home != nil || all[2].home != nil || all[3].home == nil || all[4].home == nil {
		t.Fatal("others rest than those that were used longest ago")
	}
	early := open(t, s, nil)
	late := open(t, s, nil, write(t, early, "x", "1"))
	after := write(t, late, "y", "2")
	if _, err := all[1].Merge([][]byte{after}); err != nil {
		t.Fatal(err)
	}
	reads(t, all[0], "a", "0") // pushes others out
	reads(t, all[2], "a", "2")
	if all[1].home != nil {
		t.Fatal("the document did not rest")
	}
	before, err := late.Changes()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := all[1].Merge([][]byte{before[0].Body}); err != nil {
		t.Fatal(err)
	}
	reads(t, all[1], "y", "2") // what waited still does
	for i, d := range all {
		reads(t, d, "a", strconv.Itoa(i))
		d.Close()
	}
	early.Close()
	late.Close()
	if n := s.alive(); n > 1 {
		t.Fatalf("%d VMs for no document", n)
	}
}

func TestNothingLeaks(t *testing.T) {
	s := box(t, Options{})
	base := open(t, s, nil)
	for i := range 20 {
		write(t, base, strconv.Itoa(i), "x")
	}
	save := base.Save()
	round := func() {
		for i := range 300 {
			d := open(t, s, save)
			if _, err := d.Tree(); err != nil {
				t.Fatal(err)
			}
			write(t, d, "y", "z")
			d.Close()
			write(t, base, "moving", strconv.Itoa(i))
			if _, err := s.Load([]byte("damaged"), nil, make([]byte, 16)); !errors.Is(err, ErrBadChunk) {
				t.Fatal(err)
			}
			if _, err := base.Merge([][]byte{[]byte("damaged")}); !errors.Is(err, ErrBadChunk) {
				t.Fatal(err)
			}
		}
	}
	round()
	size := base.home.size
	for range 6 {
		round()
	}
	// The history of base grows by some 100 kB.
	if grown := base.home.size - size; grown > 1<<20 || s.alive() != 1 {
		t.Fatalf("%d bytes more in %d VMs", grown, s.alive())
	}
}

func TestManyAtOnce(t *testing.T) {
	s := box(t, Options{VMs: 3, Tenants: 2})
	var lost atomic.Int32
	one := func(name string) error {
		d := open(t, s, nil)
		defer d.Close()
		for n := range 5 {
			edits := []doc.Edit{doc.Put{Path: doc.At("n"), Value: fmt.Sprint(name, n)}}
			if _, err := d.Apply(edits, "", 0); err != nil {
				return err
			}
		}
		if name[len(name)-1] == '3' {
			return blow(d) // its neighbours may be lost with it, which they must say
		}
		if v, _, err := d.Read(doc.At("n")); err != nil || v != name+"4" {
			return fmt.Errorf("read %v: %w", v, err)
		}
		return nil
	}
	var all sync.WaitGroup
	for g := range 6 {
		all.Go(func() {
			for i := range 16 {
				if err := one(fmt.Sprint(g, " ", i)); errors.Is(err, ErrTrap) {
					lost.Add(1)
				} else if err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if s.busy() || s.alive() > 1 {
		t.Fatalf("%d VMs are left", s.alive())
	}
	if n := lost.Load(); n < 12 || n > 48 {
		t.Fatalf("%d documents were lost to 12 traps", n)
	}
}

func TestAClosedSandboxSaysSo(t *testing.T) {
	s := box(t, Options{})
	d := open(t, s, nil)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Tree(); !errors.Is(err, ErrClosed) {
		t.Fatalf("got %v, want ErrClosed", err)
	}
	if _, err := s.New(make([]byte, 16)); !errors.Is(err, ErrClosed) {
		t.Fatalf("got %v, want ErrClosed", err)
	}
	if err := s.Try(t.Context(), nil, nil, nil); !errors.Is(err, ErrClosed) {
		t.Fatalf("got %v, want ErrClosed", err)
	}
	d.Close()
}

func TestACacheThatCannotBeUsed(t *testing.T) {
	if testing.Short() {
		t.Skip("it compiles without a cache")
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte("no folder"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := box(t, Options{Cache: file})
	write(t, open(t, s, nil), "a", "x")
}

func TestTrialsEndInTime(t *testing.T) {
	s := box(t, Options{})
	d := open(t, s, nil)
	var edits []doc.Edit
	for i := range 3000 {
		edits = append(edits, doc.Put{Path: doc.At(strconv.Itoa(i)), Value: doc.Map{"at": "0 0", "size": "1 1"}})
	}
	heavy, err := d.Apply(edits, "", 0)
	if err != nil {
		t.Fatal(err)
	}
	light := write(t, d, "a", "x")
	if err := s.Try(t.Context(), nil, [][]byte{heavy.Body}, [][]byte{light}); err != nil {
		t.Fatal(err)
	}
	if err := s.Try(t.Context(), nil, nil, [][]byte{light[:20]}); !errors.Is(err, ErrBadChunk) {
		t.Fatalf("got %v, want ErrBadChunk", err)
	}
	trial, err := s.Trial(t.Context(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer trial.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Millisecond) // it takes a hundred times as long
	defer cancel()
	if err := trial.Merge(ctx, [][]byte{heavy.Body}); !errors.Is(err, ErrDeadline) {
		t.Fatalf("got %v, want ErrDeadline", err)
	}
	if err := trial.Merge(t.Context(), nil); !errors.Is(err, ErrDeadline) {
		t.Fatalf("after the deadline a trial says %v", err)
	}
	write(t, d, "a", "the document itself is well")
}

// BenchmarkAfterATrap is from a trap to the document, a board of 1,000 cards,
// in a new VM.
func BenchmarkAfterATrap(b *testing.B) {
	s := box(b, Options{})
	first := open(b, s, nil)
	edits := []doc.Edit{doc.Put{Path: doc.At("cards"), Value: doc.Map{}}}
	for i := range 1000 {
		edits = append(edits, doc.Put{Path: doc.At("cards", strconv.Itoa(i)), Value: doc.Map{"at": "0 0", "size": "200 120", "z": "a"}})
	}
	if _, err := first.Apply(edits, "", 0); err != nil {
		b.Fatal(err)
	}
	save := first.Save()
	first.Close()
	for b.Loop() {
		b.StopTimer()
		d := open(b, s, save)
		_ = blow(d)
		b.StartTimer()
		again := open(b, s, save)
		if _, err := again.Tree(); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		_ = blow(again)
		d.Close()
		again.Close()
		b.StartTimer()
	}
}
