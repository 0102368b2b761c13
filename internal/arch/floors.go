package arch

import "strings"

// top is the floor of programs and of everything that tries programs out.
const top = 6

// floors gives every folder its height. A subfolder without a line of its own
// stands on the floor of the nearest folder above it that has one.
var floors = map[string]int{
	"main":         top,
	"cmd":          top,
	"e2e":          top,
	"proof":        top,
	"bench":        top,
	"internal":     top,
	"scripts":      top,
	"ui":           5,
	"renderers":    5,
	"app":          4,
	"net":          3,
	"search":       3,
	"docstore":     2,
	"blobs":        2,
	"media":        2,
	"exchange":     2,
	"board":        1,
	"cards":        1,
	"identity":     1,
	"access":       1,
	"share":        1,
	"chunk":        1,
	"sqlite":       1,
	"doc":          0,
	"record":       0,
	"filesum":      0,
	"assets":       0,
	"net/host":     3,
	"net/wire":     3,
	"net/docsync":  3,
	"net/blobsync": 3,
	"net/presence": 3,
	"net/blind":    3,
	"net/nearby":   3,
	"net/node":     3,
	"net/pair":     3,
	"net/web":      3,
}

// sideways are the imports allowed between two folders of one floor.
var sideways = []struct{ from, to string }{
	{"ui", "renderers"},
	{"renderers", "ui/lang"}, // the words of both
	{"board", "cards"},
	{"board", "share"},     // a board holds links
	{"access", "identity"}, // persons and devices sign what the log holds
	{"chunk", "identity"},  // and the changes
	{"net/docsync", "net/wire"},
	{"net/blobsync", "net/wire"},
	{"net/presence", "net/wire"},
	{"net/host", "net/wire"},
	{"net/blind", "net/wire"},
	{"net/pair", "net/wire"},
	{"net/blind", "net/docsync"},
	{"net/blind", "net/blobsync"},
	{"net/node", "net/wire"},
	{"net/node", "net/docsync"},
	{"net/node", "net/blobsync"},
	{"net/node", "net/presence"},
}

const whyDown = "an import points down: what lies below can be read, tested and kept without what lies above"

// room returns the folder of the floors table that path belongs to, and
// whether there is one.
func room(path string) (string, bool) {
	for {
		if _, ok := floors[path]; ok {
			return path, true
		}
		cut := strings.LastIndexByte(path, '/')
		if cut < 0 {
			return "", false
		}
		path = path[:cut]
	}
}

// mayImport says whether the floors let from import to.
func mayImport(from, to string) bool {
	if within(to, from) || within(from, to) {
		return true
	}
	a, okA := room(from)
	b, okB := room(to)
	switch {
	case !okA || !okB:
		return false
	case a == b || floors[a] > floors[b]:
		return true
	case floors[a] == top && floors[b] == top:
		return b != "main" && b != "cmd"
	}
	for _, pair := range sideways {
		if within(from, pair.from) && within(to, pair.to) {
			return true
		}
	}
	return false
}

// within says whether path is the folder dir or lies below it.
func within(path, dir string) bool {
	return path == dir || strings.HasPrefix(path, dir+"/")
}

// withinAny says whether path lies in one of dirs.
func withinAny(path string, dirs []string) bool {
	for _, dir := range dirs {
		if within(path, dir) {
			return true
		}
	}
	return false
}
