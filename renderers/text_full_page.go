package renderers

import (
	"image"
	"math"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"corkboard/doc"
	"corkboard/renderers/paint"
)

// bandHeight is the height of one picture of a long page, in Fyne units.
const bandHeight = 480

// textPage is a rendered text of any length. It is laid out and painted on one
// background goroutine at a time, in bands, and only near what is in view.
type textPage struct {
	widget.BaseWidget
	env    *Env
	handle doc.Handle
	scroll *container.Scroll
	edit   func() // nil: it is for reading only

	want    pageWish // what should be shown
	has     pageWish // what page and bands show
	page    *paint.Page
	bands   map[int]*canvas.Image
	objects []fyne.CanvasObject
	shaper  *paint.Shaper // the running goroutine's
	busy    bool
	closed  bool

	over    paint.Point
	clicked time.Time
}

// pageWish says what a page is laid out and painted for.
type pageWish struct {
	src   string
	width float32
	scale float32 // pixels per Fyne unit
	dark  bool
}

func newTextPage(env *Env, h doc.Handle) *textPage {
	p := &textPage{env: env, handle: h, shaper: paint.NewShaper(), bands: map[int]*canvas.Image{}}
	p.ExtendBaseWidget(p)
	return p
}

func (p *textPage) setText(src string) {
	p.want.src = src
	p.show()
}

func (p *textPage) setWidth(w float32) {
	p.want.width = max(1, w)
	p.show()
}

// show brings what is in view up to date, in the background.
func (p *textPage) show() {
	p.want.scale, p.want.dark = screenScale(p), p.env.Dark()
	if p.busy || p.closed || p.want.width <= 0 {
		return
	}
	fresh := p.want != p.has || p.page == nil
	wish, page := p.want, p.page
	bands := p.missing()
	if fresh {
		page, bands = nil, p.inView()
	}
	if len(bands) == 0 && !fresh {
		return
	}
	p.busy = true
	go func() {
		page, images := paintBands(p.shaper, wish, page, bands)
		p.env.Post(func() { p.take(wish, page, images, fresh) })
	}()
}

// paintBands lays the page out, unless it is, and paints some of its bands.
func paintBands(sh *paint.Shaper, w pageWish, page *paint.Page, bands []int) (*paint.Page, map[int]*image.RGBA) {
	pal := paint.Light()
	if w.dark {
		pal = paint.Dark()
	}
	if page == nil {
		page = sh.LayoutMarkdown(w.src, w.width, pal, paint.MarkdownOptions{})
	}
	out := map[int]*image.RGBA{}
	px := func(u float32) int { return max(1, int(math.Ceil(float64(u*w.scale)))) }
	for _, i := range bands {
		top := float32(i * bandHeight)
		if top >= page.Height {
			continue
		}
		h := min(bandHeight, page.Height-top+4)
		dst := image.NewRGBA(image.Rect(0, 0, px(w.width), px(h)))
		page.Draw(dst, 0, -top*w.scale, w.scale)
		out[i] = dst
	}
	return page, out
}

// take shows what has been painted.
func (p *textPage) take(w pageWish, page *paint.Page, images map[int]*image.RGBA, fresh bool) {
	p.busy = false
	if p.closed {
		return
	}
	grown := p.page == nil || p.page.Height != page.Height
	p.page, p.has = page, w
	if fresh {
		clear(p.bands)
	}
	for i, img := range images {
		im := newPicture(img)
		at := pageAt()
		im.Move(fyne.NewPos(at.X, at.Y+float32(i*bandHeight)))
		im.Resize(fyne.NewSize(float32(img.Rect.Dx())/w.scale, float32(img.Rect.Dy())/w.scale))
		p.bands[i] = im
	}
	near := p.inView()
	p.objects = p.objects[:0]
	for i, im := range p.bands {
		if i < near[0]-2 || i > near[len(near)-1]+2 {
			delete(p.bands, i)
			continue
		}
		p.objects = append(p.objects, im)
	}
	if grown && p.scroll != nil {
		p.scroll.Refresh()
	}
	dirty(p)
	p.show()
}

// inView lists the bands that can be seen, with one more on either side.
func (p *textPage) inView() []int {
	top, height := float32(0), float32(2*bandHeight)
	if p.scroll != nil && p.scroll.Size().Height > 0 {
		top, height = p.scroll.Offset.Y-pageAt().Y, p.scroll.Size().Height
	}
	var out []int
	for i := max(0, int(top/bandHeight)-1); float32(i*bandHeight) < top+height+bandHeight; i++ {
		out = append(out, i)
	}
	return out
}

func (p *textPage) missing() []int {
	var out []int
	for _, i := range p.inView() {
		if p.bands[i] == nil && float32(i*bandHeight) < p.pageHeight() {
			out = append(out, i)
		}
	}
	return out
}

func (p *textPage) pageHeight() float32 {
	if p.page == nil {
		return 0
	}
	return p.page.Height
}

// CreateRenderer implements fyne.Widget.
func (p *textPage) CreateRenderer() fyne.WidgetRenderer { return textPageRenderer{p} }

type textPageRenderer struct{ p *textPage }

func (r textPageRenderer) MinSize() fyne.Size {
	at := pageAt()
	return fyne.NewSize(1, r.p.pageHeight()+2*at.Y)
}
func (r textPageRenderer) Layout(fyne.Size)             { r.p.show() }
func (r textPageRenderer) Refresh()                     { r.p.show() }
func (r textPageRenderer) Objects() []fyne.CanvasObject { return r.p.objects }
func (r textPageRenderer) Destroy()                     {}
