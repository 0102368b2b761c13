package assets

import _ "embed" // the fonts become part of the binary

// Fonts, as OpenType or TrueType file contents. Inter (SIL OFL 1.1) is the family of the whole
// program; JetBrains Mono (SIL OFL 1.1) is for code.
var (
	//go:embed fonts/Inter-Regular.otf
	InterRegular []byte
	//go:embed fonts/Inter-SemiBold.otf
	InterSemiBold []byte
	//go:embed fonts/Inter-Italic.otf
	InterItalic []byte
	//go:embed fonts/Inter-SemiBoldItalic.otf
	InterSemiBoldItalic []byte
	//go:embed fonts/JetBrainsMono-Regular.ttf
	JetBrainsMono []byte
)

// FontLicences are the texts that must be shown with the fonts.
var (
	//go:embed fonts/Inter-LICENSE.txt
	InterLicence string
	//go:embed fonts/JetBrainsMono-LICENSE.txt
	JetBrainsMonoLicence string
)

// Icon is the program's icon, 512 by 512 pixels, as PNG.
//
//go:embed icon.png
var Icon []byte
