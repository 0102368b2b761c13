package board

import "fmt"

// duplicateBy is how far a double lies from its card at first.
var duplicateBy = Point{2 * Grid, 2 * Grid}

func (s *Session) onKey(k Key, l *Layout) {
	s.mods = k.Mods
	name := keyName(k.Name)
	if name == "Space" && s.Editing == "" {
		if s.space != k.Down {
			s.space = k.Down
			s.hover(l)
		}
		return
	}
	if s.gesture.kind != idle && s.gesture.mods != k.Mods && name != "Escape" {
		s.gesture.mods = k.Mods
		s.drag(l)
	}
	if !k.Down || name == "" {
		return
	}
	chord := Chord{k.Mods, name}
	busy := s.gesture.kind != idle || s.Editing != ""
	if busy && name != "Escape" || s.NoPlainKeys && plain[chord] {
		return
	}
	if name == "Escape" {
		chord.Mods = 0
	}
	if do := bound[chord]; do != nil {
		p := press{Chord: chord, target: s.target()}
		s.stopGlide()
		do(s, l, p)
	}
}

func emits(e Effect) action {
	return func(s *Session, _ *Layout, _ press) { s.emit(e) }
}

// escape leaves what is innermost: a gesture, editing, the selection.
func escape(s *Session, _ *Layout, _ press) {
	switch {
	case s.gesture.kind != idle:
		s.abort()
	case s.Editing != "":
		s.stopEdit()
	case s.Selection.Len() > 0:
		s.pick()
		s.emit(Repaint{})
	}
}

func zoomBy(factor float64) action {
	return func(s *Session, _ *Layout, k press) { s.glideTo(k.target.ZoomAt(s.aim(), factor)) }
}

func zoomHome(s *Session, _ *Layout, k press) { s.glideTo(k.target.zoomTo(s.aim(), 1)) }

// aim is the screen point that keys mean: the pointer, or the middle of the
// window when the pointer is elsewhere.
func (s *Session) aim() Point {
	if s.over && RectAt(Point{}, s.Viewport).Contains(s.pointer) {
		return s.pointer
	}
	return Point{s.Viewport.W / 2, s.Viewport.H / 2}
}

func selectAll(s *Session, l *Layout, _ press) {
	ids := make([]CardID, 0, l.Len())
	for _, c := range l.Board().Cards {
		ids = append(ids, c.ID)
	}
	s.pick(ids...)
	s.emit(Repaint{})
}

func walk(back bool) action {
	return func(s *Session, l *Layout, _ press) { s.goTo(l.Next(s.Selection.Last(), back), l) }
}

func nearest(s *Session, l *Layout, k press) {
	last := s.Selection.Last()
	if last == "" {
		s.goTo(l.Next("", false), l)
		return
	}
	d, _ := arrowOf(k.Name)
	s.goTo(l.Nearest(last, d), l)
}

// goTo selects a card and brings it into view.
func (s *Session) goTo(c *Card, l *Layout) {
	if c == nil {
		return
	}
	s.pick(c.ID)
	s.Reveal(c.ID, l)
	s.emit(Repaint{})
}

func makes(kind string) action {
	return func(s *Session, _ *Layout, _ press) {
		s.emit(NewCard{Kind: kind, At: s.snapped(s.Camera.ToBoard(s.aim()))})
	}
}

func edit(s *Session, l *Layout, _ press) {
	if c := s.single(l); c != nil {
		s.enter(c, Point{}, true)
	}
}

func open(s *Session, l *Layout, _ press) {
	if c := s.single(l); c != nil {
		s.emit(OpenCard{ID: c.ID})
	}
}

// single is the one selected card, or nil.
func (s *Session) single(l *Layout) *Card {
	if s.Selection.Len() != 1 {
		return nil
	}
	return l.Card(s.Selection.Last())
}

// nudge moves by a step; steps that follow each other are one gesture.
func nudge(s *Session, _ *Layout, k press) {
	if s.Selection.Len() == 0 {
		return
	}
	if !s.nudging || s.nudgedAt != s.Selection.rev {
		s.nudges++
	}
	s.nudging, s.nudgedAt = true, s.Selection.rev
	step := 1.0
	if s.Snap {
		step = Grid
	}
	if k.Mods.Has(Shift) {
		step *= 10
	}
	d, _ := arrowOf(k.Name)
	by := d.Vector().Scale(step)
	s.moved(by)
	s.emit(Do{MoveCards{IDs: s.Selection.IDs(), By: by, Gesture: fmt.Sprintf("%s/nudge/%d", s.name, s.nudges)}})
}

func restack(to Level) action {
	return func(s *Session, l *Layout, _ press) {
		if s.Selection.Len() == 0 {
			return
		}
		c := Restack{IDs: s.Selection.IDs(), To: to}
		if to == OneUp || to == OneDown {
			c.Past = s.nextStacked(l, to == OneUp)
		}
		s.emit(Do{c})
	}
}

// nextStacked is the closest card above or below the selected ones that
// covers a part of them: the step that can be seen. "" if there is none.
func (s *Session) nextStacked(l *Layout, up bool) CardID {
	var edge uint64 // ranks begin above 0
	for _, id := range s.Selection.ids {
		if e := l.entries[id]; e != nil && (edge == 0 || up == (e.rank > edge)) {
			edge = e.rank
		}
	}
	var best *entry
	for _, id := range s.Selection.ids {
		r, ok := l.Rect(id)
		if !ok {
			continue
		}
		for _, e := range l.query(r) {
			if s.Selection.Has(e.card.ID) || up != (e.rank > edge) {
				continue
			}
			if best == nil || up && e.rank < best.rank || !up && e.rank > best.rank {
				best = e
			}
		}
	}
	if best == nil {
		return ""
	}
	return best.card.ID
}

func removes(s *Session, _ *Layout, _ press) {
	if s.Selection.Len() > 0 {
		s.emit(Do{RemoveCards{IDs: s.Selection.IDs()}})
	}
}

// duplicate repeats the offset of the duplicate before.
func duplicate(s *Session, _ *Layout, _ press) {
	if s.Selection.Len() == 0 {
		return
	}
	if s.offset == (Point{}) {
		s.offset = duplicateBy
	}
	s.emit(Duplicate{IDs: s.Selection.IDs(), By: s.offset})
}

func copies(s *Session, _ *Layout, _ press) {
	if s.Selection.Len() > 0 {
		s.emit(Copy{IDs: s.Selection.IDs()})
	}
}

func cuts(s *Session, _ *Layout, _ press) {
	if s.Selection.Len() > 0 {
		s.emit(Cut{IDs: s.Selection.IDs()})
	}
}

func pastes(plain bool) action {
	return func(s *Session, _ *Layout, _ press) {
		s.emit(Paste{At: s.snapped(s.Camera.ToBoard(s.aim())), Plain: plain})
	}
}

// menu opens the menu of the selected card at its middle, or of the board.
func menu(s *Session, l *Layout, _ press) {
	if r, ok := l.Rect(s.Selection.Last()); ok {
		s.emit(Menu{At: s.Camera.ToScreen(r.Center()), Card: s.Selection.Last()})
		return
	}
	s.emit(Menu{At: s.aim()})
}
