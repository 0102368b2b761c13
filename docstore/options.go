package docstore

import (
	"crypto/rand"
	"log/slog"
	"sync/atomic"
	"time"

	"corkboard/docstore/engine"
	"corkboard/identity/vault"
)

// Options of a Store; the zero value is right for the program.
type Options struct {
	Engine  engine.Engine // nil means the native one where there is one, else a sandboxed one
	App     string        // version of the program, for the header and LOCK
	Sandbox bool          // with no Engine: the sandboxed one everywhere
	Device  string        // what a new person's log calls this device; "" means "First device"
	Keyring vault.Keyring // where the vault may keep a key; nil means nowhere
	Log     *slog.Logger  // nil means slog.Default
	Now     func() time.Time
	Engines int           // engine documents kept loaded; 0 means 32
	Idle    time.Duration // rest before the cache is written; 0 means a second
	Retry   time.Duration // pause between attempts to save; 0 means three seconds
	Code    string        // folder of the sandboxed engine's compiled code; "" is in the profile
	// MaxPages makes log.db full at so many pages, while it is not 0: a full
	// disk for tests.
	MaxPages *atomic.Int64

	step func(string) error   // tests stop an upgrade here,
	feed func([][]byte) error // and let an engine fail here;
}

func (o Options) filled() Options {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Device == "" {
		o.Device = "First device"
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Engines <= 0 {
		o.Engines = 32
	}
	if o.Idle <= 0 {
		o.Idle = time.Second
	}
	if o.Retry <= 0 {
		o.Retry = 3 * time.Second
	}
	if o.MaxPages == nil {
		o.MaxPages = new(atomic.Int64)
	}
	return o
}

// random16 is 16 bytes that nobody has drawn before.
func random16() (b [16]byte) {
	_, _ = rand.Read(b[:]) // never fails: crypto/rand ends the program instead
	return b
}
