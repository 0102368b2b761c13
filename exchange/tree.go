package exchange

import (
	"strings"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
)

// Limits of what comes in at once.
const (
	MaxCards  = 50_000 // over all boards
	MaxBoards = 5_000
)

// Tree is boards and the documents on them, each once.
type Tree struct {
	Boards    []Board // the first is the one that was asked for
	Documents []Document
	Left      Left // what a reader could not take
}

// Board is one board of a tree.
type Board struct {
	Title string
	Color string  // "#RRGGBB", or "" for the default
	Slots doc.Map // further slots of its document, nil for none
	Cards []Card  // from the bottom to the top
}

// Card is a place on a board and what lies there.
type Card struct {
	ID     board.CardID // "" is a new one
	Of     Ref
	At     board.Point // board units
	Size   board.Size  // as in board.Card
	Group  string      // as in board.Card
	Locked bool
	On     board.CardID // as in board.Card
	In     board.CardID // as in board.Card,
	Order  string       // and so is this

	// Drawn is where the card is as it is drawn, on the way out.
	Drawn board.Rect
	// Fit is the room that the content has to fit in, on the way in and where Size is zero.
	Fit board.Size
}

// Ref names what lies on a card: one of Tree.Boards or of Tree.Documents.
type Ref struct {
	Board bool
	N     int
}

// Document is a document that is no board.
type Document struct {
	Kind cards.Kind // "" on the way in: made of File, by what that is
	// Root is all that the document holds, without keys of files. With File, on the way
	// in, what is said of the file's bytes in it is made anew.
	Root doc.Map
	// Title is in one line, never empty on the way out.
	Title string
	// Text is what it says, as Markdown, on the way out; for files "".
	Text string
	// File is the name of its file: on the way out the one to be saved as, on the way in
	// its path in the Source. "" for none.
	File string
	// Missing says that the bytes of the file are not here, on the way out.
	Missing bool
}

// Add appends a document and names it.
func (t *Tree) Add(d Document) Ref {
	t.Documents = append(t.Documents, d)
	return Ref{N: len(t.Documents) - 1}
}

// AddBoard appends a board and names it.
func (t *Tree) AddBoard(b Board) Ref {
	t.Boards = append(t.Boards, b)
	return Ref{Board: true, N: len(t.Boards) - 1}
}

// NewText is a text card's document, on the way in.
func NewText(text string) Document {
	return Document{Kind: cards.KindText, Root: doc.Map{"text": doc.Text(strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", ""), "\ufffd"))}}
}

// Legal reports whether a document can hold all that is in a map.
func Legal(root doc.Map) bool {
	t := doc.NewTree(nil)
	for slot, v := range root {
		if _, err := t.Apply([]doc.Edit{doc.Put{Path: doc.At(slot), Value: v}}); err != nil {
			return false
		}
	}
	return true
}

// DecodeRoot reads what doc.EncodeValue has written of a whole document. ok is false for
// anything that no document can hold.
func DecodeRoot(b []byte) (root doc.Map, ok bool) {
	v, err := doc.DecodeValue(b)
	if err != nil {
		return nil, false
	}
	root, ok = v.(doc.Map)
	return root, ok && Legal(root)
}
