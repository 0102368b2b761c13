//go:build cgo && (linux || darwin)

package engine

import (
	"encoding/hex"
	"fmt"
	"runtime"
	"slices"
	"time"

	"github.com/automerge/automerge-go"

	"corkboard/doc"
)

// HasNative says whether this build has the native core.
const HasNative = true

// Native is Automerge's C core.
func Native() Engine { return native{} }

type native struct{}

type nativeDoc struct {
	d       *automerge.Doc
	waiting []frame // changes whose predecessors have not come yet
}

func (native) New(actor []byte) (Doc, error) {
	d := automerge.New()
	if err := d.SetActorID(hex.EncodeToString(actor)); err != nil {
		return nil, fmt.Errorf("naming the writer: %w", err)
	}
	return &nativeDoc{d: d}, nil
}

func (n native) Load(saved []byte, chunks [][]byte, actor []byte) (Doc, error) {
	d := automerge.New()
	if len(saved) > 0 {
		var err error
		if d, err = automerge.Load(saved); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrBadChunk, err)
		}
	}
	if err := d.SetActorID(hex.EncodeToString(actor)); err != nil {
		return nil, fmt.Errorf("naming the writer: %w", err)
	}
	out := &nativeDoc{d: d}
	if err := out.takeIn(chunks); err != nil {
		return nil, err
	}
	return out, nil
}

// takeIn applies changes in any order. Order, frames and missing predecessors
// are looked after here: the binding's Apply hands over whole results rather
// than the changes it was given, and LoadIncremental drops what it cannot
// read without an error and refuses early birds in an empty document.
func (n *nativeDoc) takeIn(chunks [][]byte) error {
	list := slices.Clone(n.waiting)
	for _, c := range chunks {
		f, err := readFrame(c)
		if err != nil {
			return err
		}
		list = append(list, f)
	}
	ready, rest := inOrder(list, n.known)
	var all []byte
	for _, f := range ready {
		all = append(all, f.body...)
	}
	if len(all) > 0 {
		if err := n.d.LoadIncremental(all); err != nil {
			return fmt.Errorf("%w: %w", ErrBadChunk, err)
		}
	}
	n.waiting = rest
	return nil
}

func (n *nativeDoc) known(h changeHash) bool {
	_, err := n.d.Change(automerge.ChangeHash(h))
	return err == nil
}

func (n *nativeDoc) Apply(edits []doc.Edit, label string, unixMilli int64) (Change, error) {
	w := writer{root: n.d.RootMap()}
	for i, e := range edits {
		if err := w.edit(e); err != nil {
			return Change{}, fmt.Errorf("%w: edit %d (%T at %s): %w", ErrRefused, i, e, e.At(), err)
		}
	}
	at := time.UnixMilli(unixMilli)
	hash, err := n.d.Commit(label, automerge.CommitOptions{Time: &at})
	if err != nil {
		if err.Error() == "Commit is empty" { // the binding's only word for it
			return Change{}, ErrNothing
		}
		return Change{}, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	c, err := n.d.Change(hash)
	if err != nil {
		return Change{}, fmt.Errorf("%w: reading back the change: %w", ErrRefused, err)
	}
	return changeOf(c)
}

func changeOf(c *automerge.Change) (Change, error) {
	actor, err := hex.DecodeString(c.ActorID())
	if err != nil {
		return Change{}, fmt.Errorf("%w: actor: %w", ErrBadChunk, err)
	}
	return Change{
		Hash: c.Hash().String(), Actor: actor, Seq: c.ActorSeq(),
		Deps: headsOf(c.Dependencies()), Label: c.Message(),
		UnixMilli: c.Timestamp().UnixMilli(), Body: c.Save(),
	}, nil
}

func headsOf(list []automerge.ChangeHash) doc.Heads {
	out := make(doc.Heads, len(list))
	for i, h := range list {
		out[i] = h.String()
	}
	slices.Sort(out)
	return out
}

func (n *nativeDoc) Heads() doc.Heads { return headsOf(n.d.Heads()) }

func (n *nativeDoc) Tree() (doc.Map, error) { return readMap(n.d.RootMap(), 0) }

func (n *nativeDoc) Merge(chunks [][]byte) ([]doc.Path, error) {
	before, err := n.Tree()
	if err != nil {
		return nil, err
	}
	if err := n.takeIn(chunks); err != nil {
		return nil, err
	}
	after, err := n.Tree()
	if err != nil {
		return nil, err
	}
	return doc.Difference(before, after), nil
}

func (n *nativeDoc) At(heads doc.Heads) (doc.Map, error) {
	if len(heads) == 0 {
		return doc.Map{}, nil
	}
	asOf := make([]automerge.ChangeHash, len(heads))
	for i, h := range heads {
		hash, err := automerge.NewChangeHash(h)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrUnknownHeads, err)
		}
		asOf[i] = hash
	}
	old, err := n.d.Fork(asOf...)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnknownHeads, err)
	}
	defer runtime.KeepAlive(old)
	return readMap(old.RootMap(), 0)
}

func (n *nativeDoc) Changes() ([]Change, error) {
	list, err := n.d.Changes()
	if err != nil {
		return nil, fmt.Errorf("listing changes: %w", err)
	}
	out := make([]Change, len(list))
	for i, c := range list {
		if out[i], err = changeOf(c); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (n *nativeDoc) Save() []byte { return n.d.Save() }

func (n *nativeDoc) Close() { n.d, n.waiting = nil, nil }
