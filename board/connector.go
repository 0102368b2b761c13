package board

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"corkboard/doc"
)

// ConnectorID names a connector of one board; "" is none.
type ConnectorID string

// Connector is a line from one card to another. Immutable. It is shown while
// both of its cards are on the board.
type Connector struct {
	ID       ConnectorID
	From, To CardID
	Label    string // in one line, at most MaxLabel letters
	Heads    Heads
	Colour   string // "#RRGGBB", or "" for none of its own
}

// Heads says which ends of a connector have an arrowhead.
type Heads uint8

// The ends.
const (
	HeadTo Heads = 1 << iota
	HeadFrom
)

var headWords = [...]string{"none", "end", "start", "both"}

// String is how a document says it: "none", "end", "start", "both".
func (h Heads) String() string { return headWords[h&(HeadTo|HeadFrom)] }

// headsOf reads what String writes; what is none is a head at the end.
func headsOf(v doc.Value) Heads {
	if i := slices.Index(headWords[:], text(v)); i >= 0 {
		return Heads(i)
	}
	return HeadTo
}

// connectorSlot begins the slots of connectors at the root of a board. Each has
// one of its own: in a map that all share, which boards do not have until
// somebody draws the first, the first ones of two people would not merge.
const connectorSlot = "connector:"

// Slots of a connector.
const (
	fieldFrom  = "from"
	fieldTo    = "to"
	fieldLabel = "label"
	fieldHeads = "heads"
	fieldHue   = "color"
)

// Limits of what a document can say.
const (
	MaxConnectors = 20_000
	MaxLabel      = 200 // letters
	maxCardID     = 200 // bytes
)

// Connector finds a connector by its id; nil if there is none.
func (b *Board) Connector(id ConnectorID) *Connector {
	if b == nil {
		return nil
	}
	i, ok := slices.BinarySearchFunc(b.Connectors, id, func(c *Connector, id ConnectorID) int { return cmp.Compare(c.ID, id) })
	if !ok {
		return nil
	}
	return b.Connectors[i]
}

// ConnectorSlot is where a board document keeps a connector.
func ConnectorSlot(id ConnectorID) string { return connectorSlot + string(id) }

// ConnectorIn reads a slot of a whole board document; nil when it holds no
// connector.
func ConnectorIn(slot string, v doc.Value) *Connector { return decodeConnector(slot, v, nil) }

// Value is the connector as a document holds it.
func (c Connector) Value() doc.Map {
	m := doc.Map{fieldFrom: string(c.From), fieldTo: string(c.To), fieldHeads: c.Heads.String()}
	if label := PlainLabel(c.Label); label != "" {
		m[fieldLabel] = label
	}
	if ValidColor(c.Colour) {
		m[fieldHue] = c.Colour
	}
	return m
}

// decodeConnector reads a slot of the root; nil when it holds no connector. was
// is given back when it says the same.
func decodeConnector(slot string, v doc.Value, was *Connector) *Connector {
	id, named := strings.CutPrefix(slot, connectorSlot)
	m, ok := v.(doc.Map)
	if !named || !ok || id == "" {
		return nil
	}
	c := Connector{ID: ConnectorID(id), From: CardID(text(m[fieldFrom])), To: CardID(text(m[fieldTo])), Label: PlainLabel(text(m[fieldLabel])), Heads: headsOf(m[fieldHeads]), Colour: colorOf(m[fieldHue])}
	if !c.possible() {
		return nil
	}
	if was != nil && *was == c {
		return was
	}
	return &c
}

// possible reports whether a connector leads from one card to another.
func (c Connector) possible() bool {
	return c.From != "" && c.To != "" && c.From != c.To && len(c.From) <= maxCardID && len(c.To) <= maxCardID
}

// PlainLabel makes one short line of what somebody wrote.
func PlainLabel(s string) string {
	if len(s) > 4*utf8.UTFMax*MaxLabel {
		s = s[:4*utf8.UTFMax*MaxLabel]
	}
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "")), " ")
	if r := []rune(s); len(r) > MaxLabel {
		s = strings.TrimSpace(string(r[:MaxLabel]))
	}
	return s
}

// readConnectors reads all connectors and keeps the pointers of prev that
// still hold.
func (b *Board) readConnectors(src doc.Source, prev *Board) {
	v, _ := src.Value(doc.Path{})
	root, _ := v.(doc.Map)
	b.Connectors = nil
	for slot, v := range root {
		if strings.HasPrefix(slot, connectorSlot) {
			b.addConnector(decodeConnector(slot, v, prev.Connector(ConnectorID(slot[len(connectorSlot):]))))
		}
	}
	b.orderConnectors()
}

// rereadConnectors reads the connectors in some slots again.
func (b *Board) rereadConnectors(src doc.Source, slots []string, prev *Board) {
	if len(b.Connectors)+len(slots) > MaxConnectors {
		b.readConnectors(src, prev)
		return
	}
	b.Connectors = slices.DeleteFunc(slices.Clone(b.Connectors), func(c *Connector) bool {
		return slices.Contains(slots, connectorSlot+string(c.ID))
	})
	for _, slot := range slots {
		v, _ := src.Value(doc.At(slot))
		b.addConnector(decodeConnector(slot, v, prev.Connector(ConnectorID(slot[len(connectorSlot):]))))
	}
	b.orderConnectors()
}

func (b *Board) addConnector(c *Connector) {
	if c != nil {
		b.Connectors = append(b.Connectors, c)
	}
}

func (b *Board) orderConnectors() {
	slices.SortFunc(b.Connectors, func(x, y *Connector) int { return cmp.Compare(x.ID, y.ID) })
	b.Connectors = b.Connectors[:min(len(b.Connectors), MaxConnectors)]
	if len(b.Connectors) == 0 {
		b.Connectors = nil
	}
}
