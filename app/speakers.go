package app

import (
	"fmt"
	"strings"
	"time"

	"corkboard/cards"
	"corkboard/doc"
	"corkboard/identity"
	"corkboard/net/presence"
)

// maxThreadsSeen bounds what is remembered of threads; those whose last message
// is the oldest go.
const maxThreadsSeen = 2000

// PersonID is this person's id, as it stands in what they write.
func (a *App) PersonID() string { return a.store.Person().String() }

// Speaker is how somebody is shown who has written something. The id is a claim of
// what they wrote in, and need not be one. It returns at once.
func (a *App) Speaker(id string) Member {
	person, err := identity.ParsePersonID(id)
	switch {
	case err != nil:
		return Member{Name: "Somebody", Colour: presence.ColourOf(id)}
	case person == a.store.Person():
		return a.Me()
	}
	return a.memberAnywhere(person)
}

// ThreadSeen is the time of the newest message of a thread that was seen on this
// device, in ms since 1970 UTC; 0 if it was never open here.
func (a *App) ThreadSeen(id doc.ID) int64 {
	f := a.device
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.now.Threads[id]
}

// SawThread takes note that a thread was seen until a time. Nothing of it is
// written to a document.
func (a *App) SawThread(id doc.ID, until int64) {
	if until <= a.ThreadSeen(id) {
		return
	}
	a.UpdateDevice(func(d *Device) {
		seen := make(map[doc.ID]int64, len(d.Threads)+1) // copies of the Device share the old one
		oldest := id
		for thread, at := range d.Threads {
			seen[thread] = at
			if at < until && (oldest == id || at < d.Threads[oldest]) {
				oldest = thread
			}
		}
		seen[id] = max(seen[id], until)
		if len(seen) > maxThreadsSeen {
			delete(seen, oldest)
		}
		d.Threads = seen
	})
}

// transcript is a thread for people to read: who said what, and when.
func (a *App) transcript(t cards.Thread) string {
	var b strings.Builder
	for _, m := range t.Messages {
		at := time.UnixMilli(m.Time).Format("2006-01-02 15:04")
		fmt.Fprintf(&b, "%s, %s:\n%s\n\n", a.Speaker(m.Author).Name, at, m.Text)
	}
	return b.String()
}
