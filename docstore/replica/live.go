package replica

import (
	"errors"
	"fmt"
	"slices"

	"corkboard/chunk"
	"corkboard/docstore/engine"
)

// open is the engine's document with all changes that fit. A change on which
// the engine fails is put aside, and what builds on it.
func (d *document) open() (engine.Doc, error) {
	for {
		err := d.catchUp()
		if err == nil {
			return d.engine, nil
		}
		d.closeEngine()
		culprit, why := d.culprit()
		if culprit == nil {
			return nil, fmt.Errorf("open document %v: %w", d.genesis.ID(), err)
		}
		d.poison[culprit.Hash] = fmt.Errorf("%w: %w", ErrEngine, why)
		d.refit()
	}
}

func (d *document) catchUp() error {
	list := d.behind
	d.behind = nil
	if d.engine == nil {
		fresh, err := d.r.opt.Engine.Load(nil, bodies(d.fit), d.actor())
		if err != nil {
			return err
		}
		d.engine = fresh
	} else if len(list) == 0 {
		return nil
	} else if _, err := d.engine.Merge(bodies(list)); err != nil {
		return err
	}
	return d.tips.agree(d.engine)
}

var errHeads = errors.New("it shows other heads than its changes have")

// agree holds the engine's heads against those of the changes that it was given.
func (t tips) agree(e engine.Doc) error {
	if !slices.Equal(e.Heads(), t.heads()) {
		return errHeads
	}
	return nil
}

// culprit finds the first change on which the engine fails.
func (d *document) culprit() (*change, error) {
	e, err := d.r.opt.Engine.New(d.actor())
	if err != nil {
		return nil, err
	}
	defer e.Close()
	given := tips{}
	for i, c := range d.fit {
		given.add(c)
		if _, err := e.Merge(bodies(d.fit[i : i+1])); err != nil {
			return c, err
		}
		if err := given.agree(e); err != nil {
			return c, err
		}
	}
	return nil, nil
}

func bodies(list []*change) [][]byte {
	out := make([][]byte, len(list))
	for i, c := range list {
		out[i] = c.decoded.Chunk
	}
	return out
}

// actor is the name under which this run writes here.
func (d *document) actor() []byte {
	a := chunk.Actor(d.r.opt.Device.ID(), d.genesis.ID(), d.r.run.nonce)
	return a[:]
}

func (d *document) closeEngine() {
	if d.engine != nil {
		d.engine.Close()
	}
	d.engine, d.behind, d.mine = nil, nil, [32]byte{}
}
