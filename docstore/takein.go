package docstore

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"corkboard/chunk"
	"corkboard/doc"
	"corkboard/docstore/engine"
	"corkboard/docstore/replica"
	"corkboard/docstore/verify/poison"
)

// news is what a document hears of.
type news = replica.News

// trialTime bounds how long one change from elsewhere may keep the engine, when it
// is looked for which of several made it fail.
const trialTime = 5 * time.Second

// expect has a document take in what came from elsewhere: at once if anybody uses it,
// else when somebody does, or after the idle time, with all that has come by then. The
// caller holds the document, which is released after that.
func (d *document) expect(from *collection, n news) {
	d.s.mu.Lock()
	d.mu.Lock()
	d.coming = append(d.coming, n)
	waits := d.due != nil
	if !waits {
		d.due = func() {
			d.takeIn(from, n.Document)
			d.release()
		}
	}
	d.mu.Unlock()
	if waits {
		d.refs-- // it is held once
	}
	alone := d.refs == 1
	d.s.mu.Unlock()
	if !alone {
		d.hurry()
	} else if !waits {
		time.AfterFunc(d.s.opt.Idle, d.hurry)
	}
}

// hurry takes in now what the document expects.
func (d *document) hurry() {
	d.mu.Lock()
	due := d.due
	d.due = nil
	d.mu.Unlock()
	if due != nil {
		d.post(due)
	}
}

// expects reports whether something is still to be taken in, for which nobody waits.
func (d *document) expects() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.due != nil
}

// takeIn shows what came from elsewhere and sends what became of it to the disk.
// It runs on the document's goroutine.
func (d *document) takeIn(from *collection, genesis chunk.DocumentID) {
	n, ok := d.heard()
	if !ok || d.s.over.Load() {
		return
	}
	absent := d.state != doc.Ready
	if absent && d.damage == nil && !errors.Is(d.err, ErrAbsent) {
		d.s.opt.Log.Error("changes from elsewhere wait: the document cannot be read", "document", string(d.id), "err", d.err)
		return
	}
	if !d.col.CompareAndSwap(nil, from) && d.col.Load() != from {
		d.s.opt.Log.Error("a document of another collection has this id", "document", string(d.id))
		return
	}
	d.known.CompareAndSwap(nil, &genesis)
	if !d.shared.Swap(true) {
		d.dropEngine() // it goes on where a bad change costs nothing
	}
	heads := d.heads
	r := newReceipt(&d.s.board.pending) // before anybody sees them: who flushes then has them on disk
	c, steps, err := d.merge(n, absent)
	if err != nil {
		defer r.markSaved(err)
		if d.s.over.Load() { // they are in the log, for the next start
			return
		}
		d.s.opt.Log.Error("changes from elsewhere wait", "document", string(d.id), "err", err)
		d.goBack(heads, absent)
		return
	}
	d.sinceRow += len(c.applied)
	d.stale.Store(true)
	d.send(&item{doc: d, heads: d.heads, steps: steps, came: c, time: d.s.now(), receipt: r})
	d.s.sweeper.arm()
}

// heard puts together what has come since the last time. What this run has made
// itself is in the document already, unless that is to be made anew.
func (d *document) heard() (n news, ok bool) {
	d.mu.Lock()
	list := d.coming
	d.coming = nil
	d.mu.Unlock()
	for _, next := range list {
		if next.Remade {
			n = next
			continue
		}
		n.Added = append(slices.Clip(n.Added), next.Added...)
		n.Touched = append(slices.Clip(n.Touched), next.Touched...)
	}
	if !n.Remade {
		n.Added = slices.DeleteFunc(n.Added, func(a replica.Arrival) bool { return a.Own })
	}
	return n, n.Remade || len(n.Added) > 0
}

// goBack shows what is on disk again.
func (d *document) goBack(heads doc.Heads, absent bool) {
	d.dropEngine()
	d.heads, d.history = heads, nil
	err := ErrAbsent
	if !absent {
		err = d.reload()
	}
	if err != nil {
		d.state, d.err = doc.Unavailable, err
	}
	d.republish(doc.FromDisk)
}

// merge brings the engine and the tree up to date, and tells which undo steps have
// been carried over what others typed.
func (d *document) merge(n news, absent bool) (*came, []doc.StepChange, error) {
	c := &came{remade: n.Remade}
	anew := n.Remade || absent
	if err := d.beginEngine(anew); err != nil {
		return nil, nil, err
	}
	list, bad := d.s.poisoned.sift(n.Added)
	c.poison = bad
	for len(list) > 0 {
		batch := list[:min(len(list), poison.MaxBatch)]
		err := d.feed(batch)
		if err == nil {
			c.applied, list = append(c.applied, batch...), list[len(batch):]
			continue
		}
		good, culprit, again := d.culprit(anew, c.applied, batch)
		if again != nil {
			return nil, nil, fmt.Errorf("%w: %w", err, again)
		}
		c.applied, list = append(c.applied, batch[:good]...), list[good:]
		if culprit {
			d.s.refuse(d.id, list[0], err)
			list, bad = d.s.poisoned.sift(list)
			c.poison = append(c.poison, bad...)
		}
	}
	d.heads = d.eng.Heads()
	if n.Remade || d.damage != nil {
		if err := d.mended(c); err != nil {
			return nil, nil, err
		}
	}
	show := func() ([]doc.StepChange, error) { return d.showTouched(n.Touched) }
	if anew {
		show = d.showAnew
	}
	steps, err := show()
	return c, steps, err
}

// beginEngine loads what is there, or begins with nothing.
func (d *document) beginEngine(anew bool) error {
	if !anew {
		return d.needEngine()
	}
	d.dropEngine()
	return d.makeEngine()
}

// makeEngine begins with nothing, under the name of this run.
func (d *document) makeEngine() error {
	m, genesis, err := d.member()
	if err != nil {
		return err
	}
	actor := m.Actor(genesis)
	if d.eng, err = d.s.engineOf(d).New(actor[:]); err != nil {
		return err
	}
	d.s.engines.used(d)
	return nil
}

// feed gives changes to the engine, with a note on disk while it has them.
func (d *document) feed(list []replica.Arrival) error {
	hashes := make([][32]byte, len(list))
	for n, a := range list {
		hashes[n] = a.Change.Hash
	}
	call, err := d.s.poison.Begin(string(d.id), hashes...)
	if err != nil {
		return err
	}
	defer call.End()
	if d.s.opt.feed != nil {
		if err := d.s.opt.feed(bodiesOf(list)); err != nil {
			return err
		}
	}
	_, err = d.eng.Merge(bodiesOf(list))
	return err
}

func bodiesOf(list []replica.Arrival) [][]byte {
	out := make([][]byte, len(list))
	for n, a := range list {
		out[n] = a.Change.Chunk
	}
	return out
}

// culprit finds the first change on which the engine fails, trying each in a VM of
// its own. The engine is made anew; good is how many of the list it has survived.
func (d *document) culprit(anew bool, before, list []replica.Arrival) (good int, found bool, err error) {
	if err := d.again(anew, before); err != nil {
		return 0, false, err
	}
	for n := range list {
		ctx, cancel := context.WithTimeout(context.Background(), trialTime)
		err := d.s.sandbox().Try(ctx, d.eng.Save(), nil, bodiesOf(list[n:n+1]))
		cancel()
		if errors.Is(err, engine.ErrClosed) {
			return n, false, err
		}
		if err == nil {
			err = d.feed(list[n : n+1])
		}
		if err != nil && d.s.over.Load() { // it is not the change's fault that the store closes
			return n, false, err
		}
		if err != nil {
			again := d.again(anew, append(slices.Clip(before), list[:n]...))
			return n, true, again
		}
	}
	return len(list), false, nil
}

// again makes the engine anew of what it has survived.
func (d *document) again(anew bool, survived []replica.Arrival) error {
	d.dropEngine()
	if err := d.beginEngine(anew); err != nil {
		return err
	}
	_, err := d.eng.Merge(bodiesOf(survived))
	return err
}

// showAnew reads the whole document.
func (d *document) showAnew() (steps []doc.StepChange, err error) {
	root, err := d.eng.Tree()
	if err != nil {
		return nil, fmt.Errorf("reading document: %w", err)
	}
	if d.state == doc.Ready {
		if err := d.needHistory(); err != nil {
			return nil, err
		}
		steps = d.history.Follow(nil, d.tree.Root(), root)
	}
	d.tree, d.state, d.err = doc.NewTree(root), doc.Ready, d.damage
	d.republish(doc.Remote)
	return steps, nil
}

// showTouched reads what others' changes have touched, and no more.
func (d *document) showTouched(touched []doc.Path) (steps []doc.StepChange, err error) {
	if err := d.needHistory(); err != nil {
		return nil, err
	}
	for _, p := range touched {
		v, ok, err := d.eng.Read(p)
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", p, err)
		}
		was, _ := d.tree.Value(p)
		steps = append(steps, d.history.Follow(p, was, v)...)
		d.tree.Replace(p, v, ok)
	}
	d.publish(touched, doc.Remote)
	return steps, nil
}
