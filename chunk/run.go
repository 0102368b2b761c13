package chunk

import (
	"bytes"
	"fmt"
	"slices"

	"corkboard/identity"
	"corkboard/record"
)

// MaxCites is how many access records a run may cite.
const MaxCites = 64

// Run announces that a device writes: in whose name, and at which access heads. Changes
// name it by 8 bytes instead of repeating it. A device that has seen new access
// records announces itself again under the same nonce; its chain goes on.
type Run struct {
	Collection CollectionID
	Person     identity.PersonID
	Device     identity.DeviceID
	Nonce      Nonce
	Cites      [][32]byte // ids of access records, ascending, at most MaxCites
	signature  [identity.SignatureSize]byte
}

// SignRun fills in device and signature of r, and puts the cited records in
// order. ErrTooLarge if there are too many.
func SignRun(device *identity.Device, r Run) (*Run, error) {
	if len(r.Cites) > MaxCites {
		return nil, fmt.Errorf("signing a run that cites %d records: %w", len(r.Cites), ErrTooLarge)
	}
	r.Cites = slices.Clone(r.Cites)
	slices.SortFunc(r.Cites, compare)
	r.Cites = slices.Compact(r.Cites)
	r.Device = device.ID()
	r.signature = device.Sign(domainRun, r.body())
	return &r, nil
}

func compare[T ~[32]byte](a, b T) int { return bytes.Compare(a[:], b[:]) }

// body is what is hashed and signed.
func (r *Run) body() []byte {
	var w record.Writer
	w.Fixed(r.Collection[:])
	w.Fixed(r.Person[:])
	w.Fixed(r.Device[:])
	w.Fixed(r.Nonce[:])
	w.Uint(uint64(len(r.Cites)))
	for _, c := range r.Cites {
		w.Fixed(c[:])
	}
	return w.B
}

// ID changes with the cited records; Device and Nonce do not.
func (r *Run) ID() RunID { return identity.Hash(domainRun, r.body()) }

// Ref is what changes say of their run.
func (r *Run) Ref() RunRef { id := r.ID(); return RunRef(id[:]) }

// String tells which run it is.
func (r *Run) String() string { return fmt.Sprintf("run %x of %v", r.Nonce, r.Device) }

// same reports whether two records announce the same run.
func (r *Run) same(o *Run) bool {
	return r.Collection == o.Collection && r.Person == o.Person && r.Device == o.Device && r.Nonce == o.Nonce
}

// Raw is version | body | signature.
func (r *Run) Raw() []byte {
	var w record.Writer
	r.write(&w)
	return w.B
}

// ParseRun reads Raw and verifies it. Errors: ErrTooLarge, ErrNewer,
// ErrMalformed, ErrBadSignature.
func ParseRun(raw []byte) (*Run, error) {
	r := new(Run)
	if err := readRaw(raw, r.read); err != nil {
		return nil, fmt.Errorf("reading a run: %w", err)
	}
	if err := r.verify(); err != nil {
		return nil, fmt.Errorf("reading a run: %w", err)
	}
	return r, nil
}

func (r *Run) verify() error {
	return identity.Verify(r.Device, domainRun, r.body(), r.signature[:])
}

func (r *Run) kind() Kind               { return KindRun }
func (r *Run) collection() CollectionID { return r.Collection }

func (r *Run) scopes(c CollectionID) (key, tag scope) { return scope{id: c}, scope{id: c} }

func (r *Run) write(w *record.Writer) {
	w.Uint8(version)
	w.Fixed(r.body())
	w.Fixed(r.signature[:])
}

func (r *Run) read(in *record.Reader) {
	if in.Uint8() != version {
		in.Fail("unknown version")
	}
	r.Collection = in.Hash()
	r.Person = in.Hash()
	r.Device = in.Hash()
	copy(r.Nonce[:], in.Fixed(len(r.Nonce)))
	for range in.Uint(MaxCites) {
		c := in.Hash()
		if n := len(r.Cites); n > 0 && compare(r.Cites[n-1], c) >= 0 {
			in.Fail("cited records out of order")
		}
		r.Cites = append(r.Cites, c)
	}
	copy(r.signature[:], in.Fixed(len(r.signature)))
}
