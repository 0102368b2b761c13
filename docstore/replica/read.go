package replica

import (
	"bytes"
	"slices"

	"corkboard/access"
	"corkboard/chunk"
	"corkboard/doc"
	"corkboard/identity"
)

// State is what the access log says; not to be changed.
func (r *Replica) State() *access.State {
	r.settle()
	return r.view.State()
}

// Documents is the documents whose genesis is here, ascending.
func (r *Replica) Documents() []chunk.DocumentID {
	r.settle()
	ids := make([]chunk.DocumentID, 0, len(r.documents))
	for id := range r.documents {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b chunk.DocumentID) int { return bytes.Compare(a[:], b[:]) })
	return ids
}

// Tree is a document's present state. ErrNoDocument, those of the engine.
func (r *Replica) Tree(id chunk.DocumentID) (doc.Map, error) {
	r.settle()
	d := r.documents[id]
	if d == nil {
		return nil, ErrNoDocument
	}
	e, err := d.open()
	if err != nil {
		return nil, err
	}
	return e.Tree()
}

// Applied is the changes that make up a document, ascending.
func (r *Replica) Applied(id chunk.DocumentID) []access.ChangeID {
	r.settle()
	d := r.documents[id]
	if d == nil {
		return nil
	}
	ids := make([]access.ChangeID, 0, len(d.fit))
	for _, c := range d.fit {
		ids = append(ids, c.ID)
	}
	slices.SortFunc(ids, func(a, b access.ChangeID) int { return bytes.Compare(a[:], b[:]) })
	return ids
}

// Verdict is the court's on a change.
func (r *Replica) Verdict(id access.ChangeID) access.Verdict {
	r.settle()
	return r.court.Verdict(id)
}

// A Refusal is a change that is kept but not applied.
type Refusal struct {
	Change   access.ChangeID
	Document chunk.DocumentID
	Author   identity.PersonID
	Device   identity.DeviceID
	Item     Key             // holds it
	Reason   access.Reason   // why the court refuses it; or
	By       access.RecordID // the record that decided it
	Err      error           // why verification, the document or the engine does
}

// Quarantine lists what is refused, by id. What waits is not in it.
func (r *Replica) Quarantine() []Refusal {
	r.settle()
	var list []Refusal
	for _, f := range r.refusals {
		list = append(list, f)
	}
	for id, c := range r.changes {
		v := r.court.Verdict(id)
		f := Refusal{Change: id, Document: c.doc.genesis.ID(), Author: c.Author, Device: c.Device, Item: c.item}
		switch err := c.doc.misfit[c.Hash]; {
		case v.Status == access.Quarantined && !c.accepted:
			f.Reason, f.By = v.Reason, v.By
		case c.accepted && err != nil:
			f.Err = err
		default:
			continue
		}
		list = append(list, f)
	}
	slices.SortFunc(list, func(a, b Refusal) int { return bytes.Compare(a.Change[:], b.Change[:]) })
	return list
}

// Proofs shows every place of a run for which a device has signed two changes.
func (r *Replica) Proofs() []*chunk.Proof {
	r.settle()
	list := make([]*chunk.Proof, 0, len(r.proofs))
	for _, p := range r.proofs {
		list = append(list, p)
	}
	slices.SortFunc(list, func(a, b *chunk.Proof) int { return bytes.Compare(a.Encode(), b.Encode()) })
	return list
}
