package assets

import "embed"

// Clipper is the extension for browsers, in the folder clipper; its icon is Icon, and what
// only some browsers understand is added to its manifest where it is unpacked.
//
//go:embed all:clipper
var Clipper embed.FS
