package renderers

import (
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/renderers/paint"
	"corkboard/ui/lang"
)

// deviceFace shows a device: whose it is, and whether it is here.
func deviceFace() Typed[cards.Device] {
	info, _ := cards.Lookup(cards.KindDevice)
	return Typed[cards.Device]{
		Info: info, Codec: cards.DeviceCodec{}, Paint: paintDevice,
		Natural: badgeNatural[cards.Device](cards.KindDevice),
		Summary: func(v cards.Device) Summary {
			return Summary{Icon: paint.IconDevice, Title: titleOf(cards.KindDevice, v), Detail: lang.T("Device")}
		},
		Alive: func(k Known, _ doc.ID, v cards.Device) any {
			if d, ok := k.Device(v.Device); ok {
				return d
			}
			return nil
		},
	}
}

func paintDevice(s *Sheet, v cards.Device) []Hot {
	b := badge{name: titleOf(cards.KindDevice, v), disc: tileOf(paint.IconDevice), lines: []string{lang.T("Not met on this device")}}
	d, known := s.Alive.(DeviceKnown)
	switch {
	case v.Device == "":
		b.lines = []string{lang.T("This card names no device")}
	case known:
		if d.Name != "" {
			b.name = d.Name
		}
		whose := lang.Tf("Of %s", d.Owner.Name)
		if d.Mine {
			whose = lang.T("Yours")
		}
		switch {
		case d.Removed:
			b.lines = []string{lang.T("Removed by its owner"), whose}
		case d.This:
			b.lines, b.said, b.dot = []string{lang.T("This device"), whose}, s.Pal.Ok, s.Pal.Ok
		case d.Here:
			b.lines, b.said, b.dot = []string{lang.T("Here now"), whose}, s.Pal.Ok, s.Pal.Ok
		default:
			b.lines = []string{seenWords(d.Seen, s.Today), whose}
		}
	}
	b.paint(s)
	return nil
}
