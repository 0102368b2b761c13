package ui

import (
	"context"
	"errors"
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/renderers"
	"corkboard/ui/lang"
)

const (
	commentsWidth = 340
	commentsGap   = 12  // around the panel
	commentsPad   = 14  // inside of it
	commentsShown = 100 // the newest of those that are open, and of the others
)

// comments is a panel at the right of the board: what people say about one
// document. The board can be used beside it. UI goroutine only.
type comments struct {
	w      *Window
	object *fyne.Container
	paper  *canvas.Rectangle
	scroll *container.Scroll
	write  *commentBox

	live   *doc.Live[cards.Comments] // nil while the panel is closed
	cancel func()
	title  string
	at     cards.Place // of the comment that is written
	subject
	settled bool // those that are resolved are shown
	drawn   drawnComments
	drafts  map[doc.ID]string // what was written and not sent
}

// subject is what the box at the foot is for: a new comment if it is zero.
type subject struct {
	comment string // that is answered or changed
	answer  string // of it, that is changed
	changes bool
}

// drawnComments tells whether what is shown is still so.
type drawnComments struct {
	revision uint64
	state    doc.Availability
	looks    []renderers.PersonLook
	settled  bool
	reads    bool
	dark     bool
	is       bool
}

func newComments(w *Window) *comments {
	p := &comments{w: w, paper: canvas.NewRectangle(color.Transparent), drafts: map[doc.ID]string{}}
	p.paper.CornerRadius, p.paper.StrokeWidth = 10, 1
	p.scroll = container.NewVScroll(container.NewWithoutLayout())
	p.write = newCommentBox(p)
	p.object = container.New(rightPanel{})
	p.object.Hide()
	return p
}

// placeOn is the point of a card that lies at a place of the screen; none where
// another lies there.
func placeOn(v *renderers.BoardView, id board.CardID, screen board.Point) cards.Place {
	r, ok := v.Layout.Rect(id)
	p := v.Session.Camera.ToBoard(screen)
	if !ok || !r.Contains(p) {
		return cards.Place{}
	}
	return cards.Place{On: true, X: (p.X - r.X) / r.W, Y: (p.Y - r.Y) / r.H}
}

// showComments shows what is said about a card's document, or about the board
// that is shown.
func (w *Window) showComments(v *renderers.BoardView, id board.CardID, at cards.Place) {
	c := v.Live.Snapshot().Value.Card(id)
	switch {
	case c == nil:
		w.comments.open(v.Live.ID(), w.titleOf(v.Live.ID()), cards.Place{})
	case c.LinkErr != nil:
		w.tell(c.LinkErr)
	default:
		title := w.env.Registry.Face(c.Link.Kind).Summary(v.Value(id)).Title
		w.comments.open(c.Link.Document, title, at)
		w.besideComments(v, id)
		v.ShowPlaces(id)
	}
}

// besideComments pans so that a card is not under the panel, if there is room
// beside it.
func (w *Window) besideComments(v *renderers.BoardView, id board.CardID) {
	r, ok := v.Layout.Rect(id)
	at := v.Session.Camera.RectToScreen(r)
	room := v.Session.Viewport.W - commentsWidth - 3*commentsGap
	if over := at.X + at.W - room; ok && over > 0 && at.W < room {
		v.Session.Camera = v.Session.Camera.Pan(board.Point{X: -over})
		v.Sync()
	}
}

// open shows the comments of a document.
func (p *comments) open(id doc.ID, title string, at cards.Place) {
	p.shut()
	p.title, p.at, p.drawn = title, at, drawnComments{}
	p.live = doc.Open(p.w.env.Docs, id, renderers.CommentsView.Name, cards.CommentsCodec{})
	live := p.live
	p.cancel = live.Subscribe(func() {
		p.w.frames.Add(func() {
			if p.live == live {
				p.follow()
			}
		})
	})
	p.write.SetText(p.drafts[id])
	p.aim(subject{})
	p.object.Show()
	p.build()
	p.follow()
	p.scroll.ScrollToBottom()
	if !p.w.env.ReadOnly {
		p.w.win.Canvas().Focus(p.write)
	}
	// The toolkit does not know yet in which window the panel is.
	if c, ok := p.w.win.Canvas().(interface{ SetDirty() }); ok {
		c.SetDirty()
	}
}

// close hides the panel; the focus goes back to what is shown.
func (p *comments) close() {
	if p.live == nil {
		return
	}
	p.shut()
	p.object.Hide()
	p.w.focusBody()
}

// shut gives the document back and keeps what was written.
func (p *comments) shut() {
	if p.live == nil {
		return
	}
	delete(p.drafts, p.live.ID())
	if p.write.Text != "" && p.subject == (subject{}) {
		p.drafts[p.live.ID()] = p.write.Text
	}
	p.cancel()
	p.live.Close()
	p.live = nil
	if v := p.w.board; v != nil {
		v.ShowPlaces("")
	}
}

// build makes what stays while the panel is open.
func (p *comments) build() {
	pal := p.w.env.Palette()
	p.paper.FillColor, p.paper.StrokeColor = pal.Paper, pal.PaperEdge
	head := canvas.NewText("", pal.Ink)
	head.TextStyle.Bold, head.TextSize = true, 15
	head.Text = fitText(lang.Tf("Comments on “%s”", p.title), head.TextSize, head.TextStyle, commentsWidth-2*commentsPad-36)
	shut := newEscButton("", p.close, p.close)
	shut.Icon, shut.Importance = theme.CancelIcon(), lowImportance
	bar := container.NewBorder(nil, nil, container.New(inset{commentsPad, 12}, head), container.New(inset{4, 4}, shut))
	parts := []fyne.CanvasObject{bar, p.scroll}
	if !p.w.env.ReadOnly {
		parts = append(parts, container.New(inset{commentsPad, 10}, container.NewThemeOverride(p.write.object, outlined{})))
	}
	p.object.Objects = []fyne.CanvasObject{p.paper, newShield(), container.New(stacked{grow: 1}, parts...)}
	p.object.Refresh()
}

// colors follows the theme.
func (p *comments) colors() {
	if p.live != nil {
		p.build()
		p.follow()
	}
}

// follow shows the comments as they are now.
func (p *comments) follow() {
	if p.live == nil {
		return
	}
	s := p.live.Snapshot()
	now := drawnComments{
		revision: s.Revision, state: s.State, looks: p.looks(s.Value), settled: p.settled,
		reads: p.w.env.ReadOnly, dark: p.w.env.Dark(), is: true,
	}
	if was := p.drawn; was.is && was.revision == now.revision && was.state == now.state && slices.Equal(was.looks, now.looks) &&
		was.settled == now.settled && was.reads == now.reads && was.dark == now.dark {
		return
	}
	p.drawn = now
	if !p.there(s.Value) {
		p.write.SetText("")
		p.aim(subject{})
	}
	p.scroll.Content = container.New(inset{commentsPad, 4}, p.rows(s))
	p.scroll.Refresh()
}

// looks are how those who speak are shown.
func (p *comments) looks(c cards.Comments) (out []renderers.PersonLook) {
	for _, of := range c.List {
		out = append(out, p.w.look(of.Author))
		for _, m := range of.Answers {
			out = append(out, p.w.look(m.Author))
		}
	}
	return out
}

// look is how somebody is shown who has written something.
func (w *Window) look(person string) renderers.PersonLook {
	if w.env.People == nil {
		return renderers.PersonLook{Name: lang.T("Somebody")}
	}
	return w.env.People.Look(person)
}

// me is this person's id.
func (w *Window) me() string {
	if w.env.People == nil {
		return ""
	}
	return w.env.People.Me()
}

// there reports whether what the box is for is still there.
func (p *comments) there(c cards.Comments) bool {
	if p.comment == "" {
		return true
	}
	i := slices.IndexFunc(c.List, func(of cards.Comment) bool { return of.ID == p.comment })
	if i < 0 || p.answer == "" {
		return i >= 0
	}
	return slices.ContainsFunc(c.List[i].Answers, func(m cards.Message) bool { return m.ID == p.answer })
}

// send does what the box is for. What is refused comes back into it.
func (p *comments) send() {
	text, to, at := p.write.text(), p.subject, p.at
	if text == "" || p.live == nil {
		return
	}
	now, me, id := p.w.env.Now().UnixMilli(), p.w.me(), string(p.w.env.NewID())
	var c doc.Command[cards.Comments]
	switch {
	case to.changes:
		c = cards.EditComment{Comment: to.comment, Answer: to.answer, Author: me, Text: text, Time: now}
	case to.comment != "":
		c = cards.AnswerComment{Comment: to.comment, ID: id, Author: me, Text: text, Time: now}
	default:
		c = cards.PostComment{ID: id, Author: me, Text: text, Time: now, At: at}
	}
	live := p.live
	p.write.SetText("")
	p.aim(subject{})
	p.do(c, func(err error) {
		switch {
		case err != nil && p.live == live && p.write.Text == "":
			p.write.SetText(text)
			p.aim(to)
		case err == nil && p.live == live && to == (subject{}):
			p.follow()
			p.scroll.ScrollToBottom()
		}
	})
}

// do carries a command out and tells why it could not be; done is called then, on
// the UI goroutine.
func (p *comments) do(c doc.Command[cards.Comments], done func(error)) {
	r := p.live.Do(c)
	go func() {
		err := r.Applied(context.Background())
		if errors.Is(err, doc.ErrNothing) || errors.Is(err, doc.ErrGone) {
			err = nil
		}
		if err != nil {
			p.w.tell(err)
		}
		p.w.frames.Add(func() { done(err) })
	}()
}

// rightPanel lays objects over each other along the right edge.
type rightPanel struct{}

// MinSize implements fyne.Layout.
func (rightPanel) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

// Layout implements fyne.Layout.
func (rightPanel) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	s := fyne.NewSize(min(commentsWidth, size.Width-2*commentsGap), max(0, size.Height-2*commentsGap))
	for _, o := range objects {
		o.Resize(s)
		o.Move(fyne.NewPos(size.Width-s.Width-commentsGap, commentsGap))
	}
}
