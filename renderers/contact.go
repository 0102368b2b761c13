package renderers

import (
	"image/color"
	"strconv"
	"strings"

	"corkboard/cards"
	"corkboard/doc"
	"corkboard/renderers/paint"
	"corkboard/ui/lang"
)

// contactFace shows a person: as they show themselves now, else as they were known when
// the card was made.
func contactFace() Typed[cards.Contact] {
	info, _ := cards.Lookup(cards.KindContact)
	return Typed[cards.Contact]{
		Info: info, Codec: cards.ContactCodec{}, Paint: paintContact,
		Natural: badgeNatural[cards.Contact](cards.KindContact),
		Summary: func(v cards.Contact) Summary {
			return Summary{Icon: paint.IconPerson, Title: titleOf(cards.KindContact, v), Detail: lang.T("Person")}
		},
		Block: func(v cards.Contact, pal paint.Palette) color.RGBA {
			fill, _ := paint.PersonInks(contactLook(v).Colour, pal)
			return fill
		},
		Alive: func(k Known, board doc.ID, v cards.Contact) any {
			if p, ok := k.Person(board, v.Person); ok {
				return p
			}
			return nil
		},
	}
}

func paintContact(s *Sheet, v cards.Contact) []Hot {
	p, known := s.Alive.(PersonKnown)
	b := badge{}
	if known {
		b.name, b.disc = p.Look.Name, discOf(p.Look, p.Blocked)
		b.lines, b.said, b.dot = personLines(p, s)
	} else {
		look := contactLook(v)
		b.name, b.disc, b.lines = look.Name, discOf(look, false), []string{lang.T("Not met on this device")}
		if v.Person == "" {
			b.lines = []string{lang.T("This card names nobody")}
		}
	}
	disc := b.paint(s)
	if v.Person == "" {
		return nil
	}
	return []Hot{{Rect: disc, Hand: true, Do: func(env *Env, _ doc.Handle) {
		if env.ShowPerson != nil {
			env.ShowPerson(v.Person)
		}
	}}}
}

// personLines is what is said of somebody below their name.
func personLines(p PersonKnown, s *Sheet) (lines []string, said, dot color.RGBA) {
	switch {
	case p.Me:
		lines = append(lines, lang.T("You"))
	case p.Blocked:
		lines = append(lines, lang.T("Blocked"))
	case p.Here:
		lines, said, dot = append(lines, lang.T("Here now")), s.Pal.Ok, s.Pal.Ok
	default:
		lines = append(lines, seenWords(p.Seen, s.Today))
	}
	if p.Role != "" {
		lines = append(lines, p.Role)
	}
	return lines, said, dot
}

// contactLook is a person as they were known when the card was made.
func contactLook(v cards.Contact) PersonLook {
	look := PersonLook{Name: titleOf(cards.KindContact, v)}
	if n, err := strconv.ParseUint(strings.TrimPrefix(v.Colour, "#"), 16, 32); err == nil && len(v.Colour) == 7 {
		look.Colour = [3]byte{byte(n >> 16), byte(n >> 8), byte(n)}
		return look
	}
	look.Colour = [3]byte{0x6f, 0x7f, 0x90}
	return look
}
