package main

import (
	"corkboard/board"
	"corkboard/doc"
	"corkboard/renderers"
)

// crowd are the others on the wall: some point, one writes, one drags, one only
// looks.
var crowd = []renderers.Other{
	other("Ada Lovelace", [3]byte{0x15, 0x8f, 0x9c}, renderers.Presence{
		Points: true, Pointer: board.Point{X: 250, Y: 330}, Selected: []board.CardID{"text", "image"}}),
	other("Grace Hopper", [3]byte{0xc9, 0x5f, 0x1e}, renderers.Presence{Typing: "todo", Selected: []board.CardID{"todo"}}),
	other("Łukasz", [3]byte{0x77, 0x86, 0x1f}, renderers.Presence{
		Points: true, Pointer: board.Point{X: 820, Y: 640}, Selected: []board.CardID{"file"},
		Drag: []board.Rect{{X: 640, Y: 560, W: 243, H: 82}}}),
	other("Emmy Noether", [3]byte{0xd8, 0x4c, 0x9a}, renderers.Presence{
		Points: true, Pointer: board.Point{X: 950, Y: 220}, Selected: []board.CardID{"image"}}),
	other("Katherine Johnson", [3]byte{0x8a, 0x63, 0xd8}, renderers.Presence{Points: true, Pointer: board.Point{X: 420, Y: 700}}),
	other("Hedy", [3]byte{0x2f, 0x80, 0xd8}, renderers.Presence{}),
}

func other(name string, colour [3]byte, does renderers.Presence) renderers.Other {
	return renderers.Other{Device: name, Person: name, Look: renderers.PersonLook{Name: name, Colour: colour}, Active: true, Does: does}
}

// roomOf is the crowd on the wall; on other boards nobody is.
func roomOf(id doc.ID) renderers.Room {
	if id == wall {
		return crowded{}
	}
	return nil
}

// crowded is a room in which nothing moves.
type crowded struct{}

// Show implements renderers.Room.
func (crowded) Show(renderers.Presence) {}

// Leave implements renderers.Room.
func (crowded) Leave() {}

// Others implements renderers.Room.
func (crowded) Others() []renderers.Other { return crowd }

// Subscribe implements renderers.Room.
func (crowded) Subscribe(func()) (cancel func()) { return func() {} }
