package paint

import "image/color"

// Palette is every colour that a painter may use. Light and Dark are designed, not inverted.
type Palette struct {
	IsDark bool

	BoardBg   color.RGBA // the empty board without a colour of its own
	BoardGrid color.RGBA // grid dots on it
	Paper     color.RGBA // a card
	PaperEdge color.RGBA // hairline around a card
	PaperSunk color.RGBA // wells inside a card: a picture not ready, a header strip
	Ink       color.RGBA // text
	InkMuted  color.RGBA // second lines, captions
	InkFaint  color.RGBA // placeholders, ticked items, marks; still 4.5:1
	Accent    color.RGBA // selection, focus, caret
	OnAccent  color.RGBA // text and marks on Accent
	Selection color.RGBA // behind selected text (translucent)
	Link      color.RGBA
	CodeBg    color.RGBA
	Rule      color.RGBA // rules, quote bars, table lines
	Mark      color.RGBA // behind found text
	Danger    color.RGBA
	Warning   color.RGBA
	Ok        color.RGBA
	Shadow    color.RGBA // of a card at rest (translucent)
}

// Light is the palette of the light theme.
func Light() Palette {
	return Palette{
		BoardBg: hex(0xe9ecf0), BoardGrid: hex(0xcfd5dc),
		Paper: hex(0xffffff), PaperEdge: hex(0xd9dee4), PaperSunk: hex(0xf2f4f7),
		Ink: hex(0x1d2127), InkMuted: hex(0x5b6470), InkFaint: hex(0x66707c),
		Accent: hex(0x2f6fde), OnAccent: hex(0xffffff), Selection: alpha(0x2f6fde, 0x40),
		Link: hex(0x1f5fc4), CodeBg: hex(0xf0f1f4), Rule: hex(0xd5dae0), Mark: hex(0xffe58a),
		Danger: hex(0xc4342d), Warning: hex(0x986000), Ok: hex(0x207d46),
		Shadow: alpha(0x0f1a2a, 0x38),
	}
}

// Dark is the palette of the dark theme.
func Dark() Palette {
	return Palette{
		IsDark:  true,
		BoardBg: hex(0x17191d), BoardGrid: hex(0x2b2f36),
		Paper: hex(0x24272d), PaperEdge: hex(0x363b43), PaperSunk: hex(0x1c1f24),
		Ink: hex(0xe6e8eb), InkMuted: hex(0xa5adb8), InkFaint: hex(0x8a94a1),
		Accent: hex(0x6ba1f5), OnAccent: hex(0x0d1522), Selection: alpha(0x6ba1f5, 0x50),
		Link: hex(0x8ab6f9), CodeBg: hex(0x1a1d21), Rule: hex(0x3d434c), Mark: hex(0x6a5714),
		Danger: hex(0xf07a72), Warning: hex(0xe0ad52), Ok: hex(0x67c48b),
		Shadow: alpha(0x000000, 0x80),
	}
}

func hex(v uint32) color.RGBA {
	return color.RGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 0xff}
}

// alpha premultiplies a straight 0xRRGGBB colour.
func alpha(v uint32, a uint8) color.RGBA { return Fade(hex(v), a) }

// Fade returns the colour at a/255 of its opacity.
func Fade(c color.RGBA, a uint8) color.RGBA {
	m := func(v uint8) uint8 { return uint8((uint32(v)*uint32(a) + 127) / 255) }
	return color.RGBA{m(c.R), m(c.G), m(c.B), m(c.A)}
}
