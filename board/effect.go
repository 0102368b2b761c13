package board

import "corkboard/doc"

// Effect is what Session.On asks for. The set is closed. Slices in effects are
// the receiver's to keep.
type Effect interface{ effect() }

// Do runs a command on the board's document.
type Do struct{ Command doc.Command[*Board] }

// StartEdit puts the live editor on a card; Session.Editing is set already.
type StartEdit struct {
	ID  CardID
	At  Point // where it was pointed at, in board units from the card's corner
	End bool  // nothing was pointed at: the caret goes to the end
}

// StopEdit takes the live editor away; Session.Editing is empty already.
type StopEdit struct{ ID CardID }

// OpenCard shows a card's document in full.
type OpenCard struct{ ID CardID }

// NewCard makes a document of a kind and pins it. Kinds: "text", "todo",
// "thread", "board", "frame", "column". The app calls Session.Edit for kinds that are edited in place.
type NewCard struct {
	Kind  string
	At    Point    // board units
	Size  Size     // board units; zero: as large as the content
	Into  Slot     // the place in a column where it is to be, if any
	Takes []CardID // that come into it, where it is a column
}

// Menu opens the menu of a card or of a connector, or of the board when both
// are "".
type Menu struct {
	At        Point // screen pixels
	Card      CardID
	Connector ConnectorID
}

// EditLabel lets a person write on a connector.
type EditLabel struct{ ID ConnectorID }

// EditTitle lets a person write the title of a card.
type EditTitle struct{ ID CardID }

// Tap is a click on a card that was no drag and no double-click: ticks,
// links, page buttons.
type Tap struct {
	ID CardID
	At Point // board units from the card's corner
}

// Comments shows what is said about a card's document, or about the board where
// Card is "".
type Comments struct{ Card CardID }

// Undo takes back the newest step.
type Undo struct{}

// Redo does the newest undone step again.
type Redo struct{}

// Copy puts cards on the clipboard.
type Copy struct{ IDs []CardID }

// Cut puts cards on the clipboard and, once they are there, removes them.
type Cut struct{ IDs []CardID }

// Paste puts what the clipboard holds on the board.
type Paste struct {
	At    Point // board units
	Plain bool
	Into  Slot // as in NewCard
}

// Duplicate makes cards once more. The app adds them and calls Session.Select.
type Duplicate struct {
	IDs []CardID
	By  Point // from each card to its double, board units
	// Places is where doubles are to be of cards that are in columns now, and of what
	// these carry: By does not tell it.
	Places []Placement
	// Into is where in a column the doubles are to be, if any.
	Into Slot
}

// DropInto moves cards into the board that a card of kind "board" shows.
type DropInto struct {
	Cards []CardID
	Board CardID // of the board that is shown
	From  doc.ID // the board of Cards when they were carried here, else ""
}

// DropElsewhere moves cards to what is at a place outside the board that
// Session.Elsewhere knows. Nothing moves on this board.
type DropElsewhere struct {
	Cards []CardID
	At    Point  // screen pixels
	From  doc.ID // the board of Cards when they were carried here, else ""
}

// HoverOpen opens the board of a card on which a drag lingers. The app opens
// it, takes the drag with Session.Release and gives it to the session of the
// opened board with Session.Carry. If it does not, the drag goes on here.
type HoverOpen struct {
	Board CardID
	Cards []CardID // in the hand
	At    Point    // screen pixels: where the pointer is
}

// DropCarried moves cards from another board to this one.
type DropCarried struct {
	From   doc.ID
	Places []Placement // where they go on this board, bottom to top
	Into   Slot        // the place in a column where they go, if any
}

// CarryBack ends a carried drag with nothing moved: the app goes back to the
// board From.
type CarryBack struct{ From doc.ID }

// Scroll moves the content of a card.
type Scroll struct {
	ID CardID
	By float64 // board units; > 0 shows what is farther down
}

// Find searches the board.
type Find struct{}

// Everywhere searches all there is.
type Everywhere struct{}

// Commands shows the list of all that can be done.
type Commands struct{}

// Todos lists what is to be done, over all boards.
type Todos struct{}

// Changed lists what others have changed.
type Changed struct{}

// Trash lists what was taken off its last board.
type Trash struct{}

// Share shows who shares the board.
type Share struct{}

// History shows the past of the board, or returns from it.
type History struct{}

// People shows everybody who is known.
type People struct{}

// Help shows the sheet of conventions.
type Help struct{}

// ToBar gives the keys to the title bar, or back to the board.
type ToBar struct{}

// Toggle turns a part of the window on or off: "minimap", "grid", "quiet".
type Toggle struct{ What string }

// Repaint says that Project would now give another View.
type Repaint struct{}

// Cursor wants another pointer: "default", "pointer", "grab", "grabbing",
// "move", "copy", "crosshair", "ew-resize", "ns-resize", "nwse-resize",
// "nesw-resize".
type Cursor struct{ Name string }

// Back goes to where the person was before.
type Back struct{}

// Forward takes Back back.
type Forward struct{}

func (Do) effect()        {}
func (StartEdit) effect() {}
func (StopEdit) effect()  {}
func (OpenCard) effect()  {}
func (NewCard) effect()   {}
func (Menu) effect()      {}
func (EditLabel) effect() {}
func (EditTitle) effect() {}
func (Comments) effect()  {}
func (Tap) effect()       {}
func (Undo) effect()      {}
func (Redo) effect()      {}
func (Copy) effect()      {}
func (Cut) effect()       {}
func (Paste) effect()     {}
func (Duplicate) effect() {}
func (DropInto) effect()  {}

func (DropElsewhere) effect() {}
func (HoverOpen) effect()     {}
func (DropCarried) effect()   {}
func (CarryBack) effect()     {}
func (Scroll) effect()        {}
func (Find) effect()          {}
func (Everywhere) effect()    {}
func (Commands) effect()      {}
func (Todos) effect()         {}
func (Trash) effect()         {}
func (Changed) effect()       {}
func (Share) effect()         {}
func (History) effect()       {}
func (People) effect()        {}
func (Help) effect()          {}
func (Toggle) effect()        {}
func (ToBar) effect()         {}

func (Repaint) effect() {}
func (Cursor) effect()  {}
func (Back) effect()    {}
func (Forward) effect() {}
