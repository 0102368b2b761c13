package docstore

import (
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"corkboard/doc"
	"corkboard/docstore/engine"
	"corkboard/docstore/member"
	"corkboard/docstore/replica"
	"corkboard/docstore/verify"
	"corkboard/sqlite"
)

// create makes the document's first change.
func (d *document) create(edits []doc.Edit, r *receipt) {
	if d.state == doc.Ready || !errors.Is(d.err, ErrAbsent) || d.s.names.promised(d.id) {
		r.fail(doc.ErrExists)
		return
	}
	tree := doc.NewTree(nil)
	if _, err := tree.Apply(edits); err != nil {
		r.fail(fmt.Errorf("creating document: %w", err))
		return
	}
	genesis, begin := d.s.beginning(d.id)
	m, err := begin.in.wait()
	if err != nil {
		r.fail(fmt.Errorf("creating document: %w", err))
		return
	}
	actor := m.Actor(genesis)
	eng, err := d.s.opt.Engine.New(actor[:])
	if err != nil {
		r.fail(fmt.Errorf("creating document: %w", err))
		return
	}
	d.tree, d.eng, d.history = tree, eng, doc.NewHistory(nil)
	d.known.Store(&genesis)
	d.col.Store(begin.in)
	d.state, d.err, d.heads = doc.Ready, nil, nil
	d.s.engines.used(d)
	for _, v := range d.allViews() {
		v.decoded = false // it was made of nothing
	}
	d.publish(nil, doc.Local)
	r.markAppliedAt(d.s.now())
	d.commit(edits, "", nil, &begin.Beginning, r)
}

// do carries out one plan: the tree first, so that it is seen at once, then
// the engine, then the disk.
func (d *document) do(v *view, plan func(any) (doc.Plan, error), r *receipt) {
	if d.state != doc.Ready || d.moved || d.readsOnly() || d.s.over.Load() {
		r.fail(d.unavailable())
		return
	}
	p, err := plan(v.value)
	if err != nil {
		r.fail(err)
		return
	}
	if err := d.needHistory(); err != nil {
		r.fail(err)
		return
	}
	undo, err := d.tree.Apply(p.Edits)
	if err != nil {
		r.fail(err)
		return
	}
	if len(undo) == 0 { // it is so already
		r.markApplied()
		r.markSaved(nil)
		return
	}
	steps := d.history.Record(d.s.turn.Add(1), p, undo)
	d.publish(doc.Touched(p.Edits), doc.Local)
	r.markAppliedAt(d.s.now())
	d.commit(p.Edits, p.Label, steps, nil, r)
}

// take undoes or redoes.
func (d *document) take(redo bool, r *receipt) {
	if d.state != doc.Ready || d.moved || d.readsOnly() || d.s.over.Load() {
		r.fail(d.unavailable())
		return
	}
	if err := d.needHistory(); err != nil {
		r.fail(err)
		return
	}
	edits, label, steps, err := d.history.Take(d.s.turn.Add(1), redo, d.tree)
	if err != nil {
		if len(steps) > 0 { // steps that meant nothing any more are gone
			d.showTops()
			d.send(&item{doc: d, heads: d.heads, steps: steps, time: d.s.now(), receipt: newReceipt(&d.s.board.pending)})
		}
		r.fail(err)
		return
	}
	d.publish(doc.Touched(edits), doc.Local)
	r.markAppliedAt(d.s.now())
	word := "Undo "
	if redo {
		word = "Redo "
	}
	d.commit(edits, word+label, steps, nil, r)
}

func (d *document) unavailable() error {
	if d.s.over.Load() {
		return doc.ErrClosed
	}
	if d.moved {
		return ErrMoved
	}
	if d.readsOnly() {
		return ErrNotAllowed
	}
	if d.err != nil {
		return d.err
	}
	return ErrAbsent
}

// readsOnly says that whoever is here may read the document and no more.
func (d *document) readsOnly() bool {
	c := d.col.Load()
	return c != nil && c.reads.Load()
}

// commit brings edits that the tree has into the engine and on to the disk;
// begin is how a new document begins.
func (d *document) commit(edits []doc.Edit, label string, steps []doc.StepChange, begin *member.Beginning, r *receipt) {
	if err := d.needEngine(); err != nil {
		d.lost(err, r)
		return
	}
	now := r.time
	change, err := d.eng.Apply(edits, label, now)
	if errors.Is(err, engine.ErrTrap) { // perhaps of a neighbour in its VM: once more in another one
		d.dropEngine()
		if err = d.needEngine(); err == nil {
			change, err = d.eng.Apply(edits, label, now)
		}
	}
	var changes []engine.Change
	heads := d.heads
	if err == nil {
		changes, heads, err = d.fit(change)
	}
	if err != nil && !errors.Is(err, engine.ErrNothing) {
		d.lost(err, r)
		return
	}
	err = d.seal(&item{doc: d, heads: heads, steps: steps, time: now, receipt: r}, begin, changes)
	if errors.Is(err, replica.ErrOtherRun) { // the run's name is spent: the same once more in the next one
		d.dropEngine()
		d.commit(edits, label, steps, nil, r) // the beginning is kept already
		return
	}
	if err != nil {
		d.lost(err, r)
		return
	}
	d.s.sweeper.arm()
}

// fit cuts a change that is larger than others would take into several, and tells
// the heads after them. Then the engine has made something else than what is kept,
// and is given up.
func (d *document) fit(c engine.Change) ([]engine.Change, doc.Heads, error) {
	_, err := verify.Change(c.Body)
	if err == nil {
		return []engine.Change{c}, d.eng.Heads(), nil
	}
	if !errors.Is(err, verify.ErrTooLarge) {
		return nil, nil, err
	}
	whole, err := verify.Own(c.Body)
	if err != nil {
		return nil, nil, err
	}
	pieces, err := whole.Rewrite(verify.Names{Seq: whole.Seq, Deps: whole.Deps})
	if err != nil {
		return nil, nil, err
	}
	changes := make([]engine.Change, len(pieces))
	for n, p := range pieces {
		changes[n] = changeOf(p)
	}
	d.dropEngine()
	return changes, doc.Heads{changes[len(changes)-1].Hash}, nil
}

// changeOf is a decoded change as engines give it.
func changeOf(d *verify.Decoded) engine.Change {
	c := engine.Change{
		Hash: hex.EncodeToString(d.Hash[:]), Actor: slices.Clone(d.Actor[:]), Seq: d.Seq,
		Label: d.Message, UnixMilli: d.Time, Body: d.Chunk,
	}
	for _, dep := range d.Deps {
		c.Deps = append(c.Deps, hex.EncodeToString(dep[:]))
	}
	return c
}

// seal signs what the engine has made and sends it to the disk.
func (d *document) seal(i *item, begin *member.Beginning, changes []engine.Change) error {
	if begin == nil && len(changes) == 0 {
		d.send(i)
		return nil
	}
	m, genesis, err := d.member()
	if err != nil {
		return err
	}
	bodies, actor := make([][]byte, len(changes)), [16]byte{}
	for n, c := range changes {
		bodies[n] = c.Body
		copy(actor[:], c.Actor)
	}
	if err := m.Write(genesis, begin, actor, bodies, i.time, func(w []member.Written) { d.keep(i, w, changes) }); err != nil {
		return fmt.Errorf("signing: %w", err)
	}
	return nil
}

// keep sends what was written to the disk: with the item, or, if the changes are
// not in it, by itself. Heads never come there without the changes that lead to them.
func (d *document) keep(i *item, w []member.Written, changes []engine.Change) {
	rows, records := rowsOf(w, changes)
	out := &item{doc: d, rows: rows, records: records, heads: d.heads, time: i.time}
	if out.changes() < len(changes) {
		out.receipt = newReceipt(&d.s.board.pending)
		d.send(out)
		return
	}
	i.rows, i.records = rows, records
	if len(changes) > 0 { // known before anybody hears that it is saved
		d.heads = i.heads
		d.sinceRow += len(changes)
		d.stale.Store(true)
		d.showHeads()
	}
	d.send(i)
}

func (d *document) send(i *item) {
	i.in = d.col.Load()
	d.mu.Lock()
	d.unsaved = append(d.unsaved, i)
	d.mu.Unlock()
	d.s.writer.put(i)
}

// lost happens when the tree showed an edit that the engine refused. The
// document is read anew, and everybody is told.
func (d *document) lost(err error, r *receipt) {
	d.s.opt.Log.Error("an edit was lost", "document", string(d.id), "err", err)
	err = fmt.Errorf("%w: %w", ErrNotSaved, err)
	d.s.board.refuse(err)
	d.dropEngine()
	d.history = nil
	if again := d.reload(); again != nil {
		d.state, d.err = doc.Unavailable, again
	}
	d.republish(doc.FromDisk)
	if d.needHistory() == nil {
		d.showTops()
	}
	r.markSaved(err)
}

// needHistory reads the undo steps, and lays over them what is on its way.
func (d *document) needHistory() error {
	if d.history != nil {
		return nil
	}
	pending := d.onTheirWay() // first: what is saved meanwhile is then seen twice, not never
	var steps []doc.Step
	bad, err := d.s.readMended(context.Background(), func(tx *sqlite.Tx) (bad []badRow, err error) {
		steps, bad, err = readSteps(tx, d.id)
		return bad, err
	})
	if err != nil {
		return fmt.Errorf("reading undo steps: %w", err)
	}
	d.s.quarantine(d.id, bad)
	for _, i := range pending {
		for _, c := range i.steps {
			steps = slices.DeleteFunc(steps, func(s doc.Step) bool { return s.ID == c.Step.ID })
			if !c.Gone {
				steps = append(steps, c.Step)
			}
		}
	}
	slices.SortFunc(steps, func(a, b doc.Step) int { return cmp.Compare(a.ID, b.ID) })
	d.history = doc.NewHistory(steps)
	return nil
}
