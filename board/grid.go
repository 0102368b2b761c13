package board

import "math"

// cellSide is the side of an index cell in board units: about a screen holds
// a dozen of them.
const cellSide = 512

// manyCells is the number of cells above which a card is kept apart, so that
// a few giant cards cannot fill the memory.
const manyCells = 64

// cell names a square of the board.
type cell struct{ x, y int32 }

// cells is the block of cells that an area covers, both ends included.
type cells struct{ x0, y0, x1, y1 int32 }

func cellsOf(r Rect) cells {
	return cells{cellAt(r.X), cellAt(r.Y), cellAt(r.X + r.W), cellAt(r.Y + r.H)}
}

func cellAt(x float64) int32 {
	x = math.Floor(x / cellSide)
	return int32(min(max(x, math.MinInt32), math.MaxInt32))
}

func (c cells) count() float64 {
	return (float64(c.x1) - float64(c.x0) + 1) * (float64(c.y1) - float64(c.y0) + 1)
}

// grid finds entries by area.
type grid struct {
	cells map[cell][]*entry
	large []*entry
	stamp uint64
}

func newGrid() grid { return grid{cells: map[cell][]*entry{}} }

func (g *grid) add(e *entry) {
	e.cells = cellsOf(e.rect)
	if e.cells.count() > manyCells {
		g.large = append(g.large, e)
		return
	}
	for x := e.cells.x0; x <= e.cells.x1; x++ {
		for y := e.cells.y0; y <= e.cells.y1; y++ {
			at := cell{x, y}
			g.cells[at] = append(g.cells[at], e)
		}
	}
}

func (g *grid) remove(e *entry) {
	if e.cells.count() > manyCells {
		g.large = without(g.large, e)
		return
	}
	for x := e.cells.x0; x <= e.cells.x1; x++ {
		for y := e.cells.y0; y <= e.cells.y1; y++ {
			at := cell{x, y}
			if rest := without(g.cells[at], e); len(rest) > 0 {
				g.cells[at] = rest
			} else {
				delete(g.cells, at)
			}
		}
	}
}

// without takes an entry out of a list whose order does not matter.
func without(list []*entry, e *entry) []*entry {
	for i := range list {
		if list[i] == e {
			last := len(list) - 1
			list[i], list[last] = list[last], nil
			return list[:last]
		}
	}
	return list
}

// wide reports whether looking at every entry is cheaper than at every cell
// of the area.
func (g *grid) wide(r Rect) bool {
	n := cellsOf(r).count()
	return n > manyCells && n > float64(len(g.cells))/2
}

// collect appends the entries that meet an area, each once, in no order.
func (g *grid) collect(r Rect, out []*entry) []*entry {
	g.stamp++
	c := cellsOf(r)
	for x := c.x0; x <= c.x1; x++ {
		for y := c.y0; y <= c.y1; y++ {
			for _, e := range g.cells[cell{x, y}] {
				if e.stamp != g.stamp && e.rect.Intersects(r) {
					e.stamp = g.stamp
					out = append(out, e)
				}
			}
		}
	}
	for _, e := range g.large {
		if e.rect.Intersects(r) {
			e.stamp = g.stamp
			out = append(out, e)
		}
	}
	return out
}
