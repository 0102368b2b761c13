package renderers

import (
	"image"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"corkboard/board"
	"corkboard/renderers/paint"
)

const (
	overviewSide  = 1024 // pixels of the longer side
	overviewScale = 0.25 // at most
	overviewRest  = 700 * time.Millisecond
)

// overview is the whole board as one small picture of blocks: what is seen
// until something better is painted, and the minimap. UI goroutine only.
type overview struct {
	im       *canvas.Image
	img      *image.RGBA
	area     board.Rect
	revision uint64 // of the layout that img shows; 0: another one is wanted
	painted  time.Time
	asked    bool
	informed bool   // img shows contents, not only places
	wanted   uint64 // frame that it was laid under, or would have been
	stale    bool   // im shows an older img
}

// refreshOverview asks for a new picture when the board has changed and the
// last one is not too young. Documents are opened only for a map that is shown.
func (t *tiling) refreshOverview() {
	o, v := &t.overview, t.v
	inform := v.ShowMap
	current := o.img != nil && o.revision == v.Layout.Revision() && (o.informed || !inform)
	if o.asked || current || v.Layout.Len() == 0 || v.Session.Dragging() {
		return
	}
	if rest := v.pauseLeft(o.painted, overviewRest); o.img != nil && rest > 0 {
		t.wakeIn(rest)
		return
	}
	o.asked = true
	bounds := v.Layout.Bounds()
	area := bounds.Inset(-max(bounds.W, bounds.H) * 0.02)
	scale := min(overviewSide/max(area.W, area.H), overviewScale)
	j := t.job(area, float32(scale))
	j.w, j.h, j.plain, j.open = int(area.W*scale)+1, int(area.H*scale)+1, true, inform
	revision := v.Layout.Revision()
	v.painters.SubmitIdle(task{run: func(sh *paint.Shaper) {
		p := j.paint(sh)
		v.frames.Add(func() { t.overviewArrived(p.img, area, revision, inform) })
	}})
}

func (t *tiling) overviewArrived(img *image.RGBA, area board.Rect, revision uint64, informed bool) {
	o, v := &t.overview, t.v
	if v.closed {
		return
	}
	o.asked, o.painted, o.revision = false, v.env.Now(), revision
	o.img, o.area, o.informed = img, area, informed
	o.stale = true
	if v.OnOverview != nil {
		v.OnOverview()
	}
	if o.wanted == v.frame {
		v.later()
	}
}

// place lays the overview under everything.
func (o *overview) place(v *BoardView) {
	o.wanted = v.frame
	if o.img == nil {
		return
	}
	if o.im == nil {
		o.im = newPicture(nil)
	}
	if o.stale {
		o.stale, o.im.Image = false, o.img
		canvas.Refresh(o.im)
	}
	scale := float64(o.img.Rect.Dx()-1) / o.area.W
	area := board.RectAt(o.area.Min(), board.Size{W: float64(o.img.Rect.Dx()) / scale, H: float64(o.img.Rect.Dy()) / scale})
	r := v.view.Camera.RectToScreen(area)
	setImageSize(o.im, fyne.NewSize(float32(r.W), float32(r.H)))
	o.im.Move(fyne.NewPos(float32(r.X), float32(r.Y)))
	v.objects = append(v.objects, o.im)
}

func (o *overview) release() {
	if o.im != nil {
		o.im.Image = nil
		canvas.Refresh(o.im)
	}
}

// Overview is the whole board in small and the area that it shows, in board
// units; nil before it was painted the first time. The picture does not change
// any more. UI goroutine.
func (v *BoardView) Overview() (img *image.RGBA, area board.Rect) {
	return v.tiling.overview.img, v.tiling.overview.area
}
