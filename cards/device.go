package cards

import "corkboard/doc"

var devicePath = doc.At("device")

// Device is a card that stands for one of a person's devices.
type Device struct {
	Device string // its id as text; "" where there is none
	Person string // whose it is, as Contact.Person
	Name   string // what it was called when the card was made
}

// DeviceCodec reads device cards: {device: string, person: string, name: string}.
type DeviceCodec struct{}

// Decode implements doc.Codec.
func (DeviceCodec) Decode(src doc.Source) Device {
	return Device{Device: idAt(src, devicePath), Person: idAt(src, personPath), Name: nameAt(src, namePath)}
}

// Update implements doc.Codec.
func (c DeviceCodec) Update(prev Device, touched []doc.Path, src doc.Source) Device {
	if touches(touched, devicePath) || touches(touched, personPath) || touches(touched, namePath) {
		return c.Decode(src)
	}
	return prev
}

// NewDevice is the first change of a device card.
func NewDevice(d Device) []doc.Edit {
	edits := []doc.Edit{doc.Put{Path: devicePath, Value: d.Device}, doc.Put{Path: personPath, Value: d.Person}}
	if name := CleanName(d.Name); name != "" {
		edits = append(edits, doc.Put{Path: namePath, Value: name})
	}
	return edits
}

// CardTitle implements Titled.
func (d Device) CardTitle() string { return d.Name }
