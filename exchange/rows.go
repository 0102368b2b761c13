package exchange

import (
	"math"

	"corkboard/board"
)

// Where things lie that have no place of their own, in board units.
const (
	rowCell = 18 * board.Grid
	rowGap  = 2 * board.Grid
)

// InRows lays things out in rows, about twice as wide as high, each with the same room.
func InRows(of []Ref) []Card {
	columns := int(max(1, math.Ceil(math.Sqrt(float64(len(of))*2))))
	columns = min(columns, max(len(of), 1))
	out := make([]Card, len(of))
	for i, ref := range of {
		out[i] = Card{
			Of:  ref,
			At:  board.Point{X: float64(i%columns) * (rowCell + rowGap), Y: float64(i/columns) * (rowCell + rowGap)},
			Fit: board.Size{W: rowCell, H: rowCell},
		}
	}
	return out
}
