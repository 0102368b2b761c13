package renderers

import (
	"math"

	"corkboard/board"
)

// tileSide is the side of a tile in pixels.
const tileSide = 512

// tileKey names a square of the board at a scale. Tile 0,0 begins at the
// board's origin.
type tileKey struct {
	scale float32 // pixels per board unit
	x, y  int32
}

// side is the tile's side in board units.
func (k tileKey) side() float64 { return tileSide / float64(k.scale) }

// area is what the tile shows.
func (k tileKey) area() board.Rect {
	s := k.side()
	return board.Rect{X: float64(k.x) * s, Y: float64(k.y) * s, W: s, H: s}
}

// maxTilesInView bounds what one window asks for, whatever the numbers say.
const maxTilesInView = 256

// tilesOver lists the tiles of a scale that show an area, those nearest to
// its middle last: painters take the newest wish first.
func tilesOver(area board.Rect, scale float32, out []tileKey) []tileKey {
	out = out[:0]
	side := tileSide / float64(scale)
	if !(side > 0) || math.IsInf(side, 0) {
		return out
	}
	at := func(v float64) int32 { return int32(math.Floor(v / side)) }
	x0, y0, x1, y1 := at(area.X), at(area.Y), at(area.X+area.W), at(area.Y+area.H)
	if (int64(x1)-int64(x0)+1)*(int64(y1)-int64(y0)+1) > maxTilesInView {
		return out
	}
	for y := y0; y <= y1; y++ {
		for x := x0; x <= x1; x++ {
			out = append(out, tileKey{scale, x, y})
		}
	}
	return out
}

// levelOf is the power of two nearest to a scale: what tiles are painted at
// while the camera zooms, so that a zoom back finds them again.
func levelOf(scale float32) float32 {
	return float32(math.Exp2(math.Round(math.Log2(float64(scale)))))
}
