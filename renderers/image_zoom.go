package renderers

// Limits of zooming into a picture, in screen pixels per picture pixel.
const (
	imageZoomMin = 0.02
	imageZoomMax = 32
	imageStep    = 1.25 // of + and -
)

// imageZoom is where a picture stands in its view. Lengths are Fyne units;
// the picture's own size is in pixels.
type imageZoom struct {
	W, H         float32 // the picture's pixels
	ViewW, ViewH float32
	Scale        float32 // screen pixels per Fyne unit
	Pad          float32 // that fitting leaves around the picture
	Vector       bool    // a drawing: fitting may enlarge it
	Zoom         float32 // screen pixels per picture pixel
	X, Y         float32 // the picture's upper left corner in the view
	Fitted       bool    // follows the view's size
}

// size is the picture's size on the screen.
func (z *imageZoom) size() (w, h float32) {
	f := z.Zoom / z.Scale
	return z.W * f, z.H * f
}

// fitZoom shows all of the picture; small ones are not enlarged.
func (z *imageZoom) fitZoom() float32 {
	if z.W <= 0 || z.H <= 0 || z.ViewW <= 0 || z.ViewH <= 0 {
		return 1
	}
	f := min(max(1, z.ViewW-2*z.Pad)/z.W, max(1, z.ViewH-2*z.Pad)/z.H) * z.Scale
	if !z.Vector {
		f = min(f, 1)
	}
	return max(f, 1e-4)
}

// fit shows all of the picture, now and when the view's size changes.
func (z *imageZoom) fit() {
	z.Zoom, z.Fitted = z.fitZoom(), true
	z.settle()
}

// view takes another size of the view; what was in its middle stays there.
func (z *imageZoom) view(w, h, scale float32) {
	if scale <= 0 {
		scale = 1
	}
	dx, dy := (w-z.ViewW)/2, (h-z.ViewH)/2
	z.ViewW, z.ViewH, z.Scale = w, h, scale
	if z.Fitted {
		z.fit()
		return
	}
	z.X, z.Y = z.X+dx, z.Y+dy
	z.settle()
}

// zoomTo changes the zoom; what is at x, y in the view stays there.
func (z *imageZoom) zoomTo(zoom, x, y float32) {
	zoom = min(max(zoom, min(imageZoomMin, z.fitZoom())), max(imageZoomMax, z.fitZoom()))
	f := zoom / z.Zoom
	z.X, z.Y = x-(x-z.X)*f, y-(y-z.Y)*f
	z.Zoom, z.Fitted = zoom, false
	z.settle()
}

// middle zooms around the middle of the view.
func (z *imageZoom) middle(zoom float32) { z.zoomTo(zoom, z.ViewW/2, z.ViewH/2) }

// toggle changes between all of the picture and its own pixels.
func (z *imageZoom) toggle(x, y float32) {
	if z.Fitted && z.Zoom != 1 {
		z.zoomTo(1, x, y)
		return
	}
	z.fit()
}

// pan moves the picture.
func (z *imageZoom) pan(dx, dy float32) {
	z.X, z.Y = z.X+dx, z.Y+dy
	z.settle()
}

// settle keeps a picture that is smaller than the view in its middle, and the
// edges of a larger one outside.
func (z *imageZoom) settle() {
	w, h := z.size()
	z.X, z.Y = settled(z.X, w, z.ViewW), settled(z.Y, h, z.ViewH)
}

func settled(at, length, view float32) float32 {
	if length <= view {
		return (view - length) / 2
	}
	return min(0, max(at, view-length))
}
