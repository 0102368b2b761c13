package replica

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"

	"corkboard/access"
	"corkboard/chunk"
	"corkboard/doc"
	"corkboard/identity"
)

// pen is a run that a hostile device writes by hand, past all that a replica
// would forbid. What it writes goes to others and into the device's own replica,
// which plays by the rules.
type pen struct {
	w     *world
	n     *node
	nonce chunk.Nonce
	last  chunk.Link
}

func (w *world) penOf(n *node) *pen {
	p := w.pens[n]
	if p == nil || w.chance(3) {
		p = &pen{w: w, n: n, nonce: chunk.Nonce(w.bytes(16))}
		w.pens[n] = p
	}
	return p
}

func (w *world) bytes(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(w.random.IntN(256))
	}
	return b
}

// announce says that the pen's device writes: honestly, unless as changes that.
func (p *pen) announce(as func(*chunk.Run)) *chunk.Run {
	r := chunk.Run{Collection: chunk.CollectionID(p.w.collection), Person: p.n.player.id, Nonce: p.nonce}
	for _, id := range p.n.r.State().Heads {
		r.Cites = append(r.Cites, id)
	}
	r.Cites = r.Cites[:min(len(r.Cites), chunk.MaxCites)]
	if as != nil {
		as(&r)
	}
	said, err := chunk.SignRun(p.n.player.devices[p.n.device], r)
	if err != nil {
		p.w.fail("%s: %w", p.n, err)
		return nil
	}
	return said
}

// change is signed after a link, of what an engine makes under the only name that
// fits the run; spoilt by as, if that is given. Nil if the engine cannot go on
// here.
func (p *pen) change(run *chunk.Run, after chunk.Link, d *document, as func([]byte) []byte) *chunk.Change {
	actor := chunk.Actor(run.Device, d.genesis.ID(), run.Nonce)
	e, err := p.w.engine.Load(nil, bodies(d.fit), actor[:])
	if err != nil {
		return nil
	}
	defer e.Close()
	edit := doc.Put{Path: doc.At(fmt.Sprint("forged", p.w.random.IntN(3))), Value: p.w.random.Int64()}
	made, err := e.Apply([]doc.Edit{edit}, "forged", p.w.time(p.n))
	if err != nil {
		return nil
	}
	if as != nil {
		made.Body = as(made.Body)
	}
	return p.sign(run, after, d, made.Body)
}

// sign signs any change.
func (p *pen) sign(run *chunk.Run, after chunk.Link, d *document, body []byte) *chunk.Change {
	c, err := chunk.SignChange(p.n.player.devices[p.n.device], run, after, d.genesis.Document(), body)
	if err != nil {
		p.w.fail("%s signs: %w", p.n, err)
	}
	return c
}

// forbidden spreads a change that must not count.
func (p *pen) forbidden(why string, run *chunk.Run, c *chunk.Change) {
	if c != nil {
		p.w.forbid(idOf(c), why)
		p.send(run, c)
	}
}

// send seals and spreads what was signed.
func (p *pen) send(list ...chunk.Item) {
	e, err := p.n.r.epoch()
	if err != nil {
		return
	}
	var items []Item
	for _, signed := range list {
		raw, err := p.n.r.ring.Seal(e, signed)
		if err != nil {
			p.w.fail("%s seals: %w", p.n, err)
			return
		}
		items = append(items, Item{Chunk, sha256.Sum256(raw), raw})
		_ = p.n.r.Receive(Chunk, raw)
	}
	p.w.save(p.n, nil)
	p.w.push(p.n, items)
}

// someDocument is one that the pen's replica shows; nil if there is none.
func (p *pen) someDocument() *document {
	ids := p.n.r.Documents()
	if len(ids) == 0 {
		return nil
	}
	return p.n.r.documents[ids[p.w.random.IntN(len(ids))]]
}

// another is a change of somebody else in the document.
func (p *pen) another(d *document) *change {
	list := slices.DeleteFunc(slices.Clone(d.fit), func(c *change) bool { return c.Author == p.n.player.id })
	if len(list) == 0 {
		return nil
	}
	return list[p.w.random.IntN(len(list))]
}

// dataOf is what lies in the frame of a change that is not compressed.
func dataOf(b []byte) []byte {
	_, n := binary.Uvarint(b[9:])
	return b[9+n:]
}

// reframed puts a frame with the right checksum around the data of a change.
func reframed(data []byte) []byte {
	b := append(binary.AppendUvarint([]byte{1}, uint64(len(data))), data...)
	sum := sha256.Sum256(b)
	return slices.Concat([]byte{0x85, 0x6f, 0x4a, 0x83}, sum[:4], b)
}

// scrambled is bytes with one to three things wrong.
func (w *world) scrambled(b []byte) []byte {
	b = slices.Clone(b)
	for n := 1 + w.random.IntN(3); n > 0 && len(b) > 0; n-- {
		switch i := w.random.IntN(len(b)); w.random.IntN(4) {
		case 0:
			b[i] ^= 1 << w.random.IntN(8)
		case 1:
			b[i] += byte(w.random.IntN(3)) - 1
		case 2:
			b = slices.Delete(b, i, i+1)
		case 3:
			b = slices.Insert(b, i, byte(w.random.IntN(256)))
		}
	}
	return b
}

// victim is a person whose name may be abused.
func (w *world) victim(n *node) identity.PersonID {
	for {
		if v := w.anybody(); v.player != n.player {
			return v.player.id
		}
	}
}

func idOf(c *chunk.Change) access.ChangeID { return access.ChangeID(c.ID()) }
