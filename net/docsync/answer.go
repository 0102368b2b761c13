package docsync

import (
	"corkboard/record"
)

// answerOn answers the question that is open. An answer has for each range that is
// asked about, in order: to hashes a bit for each child that differs, and for each of
// those its own hashes, if it has many keys; to keys a bit for each that is not here, and
// the items that they lack, if they are few.
func (c *collection) answerOn(out *outbox) {
	q := c.open
	if q == nil || len(c.pending) > maxPending/2 || out.full() {
		return
	}
	c.open = nil
	w := begin(answer, c, c.mode)
	w.Uint(q.number)
	for _, p := range q.parts {
		switch p.form {
		case byHashes:
			c.answerHashes(w, p)
		case byKeys:
			c.answerKeys(w, p)
		case ofItems:
			for _, e := range p.items {
				c.found(e)
			}
		}
	}
	out.put(w.B)
}

func (c *collection) answerHashes(w *record.Writer, p part) {
	own := c.hashes(p.node)
	differ := uint64(0)
	for i := range own {
		if own[i] != p.hashes[i] {
			differ |= 1 << i
		}
	}
	w.Uint(differ)
	for i := range own {
		if differ>>i&1 == 0 {
			continue
		}
		child := p.child(i)
		many := len(c.keys(child)) > leaf && child.depth < maxDepth-1
		w.Bool(many)
		if many {
			c.hashes(child).write(w)
		}
	}
}

// answerKeys answers to all keys that the other side has in a range.
func (c *collection) answerKeys(w *record.Writer, p part) {
	keys := c.keys(p.node)
	many := len(keys) > maxAnswers && p.depth < maxDepth-1
	w.Bool(many)
	if many {
		return
	}
	there, here := map[briefKey]bool{}, map[briefKey]bool{}
	for _, b := range p.briefs {
		there[b] = true
	}
	var more []Key
	for _, k := range keys {
		if here[briefOf(k)] = true; !there[briefOf(k)] && len(more) < maxAnswers {
			more = append(more, k)
		}
	}
	lacks := make([]byte, (len(p.briefs)+7)/8)
	for i, b := range p.briefs {
		if !here[b] {
			lacks[i/8] |= 1 << (i % 8)
		}
	}
	w.Fixed(lacks)
	writeEntries(w, c.entries(more))
}

// found notes an item that a comparison has brought to light: nothing counts as
// seen before it is here.
func (c *collection) found(e Entry) {
	if p := c.wanted(e); p != nil && !p.loose {
		p.loose = true
		c.loose++
	}
}

// receiveAnswer goes on where there are differences.
func (c *collection) receiveAnswer(r *record.Reader) error {
	d, number := c.driver, r.Uint(maxPlace)
	if d == nil || number != c.number || len(d.sent) == 0 {
		c.over = d == nil // it answers what was given up
		return nil
	}
	var deeper []node
	var items []Entry
	var lacks []part
	for _, p := range d.sent {
		if p.form == ofItems {
			continue
		}
		if p.form == byHashes {
			deeper = append(deeper, c.readDifferences(r, p)...)
			continue
		}
		if many := r.Bool(); many {
			if p.depth >= maxDepth-1 {
				r.Fail("range too small")
				break
			}
			for i := range fanOut {
				deeper = append(deeper, p.child(i))
			}
			continue
		}
		if list := c.entries(readLacks(r, p.keys)); len(list) > 0 {
			lacks = append(lacks, part{node: p.node, form: ofItems, items: list})
		}
		items = append(items, readEntries(r, p.node, maxAnswers)...)
	}
	if err := malformed(r); err != nil {
		return err
	}
	for _, e := range items {
		c.found(e)
	}
	d.sent, d.first, d.stack, d.lacks = nil, false, append(d.stack, deeper...), append(d.lacks, lacks...)
	return nil
}

// readLacks reads which of these keys the other side lacks.
func readLacks(r *record.Reader, keys []Key) (list []Key) {
	bits := r.Fixed((len(keys) + 7) / 8)
	for i := range 8 * len(bits) {
		switch {
		case bits[i/8]>>(i%8)&1 == 0:
		case i >= len(keys):
			r.Fail("bits after the last key")
			return nil
		default:
			list = append(list, keys[i])
		}
	}
	return list
}

// readDifferences is the ranges below one that differ.
func (c *collection) readDifferences(r *record.Reader, p part) (deeper []node) {
	differ := r.Uint(1<<fanOut - 1)
	for i := range fanOut {
		if differ>>i&1 == 0 {
			continue
		}
		child := p.child(i)
		if many := r.Bool(); !many {
			deeper = append(deeper, child)
			continue
		}
		if child.depth >= maxDepth-1 {
			r.Fail("range too small")
			return nil
		}
		their := readHashes(r)
		if r.Err() != nil {
			return nil
		}
		own := c.hashes(child)
		for j := range own {
			if own[j] != their[j] {
				deeper = append(deeper, child.child(j))
			}
		}
	}
	return deeper
}
