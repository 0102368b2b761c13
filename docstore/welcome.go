package docstore

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"

	"corkboard/access"
	"corkboard/chunk"
	"corkboard/doc"
	"corkboard/docstore/replica"
	"corkboard/identity"
	"corkboard/record"
)

const (
	welcomeVersion = 1

	// MaxWelcome is the longest welcome in bytes.
	MaxWelcome = 16 << 20

	maxWelcomeRecord  = 1 << 20
	maxWelcomeRecords = 1 << 14
	maxWelcomeNames   = 1 << 17
)

// Welcome is what a new device of a person begins with: whose it is, and how the
// profile's own collection is read. All else comes with that collection.
type Welcome struct {
	Profile [16]byte
	Person  identity.PersonID
	Home    access.RecordID
	Masters []identity.Master // newest first
	Records []replica.Item    // of the person, and of the collection
	Names   map[chunk.DocumentID]doc.ID
}

// encode is version 1 | profile 16 | person | collection | master keys | records, each
// its sort and bytes | names, each a genesis and an id, by genesis.
func (w Welcome) encode() []byte {
	var out record.Writer
	out.Uint8(welcomeVersion)
	out.Fixed(w.Profile[:])
	out.Fixed(w.Person[:])
	out.Fixed(w.Home[:])
	identity.WriteMasters(&out, w.Masters)
	out.Uint(uint64(len(w.Records)))
	for _, i := range w.Records {
		out.Uint8(uint8(i.Sort))
		out.Bytes(i.Raw)
	}
	out.Uint(uint64(len(w.Names)))
	for _, genesis := range slices.SortedFunc(maps.Keys(w.Names), func(a, b chunk.DocumentID) int { return bytes.Compare(a[:], b[:]) }) {
		out.Fixed(genesis[:])
		out.String(string(w.Names[genesis]))
	}
	return out.B
}

// DecodeWelcome reads what AddDevice gave; record.ErrMalformed if it is anything else,
// identity.ErrNewer if a later program has written it. That its records are sound says
// only Adopt.
func DecodeWelcome(b []byte) (Welcome, error) {
	w := Welcome{Names: map[chunk.DocumentID]doc.ID{}}
	if len(b) > MaxWelcome {
		return w, fmt.Errorf("read a welcome: %w", identity.ErrTooLarge)
	}
	r := record.NewReader(b)
	if v := r.Uint8(); r.Err() == nil && v != welcomeVersion {
		return w, fmt.Errorf("read a welcome: %w", identity.ErrNewer)
	}
	copy(w.Profile[:], r.Fixed(len(w.Profile)))
	w.Person, w.Home = r.Hash(), r.Hash()
	w.Masters = identity.ReadMasters(r)
	w.readRecords(r)
	w.readNames(r)
	if err := r.Close(); err != nil {
		return Welcome{}, fmt.Errorf("read a welcome: %w", err)
	}
	return w, nil
}

func (w *Welcome) readRecords(r *record.Reader) {
	for range r.Uint(maxWelcomeRecords) {
		i := replica.Item{Sort: replica.Sort(r.Uint8()), Raw: bytes.Clone(r.Bytes(maxWelcomeRecord))}
		if r.Err() != nil {
			return
		}
		if i.Sort != replica.PersonRecord && i.Sort != replica.AccessRecord {
			r.Fail("no record")
			return
		}
		i.Key = replica.Key(bodyHash(i.Raw))
		w.Records = append(w.Records, i)
	}
}

func (w *Welcome) readNames(r *record.Reader) {
	var last []byte
	for range r.Uint(maxWelcomeNames) {
		genesis := r.Hash()
		id := r.String(maxDocumentName)
		if r.Err() != nil {
			return
		}
		if _, err := doc.ParseID(id); err != nil || last != nil && bytes.Compare(last, genesis[:]) >= 0 {
			r.Fail("names out of order, or no name")
			return
		}
		last = bytes.Clone(genesis[:])
		w.Names[genesis] = doc.ID(id)
	}
}

// maxDocumentName is more than the id of any document takes.
const maxDocumentName = 64

// profileID is the id of a profile as the header has it.
func (w Welcome) profileID() string { return hex.EncodeToString(w.Profile[:]) }
