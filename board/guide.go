package board

import "math"

const allEdges = EdgeLeft | EdgeTop | EdgeRight | EdgeBottom

// appendGuides adds lines, in board units, for what is exactly true of a frame
// among other cards: edges and middles in line, gaps that are equal. Only the
// edges that moved are looked at, and the middles between.
func appendGuides(out []Guide, me Rect, near []Rect, moved Edge) []Guide {
	out = appendLines(out, me, across, near, moved&EdgeLeft != 0, moved&EdgeRight != 0)
	out = appendLines(out, me, down, near, moved&EdgeTop != 0, moved&EdgeBottom != 0)
	if moved&(EdgeLeft|EdgeRight) != 0 {
		out = appendGaps(out, me, across, near)
	}
	if moved&(EdgeTop|EdgeBottom) != 0 {
		out = appendGaps(out, me, down, near)
	}
	return out
}

// appendLines adds at most one line for each end of the frame, or one for its
// middle, along all cards that it is in line with.
func appendLines(out []Guide, me Rect, a axis, near []Rect, low, high bool) []Guide {
	mine, side := a.of(me), a.other().of(me)
	from, to, middle := side, side, side // how far each line goes
	var onFrom, onTo, onMiddle bool
	for i := range near {
		o, reach := a.of(near[i]), a.other().of(near[i])
		if low && (same(mine.from, o.from) || same(mine.from, o.to)) {
			from, onFrom = from.around(reach), true
		}
		if high && (same(mine.to, o.to) || same(mine.to, o.from)) {
			to, onTo = to.around(reach), true
		}
		if (low || high) && same(mine.mid(), o.mid()) {
			middle, onMiddle = middle.around(reach), true
		}
	}
	if onFrom {
		out = append(out, Guide{From: a.point(mine.from, from.from), To: a.point(mine.from, from.to)})
	}
	if onTo {
		out = append(out, Guide{From: a.point(mine.to, to.from), To: a.point(mine.to, to.to)})
	}
	if onMiddle && !onFrom && !onTo {
		out = append(out, Guide{From: a.point(mine.mid(), middle.from), To: a.point(mine.mid(), middle.to)})
	}
	return out
}

// appendGaps marks the gaps beside the frame that are equal to the next ones.
func appendGaps(out []Guide, me Rect, a axis, near []Rect) []Guide {
	n := neighboursOf(me, a, near, exact)
	mine, side := a.of(me), a.other().of(me)
	lane := [...]span{n.at[farBefore], n.at[before], mine, n.at[after], n.at[farAfter]}
	sides := [...]span{n.side[farBefore], n.side[before], side, n.side[after], n.side[farAfter]}
	here := [...]bool{n.has[farBefore], n.has[before], true, n.has[after], n.has[farAfter]}
	var equal [4]bool // the gap after each of the lane
	for i := range 3 {
		if here[i] && here[i+1] && here[i+2] {
			g := lane[i+1].from - lane[i].to
			if g > exact && same(g, lane[i+2].from-lane[i+1].to) {
				equal[i], equal[i+1] = true, true
			}
		}
	}
	for i := range equal {
		if equal[i] {
			at := sides[i].shared(sides[i+1]).mid()
			out = append(out, Guide{From: a.point(lane[i].to, at), To: a.point(lane[i+1].from, at), Gap: true})
		}
	}
	return out
}

func same(a, b float64) bool { return math.Abs(a-b) < exact }

// around is the span from the first to the last of both.
func (s span) around(o span) span { return span{min(s.from, o.from), max(s.to, o.to)} }

// shared is what both spans have.
func (s span) shared(o span) span { return span{max(s.from, o.from), min(s.to, o.to)} }

// point is the place at a distance along the axis and one along the other.
func (a axis) point(at, side float64) Point {
	if a == across {
		return Point{at, side}
	}
	return Point{side, at}
}
