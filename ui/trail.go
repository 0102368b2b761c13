package ui

import (
	"slices"

	"corkboard/board"
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

// sight is how a board was looked at.
type sight struct {
	camera   board.Camera
	selected []board.CardID
}

// stop is one step of a trail.
type stop struct {
	way  []place // from the home board to what was shown
	seen *sight  // nil if it has not been left yet, or is no board
}

// trail is where the window has been: back and forward, and the way from the
// home board to here for the breadcrumb. Pure.
type trail struct {
	stop
	past, future []stop
}

func newTrail(home place) *trail { return &trail{stop: stop{way: []place{home}}} }

// here is what is shown.
func (t *trail) here() place { return t.way[len(t.way)-1] }

// open goes to a place: further in, or back along the way if it lies on it.
func (t *trail) open(p place) {
	if p == t.here() {
		return
	}
	t.step()
	if i := slices.Index(t.way, p); i >= 0 {
		t.way = slices.Clone(t.way[:i+1])
		return
	}
	t.way = append(slices.Clone(t.way), p)
}

// step goes on from here, to another part of the same board for now.
func (t *trail) step() {
	t.past = append(t.past, t.stop)
	if len(t.past) > maxTrail {
		t.past = t.past[1:]
	}
	t.future, t.seen = nil, nil
}

// leave keeps how the board is looked at that is left.
func (t *trail) leave(s sight) { t.seen = &s }

func (t *trail) back() bool { return t.turn(&t.past, &t.future) }

func (t *trail) forward() bool { return t.turn(&t.future, &t.past) }

func (t *trail) turn(from, to *[]stop) bool {
	last := len(*from) - 1
	if last < 0 {
		return false
	}
	*to = append(*to, t.stop)
	t.stop, *from = (*from)[last], (*from)[:last]
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
	for _, stops := range [][]stop{t.past, t.future} {
		for i := range stops {
			stops[i].way = renamed(stops[i].way)
		}
	}
	return here
}
