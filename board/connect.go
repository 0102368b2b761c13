package board

import (
	"fmt"

	"corkboard/doc"
)

// Connect draws connectors between cards. Those whose cards are not there, whose
// id is taken, and those that lead where another one leads already are left out.
type Connect struct{ Connectors []Connector }

// Plan implements doc.Command; doc.ErrNothing when nothing is left to be drawn.
func (c Connect) Plan(b *Board) (doc.Plan, error) {
	p := doc.Plan{Label: "Connect cards"}
	type way struct{ from, to CardID }
	ids, ways := map[ConnectorID]bool{"": true}, map[way]bool{}
	if b != nil {
		for _, x := range b.Connectors {
			ids[x.ID], ways[way{x.From, x.To}] = true, true
		}
	}
	for _, x := range c.Connectors {
		here := b.Card(x.From) != nil && b.Card(x.To) != nil
		if !here || !x.possible() || ids[x.ID] || ways[way{x.From, x.To}] || len(ids) > MaxConnectors {
			continue
		}
		ids[x.ID], ways[way{x.From, x.To}] = true, true
		p.Edits = append(p.Edits, doc.Put{Path: connectorPath(x.ID), Value: x.Value()})
	}
	return orNothing(p)
}

// Disconnect takes connectors away; their cards stay.
type Disconnect struct{ IDs []ConnectorID }

// Plan implements doc.Command; doc.ErrGone when none of them is there.
func (c Disconnect) Plan(b *Board) (doc.Plan, error) {
	p := doc.Plan{Label: "Remove connector"}
	for _, id := range c.IDs {
		if b.Connector(id) != nil {
			p.Edits = append(p.Edits, doc.Delete{Path: connectorPath(id)})
		}
	}
	if len(p.Edits) == 0 {
		return doc.Plan{}, doc.ErrGone
	}
	return p, nil
}

// LabelConnector writes on a connector; "" takes its label away.
type LabelConnector struct {
	ID    ConnectorID
	Label string
}

// Plan implements doc.Command; doc.ErrGone when it is not there.
func (c LabelConnector) Plan(b *Board) (doc.Plan, error) {
	was, label := b.Connector(c.ID), PlainLabel(c.Label)
	p := doc.Plan{Label: "Name connector"}
	switch {
	case was == nil:
		return doc.Plan{}, doc.ErrGone
	case was.Label == label:
		return doc.Plan{}, doc.ErrNothing
	case label == "":
		p.Edits = []doc.Edit{doc.Delete{Path: connectorPath(c.ID, fieldLabel)}}
	default:
		p.Edits = []doc.Edit{doc.Put{Path: connectorPath(c.ID, fieldLabel), Value: label}}
	}
	return p, nil
}

// PointConnector chooses which ends of a connector have arrowheads.
type PointConnector struct {
	ID    ConnectorID
	Heads Heads
}

// Plan implements doc.Command; doc.ErrGone when it is not there.
func (c PointConnector) Plan(b *Board) (doc.Plan, error) {
	was := b.Connector(c.ID)
	switch {
	case was == nil:
		return doc.Plan{}, doc.ErrGone
	case was.Heads == c.Heads:
		return doc.Plan{}, doc.ErrNothing
	}
	return doc.Plan{Label: "Change arrowheads", Edits: []doc.Edit{doc.Put{Path: connectorPath(c.ID, fieldHeads), Value: c.Heads.String()}}}, nil
}

// PaintConnector gives a connector a colour, "#RRGGBB"; "" takes it away.
type PaintConnector struct {
	ID     ConnectorID
	Colour string
}

// Plan implements doc.Command; doc.ErrGone when it is not there, doc.ErrBadEdit when Colour
// is no colour.
func (c PaintConnector) Plan(b *Board) (doc.Plan, error) {
	was := b.Connector(c.ID)
	p := doc.Plan{Label: "Change connector colour"}
	switch {
	case was == nil:
		return doc.Plan{}, doc.ErrGone
	case c.Colour != "" && !ValidColor(c.Colour):
		return doc.Plan{}, fmt.Errorf("connector colour %.20q: %w", c.Colour, doc.ErrBadEdit)
	case was.Colour == c.Colour:
		return doc.Plan{}, doc.ErrNothing
	case c.Colour == "":
		p.Edits = []doc.Edit{doc.Delete{Path: connectorPath(c.ID, fieldHue)}}
	default:
		p.Edits = []doc.Edit{doc.Put{Path: connectorPath(c.ID, fieldHue), Value: c.Colour}}
	}
	return p, nil
}

// Reattach brings one end of a connector to another card.
type Reattach struct {
	ID   ConnectorID
	From bool // its beginning, else its end
	Card CardID
}

// Plan implements doc.Command; doc.ErrGone when the connector or the card is not
// there, doc.ErrBadEdit when both ends would be at one card.
func (c Reattach) Plan(b *Board) (doc.Plan, error) {
	was := b.Connector(c.ID)
	if was == nil || b.Card(c.Card) == nil {
		return doc.Plan{}, doc.ErrGone
	}
	now, slot := *was, fieldTo
	if c.From {
		now.From, slot = c.Card, fieldFrom
	} else {
		now.To = c.Card
	}
	switch {
	case now == *was:
		return doc.Plan{}, doc.ErrNothing
	case !now.possible():
		return doc.Plan{}, fmt.Errorf("connecting a card to itself: %w", doc.ErrBadEdit)
	}
	return doc.Plan{Label: "Reconnect", Edits: []doc.Edit{doc.Put{Path: connectorPath(c.ID, slot), Value: string(c.Card)}}}, nil
}

func connectorPath(id ConnectorID, slot ...string) doc.Path {
	return append(doc.At(connectorSlot+string(id)), slot...)
}
