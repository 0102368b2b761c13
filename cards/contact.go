package cards

import "corkboard/doc"

var (
	personPath = doc.At("person")
	namePath   = doc.At("name")
	colourPath = doc.At("colour")
)

// Contact is a card that stands for a person: who it is, and how they were shown when
// it was made. How they are shown now is not in it.
type Contact struct {
	Person string // id of their log as text; "" where there is none
	Name   string // one line; may be empty
	Colour string // #rrggbb in lower case, or ""
}

// ContactCodec reads contact cards: {person: string, name: string, colour: string}.
type ContactCodec struct{}

// Decode implements doc.Codec.
func (ContactCodec) Decode(src doc.Source) Contact {
	return Contact{Person: idAt(src, personPath), Name: nameAt(src, namePath), Colour: colourAt(src, colourPath)}
}

// Update implements doc.Codec.
func (c ContactCodec) Update(prev Contact, touched []doc.Path, src doc.Source) Contact {
	if touches(touched, personPath) || touches(touched, namePath) || touches(touched, colourPath) {
		return c.Decode(src)
	}
	return prev
}

// NewContact is the first change of a contact card. An empty name or colour is left
// out.
func NewContact(c Contact) []doc.Edit {
	edits := []doc.Edit{doc.Put{Path: personPath, Value: c.Person}}
	if name := CleanName(c.Name); name != "" {
		edits = append(edits, doc.Put{Path: namePath, Value: name})
	}
	if c.Colour != "" {
		edits = append(edits, doc.Put{Path: colourPath, Value: c.Colour})
	}
	return edits
}

// CardTitle implements Titled.
func (c Contact) CardTitle() string { return c.Name }

// idAt reads the id of a person, a device or a storage peer; "" for anything else.
func idAt(src doc.Source, p doc.Path) string {
	v, _ := src.Value(p)
	id, err := doc.ParseID(stringOf(v))
	if err != nil {
		return ""
	}
	return string(id)
}

func nameAt(src doc.Source, p doc.Path) string {
	s, _ := readText(src, p)
	return CleanName(s)
}

// colourAt reads #rrggbb in either case.
func colourAt(src doc.Source, p doc.Path) string {
	v, _ := src.Value(p)
	return cleanColour(stringOf(v))
}
