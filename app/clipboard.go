package app

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"

	"corkboard/board"
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
	a.clip.text, a.clip.pins = text, pins
	return text
}

// Copied tells whether a clipboard's text is what CopyCards made last.
func (a *App) Copied(text string) bool {
	_, ok := a.copied(text)
	return ok
}

func (a *App) copied(text string) ([]board.Pin, bool) {
	a.clip.mu.Lock()
	defer a.clip.mu.Unlock()
	ok := a.clip.text != "" && strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n")) == a.clip.text
	return slices.Clone(a.clip.pins), ok
}

// PasteCards pins the documents that a clipboard's text links to, laid out as
// they were if CopyCards made the text. Errors: those of Paste; ErrAbsent when a
// document that is not here should be duplicated. It blocks.
func (a *App) PasteCards(boardID doc.ID, at board.Point, text string, mode PasteMode) ([]board.CardID, error) {
	ctx, cancel := a.briefly()
	defer cancel()
	at = a.snapped(at)
	pins, ok := a.copied(text)
	if !ok {
		links, err := a.readLinks(ctx, text)
		if err == nil {
			links, err = a.standFor(ctx, boardID, links)
		}
		if err != nil {
			return nil, err
		}
		pins = pins[:0]
		for i, l := range links {
			pins = append(pins, board.Pin{Link: l, At: board.Point{X: nextTo, Y: nextTo}.Scale(float64(i))})
		}
	}
	return a.pinLike(ctx, boardID, pins, at, mode)
}

// pinLike pins cards like others, moved by a way.
func (a *App) pinLike(ctx context.Context, boardID doc.ID, pins []board.Pin, by board.Point, mode PasteMode) ([]board.CardID, error) {
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
	return a.pin(ctx, boardID, "", a.regrouped(pins)...)
}

// regrouped puts pins that were grouped into groups of their own.
func (a *App) regrouped(pins []board.Pin) []board.Pin {
	return board.RegroupPins(pins, func() string { return string(a.NewCardID()) })
}

// pinsOf is what would pin the cards of ids again, bottom to top, in the same
// groups; none is locked. Cards whose link cannot be read are left out.
func pinsOf(b *board.Board, ids []board.CardID) []board.Pin {
	var pins []board.Pin
	order := map[board.CardID]string{}
	for _, id := range ids {
		c := b.Card(id)
		if _, twice := order[id]; c == nil || c.LinkErr != nil || twice {
			continue
		}
		order[id] = c.Z
		pins = append(pins, board.Pin{ID: id, Link: c.Link, At: c.At, Size: c.Size, Group: c.Group})
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
