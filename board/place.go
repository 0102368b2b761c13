package board

import "corkboard/doc"

// MoveCards moves cards by the same way: what a drag and a nudge do. It adds
// to wherever the cards are when it is planned. Locked cards stay.
type MoveCards struct {
	IDs     []CardID
	By      Point  // board units
	Gesture string // joins nudges into one undo step; see doc.Plan
}

// Plan implements doc.Command; doc.ErrGone when none of them is there,
// ErrLocked when all of them are locked.
func (c MoveCards) Plan(b *Board) (doc.Plan, error) {
	cards, err := b.unlocked(c.IDs)
	if err != nil {
		return doc.Plan{}, err
	}
	if !c.By.finite() {
		return doc.Plan{}, doc.ErrNothing
	}
	p := doc.Plan{Label: "Move " + count(len(cards)), Gesture: c.Gesture}
	for _, card := range cards {
		p.Edits = appendPlace(p.Edits, card, card.At.Add(c.By))
	}
	return orNothing(p)
}

// Placement is a place for a card.
type Placement struct {
	ID CardID
	At Point // board units
}

// PlaceCards puts cards where it says: align, tidy, import. Locked cards stay.
type PlaceCards struct {
	Places []Placement
	Label  string // of the step; "" is "Move …"
}

// Plan implements doc.Command; doc.ErrGone when none of them is there,
// ErrLocked when all of them are locked.
func (c PlaceCards) Plan(b *Board) (doc.Plan, error) {
	ids := make([]CardID, len(c.Places))
	for i := range c.Places {
		ids[i] = c.Places[i].ID
	}
	cards, err := b.unlocked(ids)
	if err != nil {
		return doc.Plan{}, err
	}
	p := doc.Plan{Label: c.Label}
	for _, place := range c.Places {
		if card := b.Card(place.ID); card != nil && !card.Locked {
			p.Edits = appendPlace(p.Edits, card, place.At)
		}
	}
	if p.Label == "" {
		p.Label = "Move " + count(len(cards))
	}
	return orNothing(p)
}

// Frame is a place and a size for a card.
type Frame struct {
	ID   CardID
	Rect Rect // board units
	// AsHigh leaves the height to the content; Rect.H is what it has now.
	AsHigh bool
}

// ResizeCards gives cards new frames. Locked cards keep theirs.
type ResizeCards struct {
	Frames  []Frame
	Gesture string // joins steps of the keys into one undo step; see doc.Plan
}

// Plan implements doc.Command; doc.ErrGone when none of them is there,
// ErrLocked when all of them are locked.
func (c ResizeCards) Plan(b *Board) (doc.Plan, error) {
	ids := make([]CardID, len(c.Frames))
	for i := range c.Frames {
		ids[i] = c.Frames[i].ID
	}
	cards, err := b.unlocked(ids)
	if err != nil {
		return doc.Plan{}, err
	}
	p := doc.Plan{Label: "Resize " + count(len(cards)), Gesture: c.Gesture}
	for _, f := range c.Frames {
		card := b.Card(f.ID)
		if card == nil || card.Locked {
			continue
		}
		p.Edits = appendPlace(p.Edits, card, f.Rect.Min())
		size := f.Rect.Size()
		if f.AsHigh || card.isColumn() {
			size.H = 0
		}
		if s := boundSize(size); s != (Size{}) && s != card.Size {
			p.Edits = append(p.Edits, doc.Put{Path: cardPath(card.ID, fieldSize), Value: formatPair(s.W, s.H)})
		}
	}
	return orNothing(p)
}

// FreeSize lets cards be as large as their content again. Locked cards keep
// their size.
type FreeSize struct{ IDs []CardID }

// Plan implements doc.Command; doc.ErrGone when none of them is there,
// ErrLocked when all of them are locked.
func (c FreeSize) Plan(b *Board) (doc.Plan, error) {
	cards, err := b.unlocked(c.IDs)
	if err != nil {
		return doc.Plan{}, err
	}
	p := doc.Plan{Label: "Fit " + count(len(cards)) + " to content"}
	for _, card := range cards {
		if card.Size != (Size{}) {
			p.Edits = append(p.Edits, doc.Delete{Path: cardPath(card.ID, fieldSize)})
		}
	}
	return orNothing(p)
}

// appendPlace adds the edit that puts a card at a place, unless it is there.
func appendPlace(edits []doc.Edit, card *Card, at Point) []doc.Edit {
	at = boundPoint(at)
	if at == card.At {
		return edits
	}
	s := formatPair(at.X, at.Y)
	if at.Sub(card.At).Len() < 0.02 && s == formatPair(card.At.X, card.At.Y) {
		return edits
	}
	return append(edits, doc.Put{Path: cardPath(card.ID, fieldAt), Value: s})
}

func orNothing(p doc.Plan) (doc.Plan, error) {
	if len(p.Edits) == 0 {
		return doc.Plan{}, doc.ErrNothing
	}
	return p, nil
}
