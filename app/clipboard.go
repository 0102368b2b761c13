package app

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/share"
)

// PasteMode says what the pasted cards show.
type PasteMode int

// The modes.
const (
	PasteLink      PasteMode = iota // the same documents
	PasteDuplicate                  // new documents with the same content
)

// clipboard remembers how the copied cards lie.
type clipboard struct {
	mu   sync.Mutex
	text string
	pins []board.Pin // bottom to top; At from the left top corner of them all
	line []board.Connector
}

// CopyCards makes the text that goes to the clipboard, one link a line, and
// remembers how the cards lie. Cards whose link cannot be read are left out.
// It returns at once; the board must be open.
func (a *App) CopyCards(boardID doc.ID, ids []board.CardID) string {
	live := a.openBoard(boardID)
	defer live.Close()
	pins := pinsOf(live.Snapshot().Value, ids)
	if len(pins) == 0 {
		return ""
	}
	corner := cornerOf(pins)
	var lines []string
	for i := range pins {
		pins[i].At = pins[i].At.Sub(corner)
		lines = append(lines, share.Format(pins[i].Link))
	}
	text := strings.Join(lines, "\n")
	a.clip.mu.Lock()
	defer a.clip.mu.Unlock()
	a.clip.text, a.clip.pins, a.clip.line = text, pins, linesOf(live.Snapshot().Value, pins)
	return text
}

// Copied tells whether a clipboard's text is what CopyCards made last.
func (a *App) Copied(text string) bool {
	_, _, ok := a.copied(text)
	return ok
}

func (a *App) copied(text string) ([]board.Pin, []board.Connector, bool) {
	a.clip.mu.Lock()
	defer a.clip.mu.Unlock()
	ok := a.clip.text != "" && strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n")) == a.clip.text
	return slices.Clone(a.clip.pins), a.clip.line, ok
}

// PasteCards pins the documents that a clipboard's text links to, laid out as
// they were if CopyCards made the text. Errors: those of Paste; ErrAbsent when a
// document that is not here should be duplicated. It blocks.
func (a *App) PasteCards(boardID doc.ID, at board.Point, text string, mode PasteMode) ([]board.CardID, error) {
	return a.PasteInto(boardID, at, board.Slot{}, text, mode)
}

// PasteInto is PasteCards into a place in a column, if there is one.
func (a *App) PasteInto(boardID doc.ID, at board.Point, into board.Slot, text string, mode PasteMode) ([]board.CardID, error) {
	ctx, cancel := a.briefly()
	defer cancel()
	at = a.snapped(at)
	pins, lines, ok := a.copied(text)
	if !ok {
		links, err := a.readLinks(ctx, text)
		if err == nil {
			links, err = a.standFor(ctx, boardID, links)
		}
		if err != nil {
			return nil, err
		}
		pins, lines = pins[:0], nil
		for i, l := range links {
			pins = append(pins, board.Pin{Link: l, At: board.Point{X: nextTo, Y: nextTo}.Scale(float64(i))})
		}
	}
	return a.pinLike(ctx, boardID, alike{pins, lines}, at, into, mode)
}

// alike is cards that are put somewhere together, and the connectors between them.
type alike struct {
	pins  []board.Pin
	lines []board.Connector
}

// pinLike pins cards like others, moved by a way, or in a column.
func (a *App) pinLike(ctx context.Context, boardID doc.ID, like alike, by board.Point, into board.Slot, mode PasteMode) ([]board.CardID, error) {
	pins := intoColumn(like.pins, into)
	for i := range pins {
		pins[i].At = pins[i].At.Add(by)
		if mode == PasteDuplicate {
			link, err := a.duplicate(ctx, boardID, pins[i].Link)
			if err != nil {
				return nil, err
			}
			pins[i].Link = link
		}
	}
	return a.pinAlike(ctx, boardID, "", alike{a.regrouped(pins), like.lines})
}

// regrouped puts pins that were grouped into groups of their own.
func (a *App) regrouped(pins []board.Pin) []board.Pin {
	return board.RegroupPins(pins, func() string { return string(a.NewCardID()) })
}

// intoColumn gives pins a place in a column; those of a column stay where they are in it.
func intoColumn(pins []board.Pin, into board.Slot) []board.Pin {
	if into == (board.Slot{}) || slices.ContainsFunc(pins, func(p board.Pin) bool { return board.OnGround(p.Link.Kind) }) {
		return pins
	}
	for i := range pins {
		pins[i].Into = into
	}
	return pins
}

// linesOf is the connectors between the cards of pins.
func linesOf(b *board.Board, pins []board.Pin) []board.Connector {
	ids := make(map[board.CardID]bool, len(pins))
	for _, p := range pins {
		ids[p.ID] = true
	}
	return b.Between(ids)
}

// catalogued is how large cards of a kind are at first.
func catalogued(kind string) board.Size {
	info, _ := cards.Lookup(kind)
	return board.Size{W: info.Size.W, H: info.Size.H}
}

// pinsOf is what would pin the cards of ids again, bottom to top, in the same
// groups and columns; none is locked. Cards whose link cannot be read are left out.
func pinsOf(b *board.Board, ids []board.CardID) []board.Pin {
	var pins []board.Pin
	at := b.Laid(catalogued)
	order := map[board.CardID]string{}
	for _, id := range ids {
		c := b.Card(id)
		if _, twice := order[id]; c == nil || c.LinkErr != nil || twice {
			continue
		}
		order[id] = c.Z
		pins = append(pins, board.Pin{ID: id, Link: c.Link, At: at(c), Size: c.Size, Group: c.Group, On: c.On, In: c.In, Order: c.Order})
	}
	slices.SortFunc(pins, func(x, y board.Pin) int {
		return cmp.Or(cmp.Compare(order[x.ID], order[y.ID]), cmp.Compare(x.ID, y.ID))
	})
	return pins
}

// cornerOf is the left top corner of all pins together.
func cornerOf(pins []board.Pin) board.Point {
	at := pins[0].At
	for _, p := range pins {
		at.X, at.Y = min(at.X, p.At.X), min(at.Y, p.At.Y)
	}
	return at
}
