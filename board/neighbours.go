package board

// The neighbours of a frame along an axis, in order.
const (
	farBefore = iota
	before
	after
	farAfter
)

// neighbours are the cards in one row with a frame, or in one column: the next
// on both sides, and those next to them.
type neighbours struct {
	at   [4]span // along the axis
	side [4]span // along the other
	has  [4]bool
}

// neighboursOf finds the neighbours of a frame; those that it overlaps by no
// more than slack count as beside it.
func neighboursOf(me Rect, a axis, near []Rect, slack float64) neighbours {
	var n neighbours
	mine, side := a.of(me), a.other().of(me)
	n.seek(before, near, a, side, mine.from+slack, mine.mid())
	n.seek(after, near, a, side, mine.to-slack, mine.mid())
	if n.has[before] {
		n.seek(farBefore, near, a, side, n.at[before].from, n.at[before].mid())
	}
	if n.has[after] {
		n.seek(farAfter, near, a, side, n.at[after].to, n.at[after].mid())
	}
	return n
}

// seek finds the closest card of the row that ends at a limit, or begins there
// for the later two, its middle being on that side of mid.
func (n *neighbours) seek(which int, near []Rect, a axis, side span, limit, mid float64) {
	for i := range near {
		o, across := a.of(near[i]), a.other().of(near[i])
		if !across.meets(side) {
			continue
		}
		var closer bool
		if which <= before {
			closer = o.to <= limit && o.mid() < mid && (!n.has[which] || o.to > n.at[which].to)
		} else {
			closer = o.from >= limit && o.mid() > mid && (!n.has[which] || o.from < n.at[which].from)
		}
		if closer {
			n.at[which], n.side[which], n.has[which] = o, across, true
		}
	}
}

// gap is the distance between two neighbours.
func (n *neighbours) gap(one, next int) float64 { return n.at[next].from - n.at[one].to }
