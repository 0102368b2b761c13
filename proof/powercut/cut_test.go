//go:build linux

package powercut

import (
	"bytes"
	"math/rand/v2"
	"os"
	"testing"
)

// page is the unit in which a disk is kept here, in bytes.
const page = 4096

// disk is what a disk holds, by page; a page that is not there is zero.
type disk map[int64][]byte

func (d disk) write(off int64, data []byte) {
	for len(data) > 0 {
		n, at := off/page, off%page
		p := d[n]
		if p == nil {
			p = make([]byte, page)
			d[n] = p
		}
		k := copy(p[at:], data)
		off, data = off+int64(k), data[k:]
	}
}

// save writes the disk as an image, with holes.
func (d disk) save(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := f.Truncate(diskSize); err != nil {
		return err
	}
	for n, p := range d {
		if _, err := f.WriteAt(p, n*page); err != nil {
			return err
		}
	}
	return f.Close()
}

// fates of what was not flushed when the power went. A run of cuts has all of them.
const (
	allDropped = iota
	allKept
	mixed // each write by itself: there, not there, or torn
	fates
)

// cut is what the disk holds if the power goes before entry n, or after all of them.
// What was flushed is there; of every later write all, nothing, or some of its sectors.
func cut(list []entry, n int, random *rand.Rand) disk {
	flushed := 0
	for i, e := range list[:n] {
		if e.flush {
			flushed = i
		}
	}
	d := disk{}
	for _, e := range list[:flushed] {
		d.write(e.off, e.data)
	}
	fate := random.IntN(fates)
	for _, e := range list[flushed:n] {
		switch how := random.IntN(3); {
		case e.flush || fate == allDropped || fate == mixed && how == 0:
		case fate == allKept || how == 1:
			d.write(e.off, e.data)
		default:
			tear(d, e, random)
		}
	}
	return d
}

// tear writes some sectors of a write.
func tear(d disk, e entry, random *rand.Rand) {
	for at := 0; at < len(e.data); at += sector {
		if random.IntN(2) == 0 {
			d.write(e.off+int64(at), e.data[at:min(at+sector, len(e.data))])
		}
	}
}

// A cut keeps what was flushed and, over many cuts, has every fate of what was not.
func TestCut(t *testing.T) {
	one, two := bytes.Repeat([]byte{1}, 2*sector), bytes.Repeat([]byte{2}, 2*sector)
	list := []entry{{off: 0, data: one}, {flush: true}, {off: 0, data: two}, {off: page, data: two}}
	seen := map[string]bool{}
	for seed := range uint64(200) {
		d := cut(list, len(list), rand.New(rand.NewPCG(seed, 0)))
		seen[string([]byte{d[0][0], d[0][sector]})] = true
		if d[0][0] == 0 || d[0][sector] == 0 {
			t.Fatal("what was flushed is gone")
		}
		if d := cut(list, 2, rand.New(rand.NewPCG(seed, 0))); !bytes.Equal(d[0][:2*sector], one) || d[1] != nil {
			t.Fatal("a cut has what came after it")
		}
	}
	if len(seen) != 4 {
		t.Errorf("only %d of 4 states of two sectors", len(seen))
	}
}
