package app

import (
	"corkboard/board"
	"corkboard/cards"
)

// Where moved cards arrive, in board units: there on an empty board, else to the
// right of everything, as far away as that.
const (
	arriveAt  = 4 * board.Grid
	arriveGap = 2 * board.Grid
)

// freePlace is where new cards lie on no other: to the right of everything.
// Widths are known; the height of a text is not before it is drawn.
func freePlace(b *board.Board) board.Point {
	if b == nil || len(b.Cards) == 0 {
		return board.Point{X: arriveAt, Y: arriveAt}
	}
	var all board.Rect
	for i, c := range b.Cards {
		size := c.Size
		info, _ := cards.Lookup(c.Link.Kind)
		if size.W == 0 {
			size.W = info.Size.W
		}
		if size.H == 0 {
			size.H = info.Size.H
		}
		r := board.RectAt(c.At, size)
		if i == 0 {
			all = r
		}
		all = all.Union(r)
	}
	return board.Point{X: all.Max().X + arriveGap, Y: all.Y}.Snap(board.Grid)
}
