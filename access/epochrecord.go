package access

import (
	"bytes"

	"corkboard/identity"
	"corkboard/record"
)

const (
	// KeySize is the length of an epoch key in bytes.
	KeySize = 32

	boxSize    = identity.SealOverhead + KeySize
	oldBoxSize = KeySize + 16 // AES-GCM's tag
	maxSealed  = MaxRecord / boxSize
	maxOld     = MaxRecord / (32 + oldBoxSize)
)

// Rotate begins an epoch, whose id is the record's. Content is sealed under keys
// derived from the epoch's key.
type Rotate struct {
	Commit [32]byte // of the key, so that all recipients get the same one
	Sealed []Sealed // the key, ascending by recipient
	Old    []Old    // keys of epochs before, ascending by epoch
}

// Sealed is an epoch key for one recipient.
type Sealed struct {
	To  identity.DeviceID // or the key of an invitation by link
	Box []byte            // identity.Seal
}

// Old is the key of an earlier epoch, sealed under that of the record.
type Old struct {
	Epoch RecordID
	Box   [oldBoxSize]byte // AES-256-GCM
}

func (p *Rotate) write(w *record.Writer) {
	w.Fixed(p.Commit[:])
	writeSealed(w, p.Sealed)
	w.Uint(uint64(len(p.Old)))
	for _, o := range p.Old {
		w.Fixed(o.Epoch[:])
		w.Fixed(o.Box[:])
	}
}

func (p *Rotate) read(in *record.Reader) {
	p.Commit, p.Sealed = in.Hash(), readSealed(in)
	for range in.Uint(maxOld) {
		o := Old{Epoch: in.Hash()}
		copy(o.Box[:], in.Fixed(oldBoxSize))
		if n := len(p.Old); n > 0 && compareIDs(p.Old[n-1].Epoch, o.Epoch) >= 0 {
			in.Fail("epochs out of order")
		}
		if in.Err() != nil {
			return
		}
		p.Old = append(p.Old, o)
	}
}

func writeSealed(w *record.Writer, list []Sealed) {
	w.Uint(uint64(len(list)))
	for _, s := range list {
		w.Fixed(s.To[:])
		w.Fixed(s.Box)
	}
}

func readSealed(in *record.Reader) []Sealed {
	var list []Sealed
	for range in.Uint(maxSealed) {
		s := Sealed{To: in.Hash(), Box: in.Fixed(boxSize)}
		if n := len(list); n > 0 && bytes.Compare(list[n-1].To[:], s.To[:]) >= 0 {
			in.Fail("recipients out of order")
		}
		if in.Err() != nil {
			return nil
		}
		list = append(list, s)
	}
	return list
}
