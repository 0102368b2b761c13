package presence

import "hash/fnv"

// Peer is a device that a connection has proven, and the person it belongs to.
type Peer struct {
	Device string
	Person string
}

// Profile is how a person wants to be shown. Without a name they are
// "Somebody", without a colour (black) they have ColourOf.
type Profile struct {
	Name    string
	Colour  [3]byte
	Picture string // as in identity.Profile
}

func (p Profile) of(person string) Profile {
	if p.Name == "" {
		p.Name = "Somebody"
	}
	if p.Colour == ([3]byte{}) {
		p.Colour = ColourOf(person)
	}
	return p
}

// Colours are what persons have who have not chosen one. Each differs from
// white paper and from dark paper by 3 : 1, and from its neighbours for most
// who see colours otherwise; nobody is told by the colour alone.
var Colours = [...][3]byte{
	{0xd9, 0x4a, 0x4a}, // red
	{0x2f, 0x80, 0xd8}, // blue
	{0xb8, 0x75, 0x0c}, // amber
	{0x8a, 0x63, 0xd8}, // violet
	{0x2b, 0x93, 0x4f}, // green
	{0xd8, 0x4c, 0x9a}, // pink
	{0x15, 0x8f, 0x9c}, // teal
	{0xa8, 0x6a, 0x4e}, // brown
	{0x6f, 0x7f, 0x90}, // slate
	{0xc9, 0x5f, 0x1e}, // orange
	{0xa6, 0x55, 0xb8}, // purple
	{0x77, 0x86, 0x1f}, // olive
}

// ColourOf is the colour of a person who has not chosen one.
func ColourOf(person string) [3]byte {
	h := fnv.New32a()
	h.Write([]byte(person))
	return Colours[h.Sum32()%uint32(len(Colours))]
}
