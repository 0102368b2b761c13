package docsync

import (
	"corkboard/record"
)

// answerOn answers the question that is open. An answer has for each range, in
// order: to hashes a bit for each child that differs, and for each of those its own
// hashes, if it has many keys; to items those that they lack, if they are few.
func (c *collection) answerOn(out *outbox) {
	q := c.open
	if q == nil || len(c.pending) > maxPending/2 || out.full() {
		return
	}
	c.open = nil
	w := begin(answer, c, c.mode)
	w.Uint(q.number)
	for _, p := range q.parts {
		if p.hashes != nil {
			c.answerHashes(w, p)
		} else {
			c.answerItems(w, p)
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

// answerItems answers to all items that the other side has in a range, and wants
// those that are not here.
func (c *collection) answerItems(w *record.Writer, p part) {
	keys := c.keys(p.node)
	there := make(map[Key]bool, len(p.items))
	for _, e := range p.items {
		there[e.Key] = true
		c.found(e)
	}
	many := len(keys) > maxAnswers && p.depth < maxDepth-1
	w.Bool(many)
	if !many {
		keys = keys[:min(len(keys), maxAnswers)]
		writeEntries(w, c.entries(keys, there))
	}
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
	for _, p := range d.sent {
		if p.hashes != nil {
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
		items = append(items, readEntries(r, p.node, maxAnswers)...)
	}
	if err := malformed(r); err != nil {
		return err
	}
	for _, e := range items {
		c.found(e)
	}
	d.sent, d.first, d.stack = nil, false, append(d.stack, deeper...)
	return nil
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
