package docstore

import (
	"context"
	"encoding/hex"
	"fmt"

	"corkboard/doc"
	"corkboard/docstore/verify"
)

// Trace is a version, and what its change did to the slots of one map.
type Trace struct {
	Version
	verify.Slots
}

// Traces is History with what each change did to the map at a path, as
// verify.Places.Slots tells; what a change that cannot be read did is left out. It opens
// every change and no engine: about 0.1 ms each.
func (s *Store) Traces(ctx context.Context, id doc.ID, at doc.Path, field string) ([]Trace, error) {
	list, err := s.History(ctx, id)
	if err != nil {
		return nil, err
	}
	out := make([]Trace, len(list))
	row := make(map[string]int, len(list))
	for i, v := range list {
		out[i].Version = v
		row[v.hash] = i
	}
	for _, of := range s.lives(id) {
		changes, err := s.decoded(ctx, of)
		if err != nil {
			return nil, fmt.Errorf("reading changes: %w", err)
		}
		places := verify.NewPlaces()
		for _, d := range changes {
			if _, err := places.Add(d); err != nil {
				continue
			}
			if i, ok := row[hex.EncodeToString(d.Hash[:])]; ok {
				out[i].Slots = places.Slots(d, at, field)
			}
		}
	}
	return out, ctx.Err()
}

// decoded is the changes of a document that can be read, each after those it follows.
func (s *Store) decoded(ctx context.Context, id doc.ID) ([]*verify.Decoded, error) {
	d, err := s.holdAs(id)
	if err != nil {
		return nil, err
	}
	defer d.release()
	m, genesis, err := d.member()
	if err != nil {
		return nil, err
	}
	bodies, _, err := d.col.Load().readChanges(m, id, genesis, 0)
	if err != nil {
		return nil, err
	}
	var rows []pastRow
	byHash := make(map[string]*verify.Decoded, len(bodies))
	for _, b := range bodies {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		c, err := verify.Change(b)
		if err != nil {
			continue
		}
		e := changeOf(c)
		byHash[e.Hash] = c
		rows = append(rows, pastRow{hash: e.Hash, deps: e.Deps})
	}
	out := make([]*verify.Decoded, 0, len(rows))
	for _, r := range timed(rows) {
		out = append(out, byHash[r.hash])
	}
	return out, nil
}
