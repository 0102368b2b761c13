package board

import "slices"

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
	if busy && name != "Escape" || s.NoPlainKeys && chord.plain() {
		return
	}
	if name == "Escape" {
		chord.Mods = 0
	}
	if row := s.Keys.find(chord); row != nil {
		s.run(row, l)
	}
}

// run does what a row says; camera moves begin where the last one leads.
func (s *Session) run(row *Row, l *Layout) {
	to := s.target()
	s.stopGlide()
	s.again, s.nudging = s.nudging, ""
	row.do(s, l, to)
}

func emits(e Effect) action {
	return func(s *Session, _ *Layout, _ Camera) { s.emit(e) }
}

// escape leaves what is innermost: a gesture, editing, the selection.
func escape(s *Session, _ *Layout, _ Camera) {
	switch {
	case s.gesture.kind != idle:
		s.abort()
	case s.Editing != "":
		s.stopEdit()
	case s.Drawing:
		drawsOrNot(s, nil, Camera{})
	case s.Selection.Len() > 0 || s.Connector() != "":
		s.pick()
		s.emit(Repaint{})
	}
}

func zoomBy(factor float64) action {
	return func(s *Session, _ *Layout, to Camera) { s.glideTo(to.ZoomAt(s.aim(), factor)) }
}

func zoomHome(s *Session, _ *Layout, to Camera) { s.glideTo(to.zoomTo(s.aim(), 1)) }

// aim is the screen point that keys mean: the pointer, or the middle of the
// window when the pointer is elsewhere.
func (s *Session) aim() Point {
	if s.over && RectAt(Point{}, s.Viewport).Contains(s.pointer) {
		return s.pointer
	}
	return Point{s.Viewport.W / 2, s.Viewport.H / 2}
}

// selectAll leaves out what is locked.
func selectAll(s *Session, l *Layout, _ Camera) {
	ids := make([]CardID, 0, l.Len())
	for _, c := range l.Board().Cards {
		if !c.Locked {
			ids = append(ids, c.ID)
		}
	}
	s.pick(ids...)
	s.emit(Repaint{})
}

func walk(back bool) action {
	return func(s *Session, l *Layout, _ Camera) { s.goTo(l.Next(s.Selection.Last(), back), l) }
}

func nearest(d Direction) action {
	return func(s *Session, l *Layout, _ Camera) {
		last := s.Selection.Last()
		if last == "" {
			s.goTo(l.Next("", false), l)
			return
		}
		s.goTo(l.Nearest(last, d), l)
	}
}

// goTo selects a card and brings it into view.
func (s *Session) goTo(c *Card, l *Layout) {
	if c == nil {
		return
	}
	s.walkTo(c.ID)
	s.Reveal(c.ID, l)
	s.emit(Repaint{})
}

func makes(kind string) action {
	return func(s *Session, l *Layout, _ Camera) {
		if into := s.slotMeant(kind, l); into != (Slot{}) {
			s.emit(NewCard{Kind: kind, At: l.slotPlace(into), Into: into})
			return
		}
		s.emit(NewCard{Kind: kind, At: s.spot(l)})
	}
}

func edit(s *Session, l *Layout, _ Camera) {
	if id := s.Connector(); id != "" {
		s.emit(EditLabel{ID: id})
	}
	if c := s.single(l); c != nil {
		s.enter(c, Point{}, true)
	}
}

func rename(s *Session, l *Layout, _ Camera) {
	if c := s.single(l); c != nil {
		s.emit(EditTitle{ID: c.ID})
	}
}

func open(s *Session, l *Layout, _ Camera) {
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

func removes(s *Session, l *Layout, _ Camera) {
	if id := s.Connector(); id != "" {
		s.emit(Do{Disconnect{IDs: []ConnectorID{id}}})
	}
	if s.Selection.Len() > 0 {
		ids := l.withInk(s.Selection.IDs())
		frees := l.frees(ids)
		s.emit(Do{RemoveCards{IDs: ids, Frees: frees}})
		if len(frees) > 0 { // what was in columns can be removed with the same key
			left := make([]CardID, len(frees))
			for i, f := range frees {
				left[i] = f.ID
			}
			s.Select(left...)
		}
	}
}

// duplicate repeats the offset of the duplicate before.
func duplicate(s *Session, l *Layout, _ Camera) {
	if s.Selection.Len() == 0 {
		return
	}
	if s.offset == (Point{}) {
		s.offset = duplicateBy
	}
	loose, rest := l.loose(s.Selection.IDs())
	into := Slot{}
	if len(rest) == 0 && len(loose) > 0 {
		into = s.slotBelow("", l)
	}
	ids := l.withMembers(s.Selection.IDs())
	s.emit(Duplicate{IDs: ids, By: s.offset, Places: l.doubles(ids, s.offset), Into: into})
}

func copies(s *Session, l *Layout, _ Camera) {
	if s.Selection.Len() > 0 {
		s.emit(Copy{IDs: l.withMembers(s.Selection.IDs())})
	}
}

func cuts(s *Session, l *Layout, _ Camera) {
	if s.Selection.Len() > 0 {
		s.emit(Cut{IDs: l.withMembers(s.freeIDs(l))})
	}
}

func pastes(plain bool) action {
	return func(s *Session, l *Layout, _ Camera) {
		s.emit(Paste{At: s.snapped(s.Camera.ToBoard(s.aim())), Plain: plain, Into: s.slotMeant("", l)})
	}
}

// freeIDs is the selected cards that are not locked; if all are, all of them,
// so that the document can say so.
func (s *Session) freeIDs(l *Layout) []CardID {
	ids := s.Selection.IDs()
	free := slices.DeleteFunc(slices.Clone(ids), func(id CardID) bool { c := l.Card(id); return c != nil && c.Locked })
	if len(free) == 0 {
		return ids
	}
	return free
}

func comments(s *Session, _ *Layout, _ Camera) { s.emit(Comments{s.Selection.Last()}) }

// menu opens the menu of the selected card or connector at its middle, or of
// the board.
func menu(s *Session, l *Layout, _ Camera) {
	if r, ok := l.Rect(s.Selection.Last()); ok {
		s.emit(Menu{At: s.Camera.ToScreen(r.Center()), Card: s.Selection.Last()})
		return
	}
	if line, ok := l.Line(s.Connector()); ok {
		s.emit(Menu{At: s.Camera.ToScreen(line.Middle()), Connector: line.Connector.ID})
		return
	}
	s.emit(Menu{At: s.aim()})
}
