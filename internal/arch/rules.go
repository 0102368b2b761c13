package arch

import "slices"

// a never forbids imports. Who and What are folders or package paths, each
// with everything below it.
type never struct {
	who        []string
	except     []string // folders below who that are exempt
	what       []string
	whatBut    []string // packages below what that are allowed
	transitive bool     // also through other packages
	why        string
}

// a door names the only rooms that may import something heavy.
type door struct {
	what    []string
	whatBut []string // packages below what that have a door of their own
	who     []string
	tests   bool // the tests of other rooms must use the door, too
	why     string
}

var (
	pure     = []string{"doc", "record", "cards", "board", "share", "access"}
	pureBut  = []string{"doc/doctest"}
	fyne     = []string{"fyne.io"}
	network  = []string{"net", "net/host", "net/discovery", "net/wire", "net/docsync", "net/blobsync", "net/presence"}
	random   = []string{"math/rand", "crypto/rand"}
	sqlThing = []string{"modernc.org/sqlite", "github.com/mattn/go-sqlite3", "github.com/ncruces/go-sqlite3"}
	crdt     = []string{"github.com/automerge"}
	peers    = []string{"github.com/libp2p"}
	flows    = []string{"github.com/libp2p/go-yamux", "github.com/flynn/noise"}
	sandbox  = []string{"github.com/tetratelabs/wazero"}
	decoders = []string{
		"github.com/gen2brain/go-fitz",
		"golang.org/x/image/webp", "golang.org/x/image/bmp", "golang.org/x/image/tiff",
		"github.com/srwiley/oksvg", "github.com/fyne-io/oksvg",
	}
	plainDecoders = []string{"image/gif", "image/jpeg", "image/png"}
)

const (
	whyPure    = "the laws of the board are tested in milliseconds and replayed; clock and ids are arguments"
	whyStorage = "storage keeps values, not meanings"
	whySync    = "sync carries opaque bytes; its tests use a map"
	whyDoor    = "one door per heavy thing, so that a swap touches one folder"
)

// nevers lists what a room never imports.
var nevers = []never{
	{who: pure, except: pureBut, what: []string{"os", "net", "database/sql", "syscall"}, whatBut: []string{"net/url"}, why: whyPure},
	{who: pure, except: pureBut, what: random, why: whyPure},
	{who: pure, what: []string{thirdParty}, why: "the domain needs the standard library only: " + whyPure},
	{who: []string{"cards"}, what: own("board"), why: "a card does not know that it is pinned"},
	{
		who:  []string{"docstore", "blobs"},
		what: append(own("cards", "board", "net"), fyne...),
		why:  whyStorage,
	},
	{
		who:  []string{"net"},
		what: append(append(own("docstore", "cards", "board"), "database/sql"), fyne...),
		why:  whySync,
	},
	{
		who:  []string{"renderers"},
		what: own("docstore", "app", "net", "blobs", "media"),
		why:  "it is handed an Env: open a document, post to the UI, fetch a picture",
	},
	{
		who:  []string{"renderers/paint"},
		what: fyne,
		why:  "it draws pixels into an image on any goroutine; Fyne only shows the result",
	},
	{
		who:        []string{"app", "cmd/storage-peer"},
		what:       append(own("renderers", "ui"), fyne...),
		transitive: true,
		why:        "the daemon builds without GL headers",
	},
	{
		who:        []string{"cmd/storage-peer"},
		what:       slices.Concat(own("docstore", "blobs", "media", "access", "board", "cards", "app"), crdt, sandbox, decoders, plainDecoders),
		transitive: true,
		why:        "a storage peer is blind: what it does not have, nobody can make it open a board with",
	},
}

// doors lists what only one room (and who shows it) imports.
var doors = []door{
	{what: crdt, who: []string{"docstore/engine"}, tests: true, why: whyDoor},
	{what: sqlThing, who: []string{"sqlite"}, tests: true, why: whyDoor},
	{what: sandbox, who: []string{"docstore/engine"}, tests: true, why: whyDoor},
	{what: peers, whatBut: flows, who: []string{"net/host"}, tests: true, why: whyDoor},
	{what: flows, who: []string{"net/wire/folder"}, tests: true, why: whyDoor},
	{
		what:  fyne,
		who:   []string{"renderers", "ui", "main", "cmd/gallery", "bench", "e2e"},
		tests: true,
		why:   whyDoor,
	},
	{what: decoders, who: []string{"media"}, tests: true, why: "decoders meet hostile files only inside media's jail; " + whyDoor},
	{
		what: plainDecoders,
		who:  []string{"media", "renderers/drawing", "bench", "e2e", "cmd/gallery", "scripts", "internal/golden"},
		why:  "decoders meet hostile files only inside media's jail; exports and tests may write pictures",
	},
}

// clock lists the functions of package time that read or wait for the clock.
var clock = map[string]bool{
	"Now": true, "Since": true, "Until": true, "Sleep": true, "After": true,
	"AfterFunc": true, "Tick": true, "NewTimer": true, "NewTicker": true,
}
