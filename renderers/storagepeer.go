package renderers

import (
	"image/color"

	"corkboard/cards"
	"corkboard/doc"
	"corkboard/renderers/paint"
	"corkboard/ui/lang"
)

// storagePeerFace shows a storage peer: whether it can be reached, and what it keeps.
func storagePeerFace() Typed[cards.StoragePeer] {
	info, _ := cards.Lookup(cards.KindStorage)
	return Typed[cards.StoragePeer]{
		Info: info, Codec: cards.StoragePeerCodec{}, Paint: paintStoragePeer,
		Natural: badgeNatural[cards.StoragePeer](cards.KindStorage),
		Summary: func(v cards.StoragePeer) Summary {
			return Summary{Icon: paint.IconStorage, Title: titleOf(cards.KindStorage, v), Detail: lang.T("Storage peer")}
		},
		Alive: func(k Known, board doc.ID, v cards.StoragePeer) any {
			if p, ok := k.Storage(board, v.Device); ok {
				return p
			}
			return nil
		},
	}
}

func paintStoragePeer(s *Sheet, v cards.StoragePeer) []Hot {
	b := badge{name: titleOf(cards.KindStorage, v), disc: tileOf(paint.IconStorage), lines: []string{lang.T("Not known on this device")}}
	p, known := s.Alive.(StorageKnown)
	switch {
	case v.Device == "":
		b.lines = []string{lang.T("This card names no storage peer")}
	case known:
		if p.Name != "" {
			b.name = p.Name
		}
		b.lines, b.said, b.dot = []string{lang.T("Here now")}, s.Pal.Ok, s.Pal.Ok
		if !p.Here {
			b.lines, b.said, b.dot = []string{lang.T("Cannot be reached now")}, s.Pal.InkMuted, color.RGBA{}
		}
		if p.Wrong != "" {
			b.lines, b.said, b.dot = []string{p.Wrong}, s.Pal.Warning, s.Pal.Warning
		}
		b.lines = append(b.lines, keptWords(p)...)
	}
	b.paint(s)
	return nil
}

// keptWords says what a storage peer keeps.
func keptWords(p StorageKnown) []string {
	if !p.Mine {
		return []string{lang.T("Keeps this board, sealed")}
	}
	words := lang.N(p.Boards, "Keeps 1 board", "Keeps %d boards")
	if p.Used > 0 {
		words += ", " + lang.Size(p.Used)
	}
	if p.Free > 0 {
		return []string{words, lang.Tf("%s free", lang.Size(p.Free))}
	}
	return []string{words}
}
