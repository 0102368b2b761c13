package app

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"io"
	"log/slog"
	"net/netip"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"corkboard/blobs"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/docstore"
	"corkboard/identity"
	"corkboard/identity/vault"
	"corkboard/media"
	"corkboard/media/pyramid"
)

// Options say what to open. Only Profile is required.
type Options struct {
	Profile string           // folder; made if it is not there
	Now     func() time.Time // default: time.Now
	Rand    io.Reader        // for ids; default: the system's
	Media   media.Options    // default: as many workers as this computer bears
	Log     *slog.Logger     // default: slog.Default
	Keyring vault.Keyring    // where the system keeps secrets; nil: nowhere
	Network Network          // how others are met; the zero value meets nobody
	Draw    Drawer           // draws boards for exports; nil: they cannot be drawn
	Code    string           // folder of compiled code that may be shared; default: in the profile
	NoWeb   bool             // no page is fetched
	// WebAllow is one address and port from which pages are fetched although it is not on
	// the internet. FOR TESTS ONLY.
	WebAllow netip.AddrPort

	Language string // of the welcome of a new profile: "de"; English for all else

	pages *atomic.Int64 // when not 0, the log is full at so many pages: a full disk for tests
}

func (o Options) withDefaults() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Rand == nil {
		o.Rand = rand.Reader
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Media.Workers == 0 {
		// One decodes, more of them where there is room, and one more reads what
		// is reduced already.
		o.Media.Workers = min(max(1, runtime.NumCPU()/2), 3) + 1
	}
	return o
}

// DefaultProfile is where the profile is when nobody says otherwise.
func DefaultProfile() (string, error) {
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, "corkboard"), nil
}

// App is one open profile. Its methods are safe on any goroutine.
type App struct {
	opts  Options
	store *docstore.Store
	blobs *blobs.Store
	media *media.Decoder
	pics  *pyramid.Pyramid
	home  doc.ID

	workspace *doc.Live[cards.Workspace]

	circles   circles
	places    places
	belonging belonging
	company   *company
	files     *files
	folders   folders
	pages     *pages
	clips     *clips
	devices   *devices
	storage   *storage
	nearby    neighbours
	finder    *finder
	shunned   atomic.Pointer[map[identity.DeviceID]bool] // devices of those who are blocked

	backing sync.Mutex // one backup is made
	naming  sync.Mutex // one changes what this person says of themselves

	device *keptFile[Device]
	unseen *unseen
	clip   clipboard
	random sync.Mutex // guards opts.Rand

	ctx  context.Context // ends when the App closes
	stop context.CancelFunc
	work sync.WaitGroup // what still has to reach the store
	mu   sync.Mutex     // guards closed, and work while it grows

	closed bool
	err    error // of Close
}

// Docs is the store of documents.
func (a *App) Docs() doc.Store { return a.store }

// Blobs is the store of files.
func (a *App) Blobs() *blobs.Store { return a.blobs }

// Media is the decoder of pictures and PDFs.
func (a *App) Media() *media.Decoder { return a.media }

// Pictures is the pictures and PDF pages of files, reduced.
func (a *App) Pictures() *pyramid.Pyramid { return a.pics }

// Home is the board that a window shows first.
func (a *App) Home() doc.ID { return a.home }

// Profile is the profile's folder.
func (a *App) Profile() string { return a.opts.Profile }

// NewID mints the id of a document that will be made here.
func (a *App) NewID() doc.ID { return a.store.NewID() }

// NewCardID draws a card id.
func (a *App) NewCardID() board.CardID {
	var b [10]byte
	a.draw(b[:])
	return board.CardID(hex.EncodeToString(b[:]))
}

// draw fills b from the given source of randomness; a broken one is not worth
// a failure, since the system has one that never fails.
func (a *App) draw(b []byte) {
	a.random.Lock()
	defer a.random.Unlock()
	if _, err := io.ReadFull(a.opts.Rand, b); err != nil {
		_, _ = rand.Read(b)
	}
}
