package hand

import (
	"fmt"
	"image"
	"image/draw"

	"corkboard/renderers/paint"
)

// Measures of the contact sheet in pixels.
const (
	tileShrink  = 4 // a tile is a screen this much smaller
	tilesPerRow = 5
	tileGap     = 8
	tileWords   = 24 // below each tile
)

// strip collects the pictures of a story.
type strip struct {
	tiles []*image.RGBA
	names []string
}

// add keeps a picture of the window.
func (s *strip) add(h *hand, name string, picture *image.RGBA) {
	h.T.Helper()
	name = fmt.Sprintf("%02d-%s", len(s.names)+1, name)
	s.names, s.tiles = append(s.names, name), append(s.tiles, smaller(picture))
	h.Save(name, picture)
}

// save writes the contact sheet.
func (s *strip) save(h *hand) {
	h.T.Helper()
	if len(s.tiles) == 0 {
		return
	}
	size := s.tiles[0].Rect.Size().Add(image.Pt(tileGap, tileWords+tileGap))
	rows := (len(s.tiles) + tilesPerRow - 1) / tilesPerRow
	sheet := image.NewRGBA(image.Rect(0, 0, tilesPerRow*size.X+tileGap, rows*size.Y+tileGap))
	draw.Draw(sheet, sheet.Rect, image.White, image.Point{}, draw.Src)
	shaper, ink := paint.NewShaper(), paint.Style{Size: 13, Color: paint.Light().Ink}
	for i, tile := range s.tiles {
		at := image.Pt(tileGap+i%tilesPerRow*size.X, tileGap+i/tilesPerRow*size.Y)
		draw.Draw(sheet, tile.Rect.Add(at), tile, image.Point{}, draw.Src)
		words := shaper.Plain(s.names[i], ink, float32(size.X), paint.Options{})
		words.Draw(sheet, float32(at.X), float32(at.Y+tile.Rect.Dy()+4), 1)
	}
	h.Save("strip", sheet)
}

// smaller shrinks a picture; a pixel is the mean of those that it stands for.
func smaller(m *image.RGBA) *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, m.Rect.Dx()/tileShrink, m.Rect.Dy()/tileShrink))
	for i := range out.Pix {
		x, y, channel := i/4%out.Rect.Dx(), i/4/out.Rect.Dx(), i%4
		sum := 0
		for dy := range tileShrink {
			for dx := range tileShrink {
				sum += int(m.Pix[m.PixOffset(x*tileShrink+dx, y*tileShrink+dy)+channel])
			}
		}
		out.Pix[i] = uint8(sum / (tileShrink * tileShrink))
	}
	return out
}
