package cards

import "corkboard/doc"

// StoragePeer is a card that stands for a storage peer.
type StoragePeer struct {
	Device string // its id as text; "" where there is none
	Name   string // where it was when the card was made: host and port
}

// StoragePeerCodec reads storage peer cards: {device: string, name: string}.
type StoragePeerCodec struct{}

// Decode implements doc.Codec.
func (StoragePeerCodec) Decode(src doc.Source) StoragePeer {
	return StoragePeer{Device: idAt(src, devicePath), Name: nameAt(src, namePath)}
}

// Update implements doc.Codec.
func (c StoragePeerCodec) Update(prev StoragePeer, touched []doc.Path, src doc.Source) StoragePeer {
	if touches(touched, devicePath) || touches(touched, namePath) {
		return c.Decode(src)
	}
	return prev
}

// NewStoragePeer is the first change of a storage peer card.
func NewStoragePeer(s StoragePeer) []doc.Edit {
	edits := []doc.Edit{doc.Put{Path: devicePath, Value: s.Device}}
	if name := CleanName(s.Name); name != "" {
		edits = append(edits, doc.Put{Path: namePath, Value: name})
	}
	return edits
}

// CardTitle implements Titled.
func (s StoragePeer) CardTitle() string { return s.Name }
