package app

import (
	"os"

	"corkboard/doc"
	"corkboard/docstore"
)

// openDocuments opens the documents of a profile.
func openDocuments(o Options) (*docstore.Store, error) {
	return docstore.Open(o.Profile, docstore.Options{
		App: Version, Log: o.Log, Now: o.Now, MaxPages: o.pages, Keyring: o.Keyring, Code: o.Code,
		Sandbox: os.Getenv("CORKBOARD_ENGINE") == "sandboxed",
	})
}

// SaveState says whether everything is on disk.
type SaveState struct {
	Words   string // for a person: "Saved on this device"
	Failed  bool   // something could not be saved
	Pending int    // changes on their way to the disk
	Err     error  // why Failed
}

// SaveState says whether everything is on disk.
func (a *App) SaveState() SaveState {
	s := a.store.Status()
	return SaveState{Words: s.String(), Failed: s.State == docstore.NotSaved, Pending: s.Pending, Err: s.Err}
}

// SubscribeStatus calls wake when SaveState may have changed, on any goroutine;
// wake must return at once.
func (a *App) SubscribeStatus(wake func()) (cancel func()) { return a.store.SubscribeStatus(wake) }

// Retry tries again to save what could not be saved; it returns at once.
func (a *App) Retry() { a.store.Retry() }

// ReadOnly tells why nothing can be changed (docstore.ErrNewer, ErrReadOnly);
// nil when it can.
func (a *App) ReadOnly() error { return a.store.ReadOnly() }

// Rebuilt is docstore.ErrRebuilt if the profile's database was found to be damaged and
// written anew when it was opened, or nil.
func (a *App) Rebuilt() error { return a.store.Rebuilt() }

// Torn is why the profile's database will be written anew at the next start, or nil.
// SubscribeStatus tells of it.
func (a *App) Torn() error { return a.store.Torn() }

// Exists reports whether a document is here. It asks the disk.
func (a *App) Exists(id doc.ID) bool {
	here, err := a.store.Exists(id)
	return err == nil && here
}
