package ui

import (
	"corkboard/board"
	"corkboard/doc"
	"corkboard/net/presence"
	"corkboard/renderers"
)

// room gives the board a room of the network in its own words.
type room struct{ net *presence.Room }

// Show implements renderers.Room.
func (r room) Show(p renderers.Presence) {
	s := presence.State{
		Points: p.Points, Pointer: presence.Point(p.Pointer), View: presence.Rect(p.View), Typing: string(p.Typing),
		Selected: make([]string, len(p.Selected)), Drag: make([]presence.Rect, len(p.Drag)),
	}
	for i, id := range p.Selected {
		s.Selected[i] = string(id)
	}
	for i, at := range p.Drag {
		s.Drag[i] = presence.Rect(at)
	}
	r.net.Show(s)
}

// Leave implements renderers.Room.
func (r room) Leave() { r.net.Leave() }

// Subscribe implements renderers.Room.
func (r room) Subscribe(wake func()) (cancel func()) { return r.net.Subscribe(wake) }

// Others implements renderers.Room.
func (r room) Others() []renderers.Other {
	all := r.net.Others()
	out := make([]renderers.Other, len(all))
	for i := range all {
		o := &all[i]
		out[i] = renderers.Other{
			Device: o.Device, Person: o.Person, Active: o.Active(),
			Look: renderers.PersonLook{Name: o.Name, Colour: o.Colour, Picture: o.Picture},
			Does: doing(&o.State),
		}
	}
	return out
}

func doing(s *presence.State) renderers.Presence {
	p := renderers.Presence{
		Points: s.Points, Pointer: board.Point(s.Pointer), View: board.Rect(s.View), Typing: board.CardID(s.Typing),
	}
	for _, id := range s.Selected {
		p.Selected = append(p.Selected, board.CardID(id))
	}
	for _, at := range s.Drag {
		p.Drag = append(p.Drag, board.Rect(at))
	}
	return p
}

// roomsOf makes rooms for boards of those that find gives; nil where it gives
// none.
func roomsOf(find func(board doc.ID) *presence.Room) func(board doc.ID) renderers.Room {
	return func(board doc.ID) renderers.Room {
		if r := find(board); r != nil {
			return room{r}
		}
		return nil
	}
}
