package renderers

import (
	"time"

	"corkboard/board"
)

// tellPace is the least time between two looks at what this hand does.
const tellPace = 30 * time.Millisecond

// tell shows the others what this hand does, now or soon. It may be called for
// every event.
func (o *others) tell() {
	if o == nil || o.telling || o.v.closed {
		return
	}
	wait := o.v.pauseLeft(o.told, tellPace)
	if wait == 0 {
		o.tellNow()
		return
	}
	o.telling = true
	o.v.after(wait, func() {
		o.telling = false
		if !o.v.closed {
			o.tellNow()
		}
	})
}

func (o *others) tellNow() {
	o.told = o.v.env.Now()
	o.room.Show(doing(o.v))
}

// doing is what a view shows about its person.
func doing(v *BoardView) Presence {
	camera := v.Session.Camera
	s := Presence{
		Points: v.over, Pointer: camera.ToBoard(v.pointer),
		View: camera.Visible(v.Session.Viewport), Selected: v.Session.Selection.First(mostShown),
	}
	if v.Follows != (board.Rect{}) {
		s.View = v.Follows
	}
	if v.edit != nil {
		s.Typing = v.edit.id
	}
	if v.Session.Dragging() {
		for i := range v.view.Cards {
			at := &v.view.Cards[i]
			if at.Ghost && len(s.Drag) < mostShown {
				s.Drag = append(s.Drag, board.RectAt(v.view.Camera.ToBoard(at.Rect.Min()), at.BoardSize))
			}
		}
	}
	return s
}
