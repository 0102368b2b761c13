package ui

import (
	"corkboard/doc"
	"corkboard/share"
)

// place is a document that the window can show.
type place struct {
	id   doc.ID
	kind string
}

// maxTrail bounds how far back one can go.
const maxTrail = 100

// trail is where the window has been: back and forward, and the way from the
// home board to here for the breadcrumb. Pure.
type trail struct {
	past, future [][]place // each is a way; its last place was shown
	way          []place
}

func newTrail(home place) *trail { return &trail{way: []place{home}} }

// here is what is shown.
func (t *trail) here() place { return t.way[len(t.way)-1] }

// open goes to a place: further in, or back along the way if it lies on it.
func (t *trail) open(p place) {
	if p == t.here() {
		return
	}
	t.past = append(t.past, t.way)
	if len(t.past) > maxTrail {
		t.past = t.past[1:]
	}
	t.future = nil
	for i, q := range t.way {
		if q == p {
			t.way = append([]place{}, t.way[:i+1]...)
			return
		}
	}
	t.way = append(append([]place{}, t.way...), p)
}

func (t *trail) back() bool {
	if len(t.past) == 0 {
		return false
	}
	t.future = append(t.future, t.way)
	t.way = t.past[len(t.past)-1]
	t.past = t.past[:len(t.past)-1]
	return true
}

func (t *trail) forward() bool {
	if len(t.future) == 0 {
		return false
	}
	t.past = append(t.past, t.way)
	t.way = t.future[len(t.future)-1]
	t.future = t.future[:len(t.future)-1]
	return true
}

// linkTo is the link to a place.
func linkTo(p place) string { return share.Format(share.Link{Document: p.id, Kind: p.kind}) }

// rename gives a document its new id wherever the window has been, and reports
// whether it was on the way here.
func (t *trail) rename(old, now doc.ID) (here bool) {
	renamed := func(way []place) []place {
		out := append([]place{}, way...)
		for i := range out {
			if out[i].id == old {
				out[i].id = now
			}
		}
		return out
	}
	for _, p := range t.way {
		here = here || p.id == old
	}
	t.way = renamed(t.way)
	for _, ways := range [][][]place{t.past, t.future} {
		for i := range ways {
			ways[i] = renamed(ways[i])
		}
	}
	return here
}
