package main

import (
	"corkboard/doc"
	"corkboard/renderers"
)

// gossip is what is known of those for whom stories stand.
type gossip struct{}

var gossipAda = renderers.PersonLook{Name: "Ada Lovelace", Colour: [3]byte{0x15, 0x8f, 0x9c}}

// Person implements renderers.Known.
func (gossip) Person(_ doc.ID, who string) (renderers.PersonKnown, bool) {
	return renderers.PersonKnown{Look: gossipAda, Here: true, Role: "Can edit"}, who == string(id(200))
}

// Device implements renderers.Known.
func (gossip) Device(which string) (renderers.DeviceKnown, bool) {
	return renderers.DeviceKnown{Name: "Laptop", Owner: gossipAda, Here: true}, which == string(id(202))
}

// Storage implements renderers.Known.
func (gossip) Storage(_ doc.ID, which string) (renderers.StorageKnown, bool) {
	return renderers.StorageKnown{Name: "attic.example:4100", Mine: true, Here: true, Boards: 12, Used: 48_300_000, Free: 210_000_000_000}, which == string(id(203))
}
