package textedit

import (
	"image"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"corkboard/renderers/paint"
)

// stripRows is the height of a strip in pixels: only strips that change go to the graphics card.
const stripRows = 192

// bleed is how far letters may reach out of their lines, in board units.
const bleed = 6

// paint draws all the text in view.
func (v *view) paint() { v.draw(math.Inf(-1), math.Inf(1)) }

// update draws what has been laid out since the last time, if nothing else changed.
func (v *view) update() {
	from, to := v.e.sheet.soiled()
	if v.glance() != v.painted || v.painted.marked {
		from, to = math.Inf(-1), math.Inf(1)
	}
	v.draw(from, to)
}

func (v *view) glance() glance {
	e := v.e
	return glance{left: e.left, top: e.top, k: e.zoom * canvasScale(e), marked: len(e.hits.at) > 0 || e.buf.Len() == 0}
}

// draw draws the text between two heights, as far as it is in view.
func (v *view) draw(from, to float64) {
	e := v.e
	w, h := e.Size().Components()
	v.scale = canvasScale(e)
	if w <= 0 || h <= 0 {
		for _, s := range v.strips {
			s.Hide()
		}
		return
	}
	v.paints++
	v.painted = v.glance()
	e.sheet.clean()
	k := e.zoom * v.scale
	x0, y0 := -e.left*k, -e.top*k
	rows := v.reserve(pixels(w, v.scale), pixels(h, v.scale))
	if rows == nil {
		first := (from-bleed)*float64(k) + float64(y0)
		last := (to+bleed)*float64(k) + float64(y0)
		all := v.pixels.Rect
		all.Min.Y = int(max(0, min(first, float64(all.Max.Y))))
		all.Max.Y = int(min(math.Ceil(max(last, 0)), float64(all.Max.Y)))
		rows, _ = v.pixels.SubImage(all).(*image.RGBA)
	}
	if rows.Rect.Empty() {
		return
	}
	v.rows += rows.Rect.Dy()
	clear(rows.Pix[:rows.Rect.Dy()*rows.Stride])
	if e.buf.Len() == 0 {
		v.placeholder(rows, x0, y0, k)
	} else {
		v.hits(rows, x0, y0, k)
		e.sheet.draw(rows, x0, y0, k)
	}
	v.upload(rows.Rect)
}

// reserve makes the picture and its strips for a size in pixels. It returns all of it if it had to.
func (v *view) reserve(w, h int) *image.RGBA {
	if v.pixels != nil && v.pixels.Rect.Dx() == w && v.pixels.Rect.Dy() == h {
		return nil
	}
	v.pixels = image.NewRGBA(image.Rect(0, 0, w, h))
	n := (h + stripRows - 1) / stripRows
	for len(v.strips) < n {
		v.strips = append(v.strips, &canvas.Image{ScaleMode: canvas.ImageScaleFastest, FillMode: canvas.ImageFillStretch})
	}
	for i, s := range v.strips {
		s.Hidden = i >= n
		if s.Hidden {
			s.Image = nil
			continue
		}
		top := i * stripRows
		rows := min(stripRows, h-top)
		s.Image = &image.RGBA{
			Pix:    v.pixels.Pix[top*v.pixels.Stride : (top+rows)*v.pixels.Stride],
			Stride: v.pixels.Stride, Rect: image.Rect(0, 0, w, rows),
		}
	}
	v.gather()
	return v.pixels
}

// upload shows the strips in which rows were drawn.
func (v *view) upload(rows image.Rectangle) {
	for i, s := range v.strips {
		if s.Hidden {
			continue
		}
		size := s.Image.Bounds().Size()
		top := i * stripRows
		s.Move(fyne.NewPos(0, float32(top)/v.scale))
		if now := fyne.NewSize(float32(size.X)/v.scale, float32(size.Y)/v.scale); s.Size() != now {
			s.Resize(now)
		}
		if top < rows.Max.Y && top+size.Y > rows.Min.Y {
			canvas.Refresh(s)
		}
	}
}

func (v *view) placeholder(dst *image.RGBA, x, y, k float32) {
	if v.e.opts.Placeholder == "" {
		return
	}
	st := v.e.opts.Style
	st.Color = v.e.opts.Palette.InkFaint
	v.e.sheet.shaper.Plain(v.e.opts.Placeholder, st, v.e.sheet.width, paint.Options{}).Draw(dst, x, y, k)
}
