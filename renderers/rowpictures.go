package renderers

import (
	"image"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// rowPictures are the pictures of the rows of an editor that are in view. Each is
// painted again only when what it shows changes. UI goroutine only.
type rowPictures struct {
	all   map[string]*rowPicture
	drawn uint64
}

type rowPicture struct {
	im   *canvas.Image
	key  rowKey
	seen uint64
}

type rowKey struct {
	of          any // what it shows, comparable
	w, h, scale float32
}

// begin starts a new round, end forgets what was not asked for in it.
func (p *rowPictures) begin() { p.drawn++ }

func (p *rowPictures) end() {
	for name, x := range p.all {
		if x.seen != p.drawn {
			delete(p.all, name)
		}
	}
}

// of is the picture of a row that is w×h card units, drawn if need be.
func (p *rowPictures) of(s *Sheet, name string, of any, w, h float32, draw func(*Sheet)) *canvas.Image {
	x := p.all[name]
	if x == nil {
		x = &rowPicture{im: newPicture(nil)}
		p.all[name] = x
	}
	if key := (rowKey{of, w, h, s.Scale}); x.key != key || x.im.Image == nil {
		x.key = key
		px := func(v float32) int { return max(1, int(math.Ceil(float64(v*s.Scale)))) }
		row := *s
		row.X, row.Y, row.W, row.H = 0, 0, w, h
		row.Dst = image.NewRGBA(image.Rect(0, 0, px(w), px(h)))
		draw(&row)
		x.im.Image = row.Dst
		canvas.Refresh(x.im)
	}
	x.seen = p.drawn
	return x.im
}

// putPicture shows a picture that was painted at a scale at a place in card units,
// on whole pixels; zoom is in Fyne units.
func putPicture(im *canvas.Image, scale, zoom, x, y float32) {
	perUnit := scale / zoom // pixels of a Fyne unit
	b := im.Image.Bounds()
	snap := func(u float32) float32 { return float32(math.Round(float64(u*scale))) / perUnit }
	im.Move(fyne.NewPos(snap(x), snap(y)))
	if size := fyne.NewSize(float32(b.Dx())/perUnit, float32(b.Dy())/perUnit); im.Size() != size {
		im.Resize(size)
	}
}
