package board

// Alike gives pins that are put somewhere together the ids that new says, and lets them
// carry each other and be in each other's columns as before. What does not go along
// carries nothing and holds nothing there. pins itself stays as it is.
func Alike(pins []Pin, new map[CardID]CardID) []Pin {
	out := make([]Pin, len(pins))
	for i, p := range pins {
		p.On = new[p.On]
		if p.In = new[p.In]; p.In == "" {
			p.Order = ""
		}
		p.ID = new[p.ID]
		out[i] = p
	}
	return out
}

// Between is the connectors between cards, as they are.
func (b *Board) Between(ids map[CardID]bool) []Connector {
	var out []Connector
	if b == nil {
		return nil
	}
	for _, c := range b.Connectors {
		if ids[c.From] && ids[c.To] {
			out = append(out, *c)
		}
	}
	return out
}

// ConnectAlike is connectors between the cards of other ids, each with a fresh id. Those
// that do not lead from one of them to another are left out.
func ConnectAlike(list []Connector, new map[CardID]CardID, fresh func() string) []Connector {
	var out []Connector
	for _, c := range list {
		c.From, c.To = new[c.From], new[c.To]
		if c.possible() {
			c.ID = ConnectorID(fresh())
			out = append(out, c)
		}
	}
	return out
}

// Laid is where a card is: that of its column, or as the document has it. size tells how large
// cards of a kind are that nobody has measured.
func (b *Board) Laid(size func(kind string) Size) func(c *Card) Point {
	var l *Layout
	return func(c *Card) Point {
		if b.Column(c) == nil && b.Column(b.Card(c.On)) == nil {
			return c.At
		}
		if l == nil {
			l = NewLayout(size)
			l.Set(b)
		}
		r, _ := l.Rect(c.ID)
		return r.Min()
	}
}
