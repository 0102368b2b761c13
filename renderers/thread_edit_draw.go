package renderers

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"corkboard/cards"
	"corkboard/renderers/paint"
	"corkboard/ui/lang"
)

// threadChanging stands above the box while a message is being changed.
const threadChanging = "Changing your message. Enter saves, Esc leaves it as it was."

// recolor gives the pens the theme in use.
func (e *threadList) recolor() {
	if e.pen != nil {
		pal := e.host.Env.Palette()
		_, style := threadTitle("x", pal)
		e.pen.SetStyle(paint.Style{Color: pal.Ink}, pal)
		e.title.SetStyle(style, pal)
	}
}

// arrange shows what the editor knows now. It does nothing before the editor has
// its place.
func (e *threadList) arrange() {
	size := e.Size()
	if e.closed || size.Width <= 0 || size.Height <= 0 {
		return
	}
	if e.pen != nil {
		e.pen.SetWrapWidth(max(1, size.Width/e.zoom-2*cardPadX-20))
	}
	e.up = max(0, e.up)
	e.plan(size.Width / e.zoom)
	v := &e.view
	if v.whole {
		e.up = max(0, min(e.up, v.total-e.room()))
	}
	e.wheel.Hidden = v.whole && v.total <= e.room()+1 // it draws nothing: no need to refresh
	s := &Sheet{
		Scale: e.zoom * screenScale(e), W: v.width, H: size.Height / e.zoom, Pal: e.host.Env.Palette(),
		Shaper: e.shaper, Today: v.today, People: e.host.Env.People, Doc: e.id(),
	}
	v.objects = v.objects[:0]
	v.pics.begin()
	e.showRows(s)
	e.showHead(s)
	e.showFoot(s)
	v.pics.end()
	dirty(e)
}

// top is the height at which the first row that is laid out begins.
func (e *threadList) top() float32 {
	room := e.room()
	return threadTop + min(room, e.view.total) - e.view.total + e.up
}

func (e *threadList) showRows(s *Sheet) {
	v := &e.view
	room := e.room()
	if len(e.thread.Messages) == 0 {
		e.put(s, v.pics.of(s, picHead+" silent", s.Pal.IsDark, v.width, 60, func(s *Sheet) {
			l := s.Shaper.Plain(lang.T(threadSilent), paint.Style{Color: s.Pal.InkFaint}, s.W-2*cardPadX, paint.Options{MaxLines: 2})
			l.Draw(s.Dst, cardPadX*s.Scale, talkGap*s.Scale, s.Scale)
		}), 0, threadTop)
		return
	}
	y := e.top()
	for i := range v.rows {
		r := &v.rows[i]
		if y+r.h > threadTop && y < threadTop+room {
			key := talkKey{before: v.laid[r.msg.ID].before, msg: r.msg, look: r.look, dark: v.dark, today: v.today}
			e.put(s, v.pics.of(s, r.msg.ID, key, v.width, r.h+talkBubble, func(s *Sheet) { r.draw(s, 0) }), 0, y)
			if e.over.id == r.msg.ID && r.own && e.pen != nil {
				e.put(s, v.pics.of(s, picHead+" tools", v.dark, talkToolsW, talkToolsH, drawTalkTools), v.width-cardPadX-talkToolsW, e.toolsY(r, y))
			}
		}
		y += r.h
	}
	all := v.total
	if !v.whole { // the rest is about as high as what is known
		all *= float32(len(e.thread.Messages)) / float32(len(v.rows))
	}
	if m, ok := scrollMark(v.width, room, all-room-e.up, all); ok {
		v.thumb.FillColor = scrollMarkColor(s.Pal)
		v.thumb.Move(fyne.NewPos(m.X*e.zoom, (m.Y+threadTop)*e.zoom))
		v.thumb.Resize(fyne.NewSize(m.W*e.zoom, m.H*e.zoom))
		v.objects = append(v.objects, v.thumb)
	}
}

// talkKey says what a row's picture shows.
type talkKey struct {
	before, msg cards.Message
	look        PersonLook
	dark        bool
	today       string
}

// headKey says what the pictures above and below the messages show.
type headKey struct {
	words      string
	dark, live bool
}

func (e *threadList) showHead(s *Sheet) {
	v := &e.view
	key := headKey{e.thread.Title, v.dark, e.titling}
	im := v.pics.of(s, picHead, key, v.width, threadTop, func(s *Sheet) {
		paint.FillRoundRect(s.Dst, s.Rect(1, 1, s.W-2, threadTop+cardRadius), cardRadius*s.Scale, s.Pal.Paper)
		drawThreadHead(s, e.thread.Title, 0, e.titling)
	})
	e.put(s, im, 0, 0)
	if e.titling {
		h := e.title.NaturalHeight()
		putPen(e.title, cardPadX*e.zoom, (threadTop-h)/2*e.zoom, (v.width-2*cardPadX)*e.zoom, h*e.zoom, screenScale(e))
		v.objects = append(v.objects, e.title)
	}
}

func (e *threadList) showFoot(s *Sheet) {
	if e.pen == nil {
		return
	}
	v := &e.view
	foot := e.foot()
	box := paint.Rect{X: cardPadX, Y: foot - (threadFoot-threadBox)/2 - e.boxHeight(), W: v.width - 2*cardPadX, H: e.boxHeight()}
	words := ""
	if e.changed != "" {
		words = lang.T(threadChanging)
	}
	im := v.pics.of(s, picAdd, headKey{words, v.dark, !e.titling}, v.width, foot, func(s *Sheet) {
		paint.FillRoundRect(s.Dst, s.Rect(1, -cardRadius, s.W-2, foot+cardRadius-1), cardRadius*s.Scale, s.Pal.Paper)
		drawTalkBox(s, box, !e.titling)
		if words != "" {
			l := s.Shaper.Plain(words, paint.Style{Size: talkSmall, Color: s.Pal.InkMuted}, box.W, paint.Options{MaxLines: 1})
			l.Draw(s.Dst, box.X*s.Scale, 4*s.Scale, s.Scale)
		}
	})
	y := s.H - foot
	e.put(s, im, 0, y)
	z := e.zoom
	putPen(e.pen, (box.X+10)*z, (y+box.Y+6)*z, (box.W-20)*z, (box.H-12)*z, screenScale(e))
	v.objects = append(v.objects, e.pen)
}

// put shows a picture at a place of the card, on whole pixels.
func (e *threadList) put(s *Sheet, im *canvas.Image, x, y float32) {
	putPicture(im, s.Scale, e.zoom, x, y)
	e.view.objects = append(e.view.objects, im)
}

// CreateRenderer implements fyne.Widget.
func (e *threadList) CreateRenderer() fyne.WidgetRenderer { return threadRenderer{e} }

type threadRenderer struct{ e *threadList }

func (r threadRenderer) Layout(fyne.Size)             { r.e.arrange() }
func (r threadRenderer) MinSize() fyne.Size           { return fyne.NewSize(1, 1) }
func (r threadRenderer) Refresh()                     { r.e.arrange() }
func (r threadRenderer) Objects() []fyne.CanvasObject { return r.e.view.objects }
func (r threadRenderer) Destroy()                     {}
