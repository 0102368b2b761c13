package renderers

import (
	"time"

	"corkboard/board"
	"corkboard/net/presence"
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
	o.room.Show(stateOf(o.v))
}

// stateOf is what a view shows about its person.
func stateOf(v *BoardView) presence.State {
	camera := v.Session.Camera
	s := presence.State{
		Points: v.over, Pointer: presence.Point(camera.ToBoard(v.pointer)),
		View: presence.Rect(camera.Visible(v.Session.Viewport)),
	}
	for _, id := range v.Session.Selection.First(presence.MaxSelected) {
		s.Selected = append(s.Selected, string(id))
	}
	if v.edit != nil {
		s.Typing = string(v.edit.id)
	}
	if v.Session.Dragging() {
		for i := range v.view.Cards {
			at := &v.view.Cards[i]
			if at.Ghost && len(s.Drag) < presence.MaxDrag {
				s.Drag = append(s.Drag, presence.Rect(board.RectAt(v.view.Camera.ToBoard(at.Rect.Min()), at.BoardSize)))
			}
		}
	}
	return s
}
