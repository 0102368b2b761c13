package replica

import (
	"fmt"
	"io"
	"slices"

	"corkboard/access"
	"corkboard/chunk"
	"corkboard/doc"
	"corkboard/docstore/verify"
)

// run is what this start of the program has written so far.
type run struct {
	nonce  chunk.Nonce
	last   chunk.Link
	said   *chunk.Run // as announced last
	heads  []access.RecordID
	broken bool // something that it wrote does not count: another run must go on
	me     access.Change
}

// startRun begins a chain of its own: sequence numbers of actors that are spent
// on changes which do not count are never given again.
func (r *Replica) startRun() error {
	r.Close()
	r.run = run{}
	if _, err := io.ReadFull(r.opt.Random, r.run.nonce[:]); err != nil {
		return fmt.Errorf("draw the name of a run: %w", err)
	}
	r.run.me = access.Change{Device: r.opt.Device.ID(), Run: access.RunID(r.run.nonce)}
	return nil
}

func (n *run) wrote(c *change) bool { return c.Device == n.me.Device && c.Run == n.me.Run }

// NewDocument begins an empty document. ErrNotAllowed below Write.
func (r *Replica) NewDocument(now int64) (id chunk.DocumentID, items []Item, err error) {
	items, err = r.command("begin a document", func() error {
		if err := r.prepare(now); err != nil {
			return err
		}
		var nonce [32]byte
		if _, err := io.ReadFull(r.opt.Random, nonce[:]); err != nil {
			return fmt.Errorf("draw a nonce: %w", err)
		}
		signed, err := chunk.SignGenesis(r.opt.Device, r.genesis(nonce, uint64(max(now, 0))))
		if err != nil {
			return err
		}
		id = signed.ID()
		return r.seal(signed)
	})
	return id, items, err
}

// Edit makes one change of a document. What is to be sent besides the change, a
// new key or the announcement of the run, comes before it in the items. Errors:
// ErrNotAllowed, ErrNoDocument, engine.ErrNothing, engine.ErrRefused, those of
// package verify for a change that others would refuse. After an error the
// document is as before.
func (r *Replica) Edit(id chunk.DocumentID, edits []doc.Edit, label string, now int64) ([]Item, error) {
	return r.command("edit", func() error {
		d := r.documents[id]
		if d == nil {
			return ErrNoDocument
		}
		if err := r.prepare(now); err != nil {
			return err
		}
		if err := r.announce(); err != nil {
			return err
		}
		e, err := d.open()
		if err != nil {
			return err
		}
		made, err := e.Apply(edits, label, now)
		if err == nil {
			err = r.write(d, made.Body)
		}
		if err != nil {
			d.closeEngine()
		}
		return err
	})
}

// prepare sees to it that this device may write and has a key to seal with.
func (r *Replica) prepare(now int64) error {
	if err := r.allowed(access.Write); err != nil {
		return err
	}
	if r.opt.trust.forges {
		return nil
	}
	return r.rotateIfNeeded(now)
}

// announce says under which name and at which heads this device writes, if that
// is news.
func (r *Replica) announce() error {
	if r.run.broken {
		if err := r.startRun(); err != nil {
			return err
		}
	}
	heads := r.view.Heads()
	heads = heads[:min(len(heads), chunk.MaxCites)]
	if r.run.said != nil && slices.Equal(heads, r.run.heads) {
		return nil
	}
	say := chunk.Run{Collection: chunk.CollectionID(r.collection), Person: r.opt.Person, Nonce: r.run.nonce}
	for _, id := range heads {
		say.Cites = append(say.Cites, id)
	}
	said, err := chunk.SignRun(r.opt.Device, say)
	if err != nil {
		return err
	}
	r.run.said, r.run.heads = said, heads
	return r.seal(said)
}

// write signs and seals what the engine has made.
func (r *Replica) write(d *document, body []byte) error {
	decoded, err := verify.Change(body)
	if err != nil {
		return err
	}
	c, err := chunk.SignChange(r.opt.Device, r.run.said, r.run.last, d.genesis.Document(), decoded.Chunk)
	if err != nil {
		return err
	}
	d.mine = decoded.Hash
	if err := r.seal(c); err != nil {
		return err
	}
	r.run.last = c.Link()
	r.settle()
	if own := r.changes[access.ChangeID(c.ID())]; own == nil || !own.accepted || d.misfit[own.Hash] != nil {
		r.run.broken = true
		return fmt.Errorf("own change: %v: %w", r.court.Verdict(access.ChangeID(c.ID())).Reason, ErrNotAllowed)
	}
	return nil
}

// seal seals an item and takes it in.
func (r *Replica) seal(item chunk.Item) error {
	raw, err := r.box(item)
	if err != nil {
		return err
	}
	return r.put(Chunk, raw)
}

// box seals an item under the newest key.
func (r *Replica) box(item chunk.Item) ([]byte, error) {
	e, err := r.epoch()
	if err != nil {
		return nil, err
	}
	return r.ring.Seal(e, item)
}
