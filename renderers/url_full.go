package renderers

import (
	"context"
	"errors"
	"image/color"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"corkboard/cards"
	"corkboard/doc"
	"corkboard/ui/lang"
)

// urlFull is a web page filling the window: what can be read of it, from what is kept
// on this device. Nothing is fetched by looking. UI goroutine only.
type urlFull struct {
	env    *Env
	handle doc.Handle
	page   *textPage
	scroll *container.Scroll
	column *fyne.Container // picture and page
	lead   *canvas.Image
	asked  Picture // what lead shows or waits for
	bar    *urlBar
	paper  *canvas.Rectangle
	box    *fyne.Container

	blob   string // of the text that was read, or is being read
	text   string
	err    error
	cancel context.CancelFunc // ends reading
	timer  *time.Timer
	closed bool
}

// urlLead is the height of the picture above the text, in Fyne units; a page in a scroll
// looks one band ahead, and this is less.
const urlLead = 260

func newURLFull(env *Env, h doc.Handle) Full {
	f := &urlFull{env: env, handle: h, paper: canvas.NewRectangle(color.Transparent), cancel: func() {}}
	f.page = newTextPage(env, h)
	f.lead = newPicture(nil)
	f.lead.Hide()
	f.column = container.New(urlColumn{}, f.lead, f.page)
	f.scroll = container.NewVScroll(f.column)
	f.page.scroll = f.scroll
	f.scroll.OnScrolled = func(fyne.Position) { f.page.show() }
	f.bar = newURLBar(env, h)
	f.box = container.New(layoutFunc(f.arrange), f.paper, f.scroll, f.bar.object)
	f.look()
	return f
}

// Object implements Full.
func (f *urlFull) Object() fyne.CanvasObject { return f.box }

// Show implements Full.
func (f *urlFull) Show(doc.Snapshot[any]) { f.look() }

// FilesMoved says that files of the page may have come.
func (f *urlFull) FilesMoved() {
	if f.err != nil {
		f.blob, f.err = "", nil
	}
	f.asked = Picture{}
	f.look()
}

// Close implements Full.
func (f *urlFull) Close() {
	f.closed, f.page.closed = true, true
	f.cancel()
	if f.timer != nil {
		f.timer.Stop()
	}
}

// look shows what is so now, and comes back while the page is being fetched.
func (f *urlFull) look() {
	if f.closed {
		return
	}
	v, _ := f.handle.Snapshot().Value.(cards.URL)
	fetching := f.fetching(v)
	f.bar.show(v, fetching)
	f.read(v.Article.Blob)
	f.page.setText(f.words(v, fetching))
	f.picture(v.Picture)
	f.arrange(f.box.Size())
	if f.timer != nil {
		f.timer.Stop()
		f.timer = nil
	}
	if fetching {
		f.timer = time.AfterFunc(comingPace, func() { f.env.Post(f.look) })
	}
}

func (f *urlFull) fetching(v cards.URL) bool {
	k, ok := f.env.Known.(PageFetcher)
	return ok && k.Fetching(v.Address)
}

// words is the text with the title above it, as Markdown.
func (f *urlFull) words(v cards.URL, fetching bool) string {
	var b strings.Builder
	b.WriteString("# " + plainMarkdown(cards.TitleOf(cards.KindURL, v)) + "\n\n")
	switch {
	case f.err != nil && errors.Is(f.err, ErrAbsent):
		b.WriteString("*" + lang.T("The text of this page has not come to this device yet.") + "*")
	case f.err != nil:
		b.WriteString("*" + plainMarkdown(f.env.Sentence(f.err)) + "*")
	case f.text != "":
		b.WriteString(f.text)
	case v.Article.Blob != "":
	default:
		if v.Description != "" {
			b.WriteString(plainMarkdown(v.Description) + "\n\n")
		}
		switch {
		case fetching:
			b.WriteString("*" + lang.T("Fetching the page…") + "*")
		case v.Captured > 0:
			b.WriteString("*" + lang.T("There is no text on this page that could be kept. All of it is in “Save page as…”.") + "*")
		default:
			b.WriteString("*" + lang.T("Nothing of this page is kept yet.") + "*")
		}
	}
	return b.String()
}

// plainMarkdown is a line in which nothing is a mark.
func plainMarkdown(s string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`, "]", `\]`, "<", `\<`, "~", `\~`, "#", `\#`, "&", `\&`).Replace(s)
}

// read reads the text beside the UI goroutine, once.
func (f *urlFull) read(blob string) {
	if blob == f.blob {
		return
	}
	f.cancel()
	f.blob, f.text, f.err = blob, "", nil
	if blob == "" || f.env.FileText == nil {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	f.cancel = cancel
	go func() {
		text, err := f.env.FileText(ctx, blob)
		f.env.Post(func() {
			if ctx.Err() == nil && !f.closed {
				f.text, f.err = text, err
				f.look()
			}
		})
	}()
}

// picture shows the picture above the text once it is at hand.
func (f *urlFull) picture(p cards.Part) {
	size := f.leadSize(p)
	if p.Blob == "" || size.Width <= 0 {
		f.lead.Hide()
		return
	}
	scale := screenScale(f.box)
	want := partPicture(p, size.Width*scale, size.Height*scale)
	if want == f.asked {
		return
	}
	f.asked = want
	img, err := f.env.Pictures.Get(want, func() {
		f.env.Post(func() {
			if f.asked == want && !f.closed {
				f.asked = Picture{}
				f.look()
			}
		})
	})
	switch {
	case err != nil:
		f.lead.Hide()
	case img != nil:
		f.lead.Image = cover(img, size.Width, size.Height)
		f.lead.SetMinSize(size)
		f.lead.Show()
		canvas.Refresh(f.lead)
		f.column.Refresh()
	}
}

// leadSize is the size of the picture above the text.
func (f *urlFull) leadSize(p cards.Part) fyne.Size {
	w, _ := column(f.box.Size().Width)
	w -= 2
	h := float32(urlLead)
	if p.Width > 0 {
		h = min(h, w*float32(p.Height)/float32(p.Width))
	}
	return fyne.NewSize(w, h)
}

// arrange puts the sheet in the middle, the bar at its head.
func (f *urlFull) arrange(size fyne.Size) {
	if size.Width <= 0 || size.Height <= 0 {
		return
	}
	pal := f.env.Palette()
	w, x := column(size.Width)
	f.paper.FillColor, f.paper.StrokeColor, f.paper.StrokeWidth = pal.Paper, pal.PaperEdge, 1
	f.paper.CornerRadius = cardRadius
	canvas.Refresh(f.paper)
	room := max(1, size.Height-2*columnGap)
	put := func(o fyne.CanvasObject, y, high float32) {
		o.Move(fyne.NewPos(x, y))
		if want := fyne.NewSize(w, high); o.Size() != want {
			o.Resize(want)
		}
	}
	put(f.paper, columnGap, room)
	f.bar.fit(w)
	high := f.bar.object.MinSize().Height
	put(f.bar.object, columnGap, high)
	put(f.scroll, columnGap+high, max(1, room-high-1))
	f.page.setWidth(w - 2*(fullPad+cardPadX))
	v, _ := f.handle.Snapshot().Value.(cards.URL)
	f.picture(v.Picture)
}

// urlColumn lays a picture and a page below each other.
type urlColumn struct{}

// Layout implements fyne.Layout.
func (urlColumn) Layout(o []fyne.CanvasObject, size fyne.Size) {
	top := float32(0)
	if o[0].Visible() {
		top = o[0].MinSize().Height
		o[0].Move(fyne.NewPos(1, 0))
		o[0].Resize(fyne.NewSize(size.Width-2, top))
	}
	o[1].Move(fyne.NewPos(0, top))
	o[1].Resize(fyne.NewSize(size.Width, max(o[1].MinSize().Height, size.Height-top)))
}

// MinSize implements fyne.Layout.
func (urlColumn) MinSize(o []fyne.CanvasObject) fyne.Size {
	high := o[1].MinSize().Height
	if o[0].Visible() {
		high += o[0].MinSize().Height
	}
	return fyne.NewSize(1, high)
}
