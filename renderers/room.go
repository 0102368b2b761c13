package renderers

import "corkboard/board"

// Room is a board as a place where others are. Its methods are safe on any
// goroutine and answer at once.
type Room interface {
	// Show tells the others what this person does; the newest counts. The slices
	// are not changed any more.
	Show(Presence)
	// Leave tells them that this person looks at something else.
	Leave()
	// Others are the others, in an order that stays.
	Others() []Other
	// Subscribe calls wake when Others may have changed, on any goroutine.
	Subscribe(wake func()) (cancel func())
}

// Presence is what somebody does on a board.
type Presence struct {
	Points   bool // the pointer is over the board,
	Pointer  board.Point
	View     board.Rect // what their window shows
	Selected []board.CardID
	Drag     []board.Rect // where the things in their hand are
	Typing   board.CardID // the card in which they write, or ""
}

// mostShown is how many cards somebody is told to have selected or in the hand.
const mostShown = 64

// Other is one device of somebody else.
type Other struct {
	Device string
	Person string
	Look   PersonLook
	Active bool // they have done something lately
	Does   Presence
}

// PersonLook is how somebody is shown.
type PersonLook struct {
	Name    string
	Colour  [3]byte
	Picture string // as in identity.Profile; may be empty
}
