package access

import (
	"fmt"
	"io"
	"slices"

	"corkboard/identity"
	"corkboard/record"
)

const (
	// MaxRecord is the length of the longest raw record in bytes.
	MaxRecord = 1 << 20
	// MaxParents is how many parents a record names at most.
	MaxParents = 64

	domain     = "corkboard/access/1"
	joinDomain = "corkboard/access/join/1"
	version    = 1
	maxTime    = 1 << 53 // ms since 1970 UTC
)

// A Record is one signed statement about a collection. Nobody changes it.
type Record struct {
	ID      RecordID
	Author  identity.PersonID
	Device  identity.DeviceID // of the author, signed it
	Time    int64             // ms since 1970 UTC, as the author's clock had it
	Parents []RecordID        // the heads that the author knew, ascending; none for a genesis
	Payload Payload
	Raw     []byte // as it travels: version | body | signature
}

// Kind is the kind of the payload.
func (r *Record) Kind() Kind { return r.Payload.kind() }

// An Author signs records.
type Author struct {
	Person identity.PersonID
	Device *identity.Device
}

// Sign makes a record. Parents are the heads of the author's log, in any order;
// of more than MaxParents the smallest are named. Errors: those of Parse, since
// nothing is signed that others would refuse.
func (a Author) Sign(at int64, parents []RecordID, p Payload) (*Record, error) {
	heads := slices.Clone(parents)
	slices.SortFunc(heads, compareIDs)
	heads = slices.Compact(heads)
	heads = heads[:min(len(heads), MaxParents)]
	body := a.body(at, heads, p)
	signature := a.Device.Sign(domain, body)
	raw := make([]byte, 0, 1+len(body)+len(signature))
	raw = append(raw, version)
	raw = append(raw, body...)
	raw = append(raw, signature[:]...)
	r, err := Parse(raw)
	if err != nil {
		return nil, fmt.Errorf("sign %v: %w", p.kind(), err)
	}
	return r, nil
}

// Found makes the genesis of a new collection, which its author owns.
func Found(random io.Reader, a Author, at int64) (*Record, error) {
	var p Genesis
	if _, err := io.ReadFull(random, p.Nonce[:]); err != nil {
		return nil, fmt.Errorf("found a collection: %w", err)
	}
	return a.Sign(at, nil, &p)
}

func (a Author) body(at int64, parents []RecordID, p Payload) []byte {
	device := a.Device.ID()
	var w record.Writer
	w.Uint8(uint8(p.kind()))
	w.Fixed(a.Person[:])
	w.Fixed(device[:])
	w.Uint(uint64(at))
	w.Uint(uint64(len(parents)))
	for _, id := range parents {
		w.Fixed(id[:])
	}
	p.write(&w)
	return w.B
}

// Parse reads and verifies a raw record, which it copies. Errors: ErrTooLarge,
// ErrNewer, record.ErrMalformed, identity.ErrBadSignature, identity.ErrBadKEM.
// It takes about 0.1 ms.
func Parse(raw []byte) (*Record, error) {
	const doing = "read access record: %w"
	if len(raw) > MaxRecord {
		return nil, fmt.Errorf(doing, ErrTooLarge)
	}
	if len(raw) > 0 && raw[0] != version {
		return nil, fmt.Errorf(doing, ErrNewer)
	}
	if len(raw) < 1+identity.SignatureSize {
		return nil, fmt.Errorf(doing, record.ErrMalformed)
	}
	raw = slices.Clone(raw)
	body, signature := raw[1:len(raw)-identity.SignatureSize], raw[len(raw)-identity.SignatureSize:]
	r, err := parseBody(body)
	if err != nil {
		return nil, fmt.Errorf(doing, err)
	}
	if err := identity.Verify(r.Device, domain, body, signature); err != nil {
		return nil, fmt.Errorf(doing, err)
	}
	if err := r.check(); err != nil {
		return nil, fmt.Errorf(doing, err)
	}
	r.ID, r.Raw = RecordID(identity.Hash(domain, body)), raw
	return r, nil
}

// parseBody decodes a body; it allocates no more than a small multiple of it.
func parseBody(body []byte) (*Record, error) {
	in := record.NewReader(body)
	kind := Kind(in.Uint8())
	if in.Err() == nil && (kind == 0 || kind > lastKind) {
		return nil, ErrNewer
	}
	r := &Record{Author: in.Hash(), Device: in.Hash(), Time: int64(in.Uint(maxTime))}
	r.Parents = readIDs(in, MaxParents)
	if (kind == kindGenesis) != (len(r.Parents) == 0) {
		in.Fail("a genesis, and it alone, has no parents")
	}
	r.Payload = readPayload(in, kind)
	if err := in.Close(); err != nil {
		return nil, err
	}
	return r, nil
}

// check is what needs the whole record, or costs more than decoding it.
func (r *Record) check() error {
	switch p := r.Payload.(type) {
	case *Invite:
		return p.check(r.Time)
	case *Join:
		if err := identity.Verify(p.Key, joinDomain, joinBody(p.Invite, r.Author, r.Device), p.Signature[:]); err != nil {
			return fmt.Errorf("join: %w", err)
		}
	}
	return nil
}

// readIDs reads ids that ascend without repetition.
func readIDs(in *record.Reader, limit int) []RecordID {
	var ids []RecordID
	for range in.Uint(uint64(limit)) {
		id := RecordID(in.Hash())
		if n := len(ids); n > 0 && compareIDs(ids[n-1], id) >= 0 {
			in.Fail("ids out of order")
		}
		if in.Err() != nil {
			return nil
		}
		ids = append(ids, id)
	}
	return ids
}
