package engine_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"corkboard/doc"
	"corkboard/docstore/engine"
)

// mutants says how many mutants to try of each kind; the default keeps the
// test short.
const mutants = "CORKBOARD_MUTANTS"

// Kinds of chunk, by the byte behind the checksum.
const (
	saveChunk   = 0
	changeChunk = 1
)

// mutate changes some bytes of a chunk and repairs its length and checksum,
// as somebody does who wants to be believed.
func mutate(r *rand.Rand, chunk []byte) []byte {
	_, n := binary.Uvarint(chunk[9:])
	data := slices.Clone(chunk[9+n:])
	for times := 1 + r.IntN(4); times > 0; times-- {
		at := r.IntN(len(data))
		switch r.IntN(6) {
		case 0:
			data[at] ^= 1 << r.IntN(8)
		case 1:
			data[at] = byte(r.Uint32())
		case 2:
			data[at] = []byte{0, 1, 0x7f, 0x80, 0xff}[r.IntN(5)]
		case 3:
			data = slices.Insert(data, at, byte(r.Uint32()))
		case 4:
			data = slices.Insert(data, at, bytes.Repeat([]byte{0xff}, 1+r.IntN(9))...) // a long number
		case 5:
			if len(data) > 1 {
				data = slices.Delete(data, at, at+1)
			}
		}
	}
	return seal(chunk[8], data)
}

func seal(kind byte, data []byte) []byte {
	tail := append(binary.AppendUvarint([]byte{kind}, uint64(len(data))), data...)
	sum := sha256.Sum256(tail)
	return slices.Concat([]byte{0x85, 0x6f, 0x4a, 0x83}, sum[:4], tail)
}

// laboratory tries hostile bytes on documents of one engine.
type laboratory struct {
	*engine.Sandbox
	save            []byte
	changes, future [][]byte // in the document, and based on it
	outcomes        map[string]int
	restart, slow   time.Duration // the longest there were
}

func newLaboratory(t *testing.T, e *engine.Sandbox) *laboratory {
	l := &laboratory{Sandbox: e, outcomes: map[string]int{}}
	r := rand.New(rand.NewPCG(4, 4))
	d := must(e.New(actor(1)))(t)
	defer d.Close()
	grow := func(n int) (chunks [][]byte) {
		for len(chunks) < n {
			if c := edit(t, d, r); c != nil {
				chunks = append(chunks, c)
			}
		}
		return chunks
	}
	l.changes = grow(25)
	l.save = d.Save()
	l.future = grow(25)
	return l
}

// use does what a program does with a document.
func use(d engine.Doc) error {
	if _, err := d.Tree(); err != nil {
		return err
	}
	if _, err := d.Apply([]doc.Edit{doc.Put{Path: doc.At("mine"), Value: doc.Text("text")}}, "", 0); err != nil {
		return err
	}
	if _, err := d.Apply([]doc.Edit{doc.Splice{Path: doc.At("mine"), From: 4, Insert: "!"}}, "", 0); err != nil {
		return err
	}
	if _, err := d.Changes(); err != nil {
		return err
	}
	if d.Save() == nil {
		return engine.ErrTrap
	}
	return nil
}

// judge notes how a mutant ended, and fails for errors that tell nothing.
func (l *laboratory) judge(t *testing.T, step string, err error) {
	t.Helper()
	switch {
	case err == nil:
		l.outcomes["survived"]++
	case errors.Is(err, engine.ErrTrap):
		l.outcomes[step+": trap"]++
	case errors.Is(err, engine.ErrBadChunk):
		l.outcomes[step+": refused"]++
	default:
		t.Fatalf("%s: %v", step, err)
	}
}

// change lets a document meet a mutant of a change.
func (l *laboratory) change(t *testing.T, mutant []byte) {
	start := time.Now()
	d := must(l.Load(l.save, nil, actor(2)))(t)
	l.restart = max(l.restart, time.Since(start))
	defer d.Close()
	before := must(d.Tree())(t)
	start = time.Now()
	_, err := d.Merge([][]byte{mutant})
	if err != nil {
		l.judge(t, "merge", err)
		if errors.Is(err, engine.ErrTrap) {
			if _, err := d.Tree(); !errors.Is(err, engine.ErrTrap) {
				t.Fatalf("a document that trapped says %v", err)
			}
		}
		again := must(l.Load(l.save, nil, actor(2)))(t)
		defer again.Close()
		if !doc.Equal(must(again.Tree())(t), before) {
			t.Fatal("the document is another after a mutant was refused")
		}
	} else {
		err := use(d)
		l.judge(t, "use", err)
		if err == nil {
			l.lasts(t, d, mutant)
		}
	}
	l.slow = max(l.slow, time.Since(start))
}

// lasts looks whether what a document took in can be saved and loaded. Some
// changes spoil that in the core; a trial must see it.
func (l *laboratory) lasts(t *testing.T, d engine.Doc, mutant []byte) {
	t.Helper()
	again, err := l.Load(d.Save(), nil, actor(3))
	if err == nil {
		defer again.Close()
		if slices.Equal(again.Heads(), d.Heads()) && doc.Equal(must(again.Tree())(t), must(d.Tree())(t)) {
			return
		}
	}
	l.outcomes["a save that is not the document"]++
	if err := l.Try(t.Context(), l.save, nil, [][]byte{mutant}); err == nil {
		t.Fatalf("a trial did not see that the save is not the document (%v): %x", err, mutant)
	}
}

// saved loads a mutant of a save.
func (l *laboratory) saved(t *testing.T, mutant []byte) {
	d, err := l.Load(mutant, nil, actor(2))
	if err != nil {
		l.judge(t, "load", err)
		return
	}
	defer d.Close()
	l.judge(t, "use of a save", use(d))
}

// Whatever bytes the sandboxed engine is given, the worst is an error, and the
// documents that it is not about are as they were.
func TestMutantsEndAsErrors(t *testing.T) {
	n := 1500
	if s := os.Getenv(mutants); s != "" {
		n = must(strconv.Atoi(s))(t)
	}
	l := newLaboratory(t, sandbox(t, engine.Options{Memory: 64 << 20}))
	r := rand.New(rand.NewPCG(6, 6))
	all := slices.Concat(l.changes, l.future)
	start := time.Now()
	for range n {
		l.change(t, mutate(r, all[r.IntN(len(all))]))
	}
	for range n / 10 {
		l.saved(t, mutate(r, l.save))
	}
	for kind, n := range l.outcomes {
		t.Logf("%7d %s", n, kind)
	}
	t.Logf("%v in all, longest reload %v, longest with a mutant %v", time.Since(start), l.restart, l.slow)
	if l.outcomes["merge: refused"] == 0 || l.outcomes["survived"] == 0 {
		t.Fatal("the mutants are too tame or too wild to prove anything")
	}
}

func TestMutantsAreWellFormed(t *testing.T) {
	l := newLaboratory(t, oneForAll())
	for _, c := range append(l.changes, l.save) {
		_, n := binary.Uvarint(c[9:])
		if !bytes.Equal(seal(c[8], c[9+n:]), c) || c[8] != changeChunk && c[8] != saveChunk {
			t.Fatalf("a chunk of kind %d is framed in another way", c[8])
		}
	}
}

// FuzzMerge gives a document any bytes in a change's frame, with their right
// checksum.
func FuzzMerge(f *testing.F) {
	e := engine.Sandboxed(engine.Options{Memory: 64 << 20, Cache: engine.TestCache})
	f.Cleanup(func() { _ = e.Close() })
	d := must(e.New(actor(1)))(f)
	for i := range 3 {
		r := rand.New(rand.NewPCG(uint64(i), 1))
		if c := edit(f, d, r); c != nil {
			_, n := binary.Uvarint(c[9:])
			f.Add(c[9+n:])
		}
	}
	save := d.Save()
	d.Close()
	f.Fuzz(func(t *testing.T, data []byte) {
		d := must(e.Load(save, nil, actor(2)))(t)
		defer d.Close()
		_, err := d.Merge([][]byte{seal(changeChunk, data)})
		if err == nil {
			err = use(d)
		}
		if err != nil && !errors.Is(err, engine.ErrTrap) && !errors.Is(err, engine.ErrBadChunk) {
			t.Fatal(err)
		}
	})
}
