package chunk

import (
	"fmt"

	"corkboard/identity"
	"corkboard/record"
)

const (
	maxTime   = 1<<53 - 1 // ms; exact in a float64
	maxNumber = 1<<53 - 1
	maxRecord = 8 << 10 // a raw Genesis or Run has less
)

// Document is a document in one of its generations: 0 until its history was
// redacted, then one more each time. Generations share nothing but the id.
type Document struct {
	ID         DocumentID
	Generation uint64 // at most 2^53-1
}

func (d Document) scope() scope { return scope{id: d.ID, generation: d.Generation} }

// Genesis is the signed beginning of a document. Its id is the document's; what
// kind of card shows it, it does not say.
type Genesis struct {
	Collection CollectionID // in which it was made
	Person     identity.PersonID
	Device     identity.DeviceID
	Nonce      [32]byte // drawn at random, so that two documents have two ids
	Time       uint64   // ms since 1970 UTC by the device's clock; at most 2^53-1
	signature  [identity.SignatureSize]byte
}

// SignGenesis fills in device and signature of g.
func SignGenesis(device *identity.Device, g Genesis) (*Genesis, error) {
	if g.Time > maxTime {
		return nil, fmt.Errorf("signing a document: %w", malformed("time out of range"))
	}
	g.Device = device.ID()
	g.signature = device.Sign(domainGenesis, g.body())
	return &g, nil
}

// body is what is hashed and signed.
func (g *Genesis) body() []byte {
	var w record.Writer
	w.Fixed(g.Collection[:])
	w.Fixed(g.Person[:])
	w.Fixed(g.Device[:])
	w.Fixed(g.Nonce[:])
	w.Uint(g.Time)
	return w.B
}

// ID is the document's id for life.
func (g *Genesis) ID() DocumentID { return identity.Hash(domainGenesis, g.body()) }

// Document is the document in its first generation.
func (g *Genesis) Document() Document { return Document{ID: g.ID()} }

// String tells which document begins.
func (g *Genesis) String() string { return "genesis of " + g.ID().String() }

// Raw is version | body | signature.
func (g *Genesis) Raw() []byte {
	var w record.Writer
	g.write(&w)
	return w.B
}

// ParseGenesis reads Raw and verifies it. Errors: ErrTooLarge, ErrNewer,
// ErrMalformed, ErrBadSignature.
func ParseGenesis(raw []byte) (*Genesis, error) {
	g := new(Genesis)
	if err := readRaw(raw, g.read); err != nil {
		return nil, fmt.Errorf("reading the genesis of a document: %w", err)
	}
	if err := g.verify(); err != nil {
		return nil, fmt.Errorf("reading the genesis of a document: %w", err)
	}
	return g, nil
}

// readRaw reads a whole record of at most maxRecord bytes.
func readRaw(raw []byte, read func(*record.Reader)) error {
	if len(raw) > maxRecord {
		return ErrTooLarge
	}
	if len(raw) > 0 && raw[0] > version {
		return ErrNewer
	}
	r := record.NewReader(raw)
	read(r)
	return r.Close()
}

func (g *Genesis) verify() error {
	return identity.Verify(g.Device, domainGenesis, g.body(), g.signature[:])
}

func (g *Genesis) kind() Kind               { return KindGenesis }
func (g *Genesis) collection() CollectionID { return g.Collection }

// The tag is already the document's, the key still the collection's: so a
// member learns which document a tag stands for.
func (g *Genesis) scopes(c CollectionID) (key, tag scope) {
	return scope{id: c}, g.Document().scope()
}

func (g *Genesis) write(w *record.Writer) {
	w.Uint8(version)
	w.Fixed(g.body())
	w.Fixed(g.signature[:])
}

func (g *Genesis) read(r *record.Reader) {
	if r.Uint8() != version {
		r.Fail("unknown version")
	}
	g.Collection = r.Hash()
	g.Person = r.Hash()
	g.Device = r.Hash()
	g.Nonce = r.Hash()
	g.Time = r.Uint(maxTime)
	copy(g.signature[:], r.Fixed(len(g.signature)))
}
