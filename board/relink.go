package board

import (
	"corkboard/doc"
	"corkboard/share"
)

// CardSlots is where a board document keeps its cards, and how a card calls its link.
func CardSlots() (in doc.Path, link string) { return doc.At(fieldCards), fieldURL }

// CardsIn is the cards of a whole board document, as they stand in their slots; they
// belong to the document.
func CardsIn(root doc.Map) doc.Map {
	cards, _ := root[fieldCards].(doc.Map)
	return cards
}

// Links is what a whole board document pins, as it stands in its slots; what cannot
// be read is left out.
func Links(root doc.Map) []share.Link {
	var out []share.Link
	cards, _ := root[fieldCards].(doc.Map)
	for _, v := range cards {
		card, _ := v.(doc.Map)
		if l, err := share.Parse(text(card[fieldURL])); err == nil {
			out = append(out, l.Bare())
		}
	}
	return out
}

// Relink is a copy of a whole board document whose cards lead where to says; what
// cannot be read stays as it is.
func Relink(root doc.Map, to func(share.Link) share.Link) doc.Map {
	root, _ = doc.Clone(root).(doc.Map)
	cards, _ := root[fieldCards].(doc.Map)
	for _, v := range cards {
		card, ok := v.(doc.Map)
		if !ok {
			continue
		}
		if l, err := share.Parse(text(card[fieldURL])); err == nil {
			card[fieldURL] = share.Format(to(l.Bare()))
		}
	}
	return root
}
