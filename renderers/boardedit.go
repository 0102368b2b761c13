package renderers

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"corkboard/board"
	"corkboard/doc"
	"corkboard/renderers/paint"
)

// editing is the one live editor of a board.
type editing struct {
	id     board.CardID
	pin    *pin
	editor Editor
	paper  *canvas.Rectangle
}

func (v *BoardView) startEdit(e board.StartEdit) {
	v.stopEdit()
	c := v.Live.Snapshot().Value.Card(e.ID)
	if c == nil {
		return
	}
	p := v.pinFor(c)
	if p.face.Named {
		v.nameCard(p)
		return
	}
	if p.face.Edit == nil || p.handle == nil || v.env.ReadOnly {
		v.Session.Editing = ""
		return
	}
	pal := v.env.Palette()
	paper := canvas.NewRectangle(pal.Paper)
	paper.StrokeColor, paper.StrokeWidth = pal.Accent, 1.5
	ed := &editing{id: e.ID, pin: p, paper: paper}
	ed.editor = p.face.Edit(EditorHost{
		Env: v.env, Handle: p.handle,
		Leave:   func() { v.leaveEdit(ed) },
		Resized: func() { v.grown(ed) },
		Reveal:  func(r paint.Rect) { v.revealCaret(ed, r) },
		Scroll:  p.scroll,
		Shortcut: func(s fyne.Shortcut) bool {
			k, ok := shortcutKey(s)
			if ok {
				v.On(k)
			}
			return ok
		},
	})
	v.edit = ed
	ed.editor.Show(p.handle.Snapshot().Value)
	v.grown(ed)
	v.Sync()
	if c := fyne.CurrentApp().Driver().CanvasForObject(v); c != nil {
		at := Point{-1, -1}
		if !e.End {
			at = Point{float32(e.At.X), float32(e.At.Y)}
		}
		ed.editor.Focus(c, at)
		v.catchUp(func() fyne.Focusable {
			if v.edit != ed {
				return nil
			}
			return c.Focused()
		})
	}
}

// catchUp gives what was typed before there was anything to type into to what has the keys
// now, which may change with each; nil takes nothing.
func (v *BoardView) catchUp(at func() fyne.Focusable) {
	ahead := v.ahead
	v.ahead = nil
	for _, typed := range ahead {
		if f := at(); f != nil {
			typed(f)
		}
	}
}

// editing reports whether a card's editor is open.
func (v *BoardView) editing(id board.CardID) bool { return v.edit != nil && v.edit.id == id }

// leaveEdit is the editor's own wish to end: Esc, or the focus went away.
func (v *BoardView) leaveEdit(ed *editing) {
	if v.edit != ed {
		return
	}
	v.On(board.Key{Name: "Escape", Down: true})
	if v.edit == ed {
		v.stopEdit()
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(v); c != nil {
		c.Focus(v)
	}
}

// stopEdit flushes the editor; a card that was left empty vanishes.
func (v *BoardView) stopEdit() {
	ed := v.edit
	if ed == nil {
		return
	}
	v.edit = nil
	v.Session.Editing = ""
	ed.editor.Close()
	v.repaint(ed.id) // also where nothing was changed: a thread has been seen
	v.removeIfEmpty(ed)
	v.Sync()
}

// removeIfEmpty takes a card off the board that was left empty, once what was
// typed last has arrived in its document. The board may be closed by then.
func (v *BoardView) removeIfEmpty(ed *editing) {
	if v.env.drafts[ed.pin.card.Link.Document] != "" {
		return // what was written there waits to be sent
	}
	empty, face := false, ed.pin.face
	arrived := ed.pin.handle.Do(func(value any) (doc.Plan, error) {
		empty = face.Empty(value)
		return doc.Plan{}, doc.ErrNothing
	})
	docs, on := v.env.Docs, v.Live.ID()
	go func() {
		_ = arrived.Applied(context.Background()) // ErrNothing, always
		if empty {
			live := doc.Open(docs, on, "board", board.Codec{})
			live.Do(silently{board.RemoveCards{IDs: []board.CardID{ed.id}}})
			live.Close()
		}
	}()
}

// Edit puts the editor on a card as soon as the card and its document are there.
func (v *BoardView) Edit(id board.CardID) {
	v.Session.Edit(id)
	v.wantEdit, v.ahead = id, nil
	v.Sync()
}

// Rename lets the person write the title of a card that has one on the board, if its
// document is here; of others nothing.
func (v *BoardView) Rename(id board.CardID) {
	c := v.Live.Snapshot().Value.Card(id)
	if c == nil || !v.env.Registry.Face(c.Link.Kind).Named || v.pinFor(c).snapshot().State == doc.Unavailable {
		return
	}
	v.Edit(id)
}

// grown follows the height of what is being typed.
func (v *BoardView) grown(ed *editing) {
	if v.edit != ed {
		return
	}
	r, ok := v.Layout.Rect(ed.id)
	if !ok {
		return
	}
	h := ed.editor.Natural(float32(r.W))
	if h > 0 && ed.pin.card.Size.H == 0 {
		v.Layout.SetNatural(ed.id, board.Size{W: r.W, H: float64(h)})
	}
	v.Sync()
}

// caretRoom is the free space around the caret in screen units.
const caretRoom = 24

// revealCaret pans just far enough that the caret is in the window. It is
// called with every key in the editor: what others did is shown with it.
func (v *BoardView) revealCaret(ed *editing, at paint.Rect) {
	card, ok := v.Layout.Rect(ed.id)
	if v.edit != ed || !ok {
		return
	}
	v.hand = v.env.Now()
	r := v.Session.Camera.RectToScreen(board.Rect{X: card.X + float64(at.X), Y: card.Y + float64(at.Y), W: float64(at.W), H: float64(at.H)})
	by := board.Point{X: inward(r.X, r.W, v.Session.Viewport.W), Y: inward(r.Y, r.H, v.Session.Viewport.H)}
	v.Session.Camera = v.Session.Camera.Pan(by)
	if by != (board.Point{}) || v.changes.Load() {
		v.Sync()
	}
}

// inward is the way that brings a stretch into a window.
func inward(at, length, window float64) float64 {
	switch {
	case window < length+2*caretRoom:
		return 0
	case at < caretRoom:
		return caretRoom - at
	case at+length > window-caretRoom:
		return window - caretRoom - at - length
	}
	return 0
}

// placeEditor lays the live editor over its card.
func (v *BoardView) placeEditor() {
	if v.edit == nil {
		return
	}
	r, ok := v.Layout.Rect(v.edit.id)
	if !ok {
		return
	}
	s := v.view.Camera.RectToScreen(r)
	zoom := float32(v.view.Camera.Zoom)
	pos, size := fyne.NewPos(float32(s.X), float32(s.Y)), fyne.NewSize(float32(s.W), float32(s.H))
	v.edit.paper.CornerRadius = cardRadius * zoom
	v.edit.paper.Move(pos.SubtractXY(1, 1))
	v.edit.paper.Resize(size.AddWidthHeight(2, 2))
	v.edit.editor.SetZoom(zoom)
	o := v.edit.editor.Object()
	o.Move(pos)
	o.Resize(size)
	v.objects = append(v.objects, v.edit.paper, o)
}

// silently makes a command that leaves no undo step.
type silently struct{ doc.Command[*board.Board] }

// Plan implements doc.Command.
func (s silently) Plan(b *board.Board) (doc.Plan, error) {
	p, err := s.Command.Plan(b)
	p.Silent = true
	return p, err
}
