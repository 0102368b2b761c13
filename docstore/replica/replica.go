package replica

import (
	"fmt"
	"io"

	"corkboard/access"
	"corkboard/chunk"
	"corkboard/docstore/engine"
	"corkboard/docstore/verify"
	"corkboard/identity"
)

// Options say whose replica it is.
type Options struct {
	Person identity.PersonID
	Device *identity.Device
	Engine engine.Engine
	Random io.Reader
	// Links are secrets of links by which the person has come: keys may be
	// sealed to them. Whoever keeps the items must keep these, too.
	Links [][16]byte
	// Formers is the devices that this one has taken the place of.
	Formers []*identity.Former

	trust trust
}

// Replica is one device's copy of one collection. Close gives back what engines
// hold.
type Replica struct {
	opt        Options
	collection access.RecordID
	author     access.Author

	held   pile
	parked room
	comes  []need // has come, and what waited for it has not been looked at yet
	made   []Item // by the command under way

	people people
	log    *access.Log
	view   *access.View
	court  *access.Court
	stale  bool // log or people have grown since the court last looked

	keys  *access.Keys
	ring  *chunk.Ring              // nil until the key of the first epoch is here
	known map[access.RecordID]bool // epochs whose keys the ring has
	run   run

	documents map[chunk.DocumentID]*document
	changes   map[access.ChangeID]*change // that verification has accepted
	fresh     []access.Change             // that the court has not seen yet
	refusals  map[access.ChangeID]Refusal // by verification
	news      []News                      // not told yet
	places    map[place][]*chunk.Change   // the two with the smallest ids
	proofs    map[place]*chunk.Proof
}

// change is a verified change of a document.
type change struct {
	access.Change
	doc      *document
	decoded  *verify.Decoded
	item     Key
	run      *chunk.Run
	accepted bool
}

// place is what only one change of a run may have.
type place struct {
	person identity.PersonID
	device identity.DeviceID
	run    access.RunID
	number uint64
}

// Open makes a replica of a collection that holds nothing. What is kept of it,
// in any order, and the person's own log come by Receive. It draws 16 bytes,
// which name the run.
func Open(o Options, collection access.RecordID) (*Replica, error) {
	r := &Replica{
		opt: o, collection: collection, author: access.Author{Person: o.Person, Device: o.Device},
		held: newPile(), parked: newRoom(), people: newPeople(),
		log: access.NewLog(collection), keys: access.NewKeys(collection, o.Device), known: map[access.RecordID]bool{},
		documents: map[chunk.DocumentID]*document{}, changes: map[access.ChangeID]*change{},
		refusals: map[access.ChangeID]Refusal{}, places: map[place][]*chunk.Change{}, proofs: map[place]*chunk.Proof{},
	}
	for _, secret := range o.Links {
		link, err := access.NewInviteKeys(secret)
		if err != nil {
			return nil, fmt.Errorf("open a replica: %w", err)
		}
		r.keys.Use(link)
	}
	for _, f := range o.Formers {
		r.keys.Succeed(f)
	}
	r.people.matter(o.Person)
	r.view = access.Evaluate(r.log, r.people.directory)
	r.court = access.NewCourt(r.view)
	return r, r.startRun()
}

// Found makes a new collection, which the person owns, with its first epoch.
// log is the person's own log, in any order. The items are the log, the genesis
// and the epoch's record.
func Found(o Options, log [][]byte, now int64) (*Replica, []Item, error) {
	genesis, err := access.Found(o.Random, access.Author{Person: o.Person, Device: o.Device}, now)
	if err != nil {
		return nil, nil, err
	}
	r, err := Open(o, genesis.ID)
	if err != nil {
		return nil, nil, err
	}
	items, err := r.command("found a collection", func() error {
		for _, raw := range log {
			if err := r.put(PersonRecord, raw); err != nil {
				return err
			}
		}
		if err := r.put(AccessRecord, genesis.Raw); err != nil {
			return err
		}
		if r.settle(); !r.people.logs[o.Person].State().Has(o.Device.ID()) {
			return fmt.Errorf("the person's log lacks the device: %w", ErrNotAllowed)
		}
		return r.rotate(now)
	})
	return r, items, err
}

// Collection is the id of the collection.
func (r *Replica) Collection() access.RecordID { return r.collection }

// Close gives back what engines hold. The replica can be used on.
func (r *Replica) Close() {
	for _, d := range r.documents {
		d.closeEngine()
	}
}

// command runs what makes items and returns them, also if it fails half way:
// what is made is made.
func (r *Replica) command(doing string, do func() error) ([]Item, error) {
	r.made = nil
	err := do()
	items := r.made
	r.made = nil
	if err != nil {
		return items, fmt.Errorf("%s: %w", doing, err)
	}
	return items, nil
}

// put takes in what this replica has made itself, by the road that all goes.
func (r *Replica) put(s Sort, raw []byte) error {
	i, err := newItem(s, raw)
	if err != nil {
		return err
	}
	if err := r.receive(i); err != nil {
		return err
	}
	r.made = append(r.made, i)
	return nil
}
