package app

import (
	"context"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"

	"corkboard/blobs"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/share"
)

// Report is what there is to say about a profile, for people who look after it.
type Report struct {
	Profile   string `json:"profile"` // folder
	ProfileID string `json:"profileId"`
	Home      string `json:"home"` // link
	Version   string `json:"version"`
	Format    int    `json:"format"` // of the profile's layout
	SQLite    string `json:"sqlite"` // version of its Go module
	Documents int    `json:"documents"`
	Cards     int    `json:"cards"` // on Home and the boards in it
	Boards    int    `json:"boards"`
	Files     int    `json:"files"`
	FileBytes int64  `json:"fileBytes"`
	SaveState string `json:"saveState"`
	Saved     bool   `json:"saved"`
	Pending   int    `json:"pending"`
	ReadOnly  string `json:"readOnly,omitempty"` // why, in words
	Locked    string `json:"locked,omitempty"`   // why nothing can be changed before the keys open, in words

	Shared []SharedReport `json:"shared,omitempty"`
}

// SharedReport is what there is to say about a shared board.
type SharedReport struct {
	Link    string `json:"link"`    // invites nobody
	State   string `json:"state"`   // where everything on it is, in words
	Devices int    `json:"devices"` // other ones of those who share it,
	Have    int    `json:"have"`    // of them that have everything
	Backed  bool   `json:"backed"`  // a storage peer has everything
	Waiting string `json:"waiting,omitempty"`
	Removed bool   `json:"removed,omitempty"` // somebody has removed this person, or this device
}

// sharedReport is the shared boards, in the order of their links.
func (a *App) sharedReport() (out []SharedReport) {
	for _, c := range a.sharedCircles() {
		s := a.SyncState(c.Root)
		link := share.Format(share.Link{Document: c.Root, Kind: c.Kind, In: doc.ID(c.ID.String())})
		out = append(out, SharedReport{Link: link, State: s.Words, Devices: s.Devices, Have: s.Have, Backed: s.Backed, Waiting: s.Waiting, Removed: a.out(c)})
	}
	slices.SortFunc(out, func(x, y SharedReport) int { return strings.Compare(x.Link, y.Link) })
	return out
}

// Report looks at everything once. It blocks.
func (a *App) Report(ctx context.Context) (Report, error) {
	ctx, cancel := a.within(ctx)
	defer cancel()
	save, profile := a.SaveState(), a.store.Profile()
	list, err := a.store.Documents(ctx)
	if err != nil {
		return Report{}, err
	}
	r := Report{
		Profile: a.Profile(), ProfileID: profile.ID, Format: profile.Format,
		Home:    share.Format(share.Link{Document: a.home, Kind: cards.KindBoard}),
		Version: Version, SQLite: moduleVersion("modernc.org/sqlite"),
		Documents: len(list),
		SaveState: save.Words, Saved: !save.Failed && save.Pending == 0, Pending: save.Pending,
		ReadOnly: Sentence(a.ReadOnly()), Locked: Sentence(a.store.AwaitKeys(ctx).Err),
		Shared: a.sharedReport(),
	}
	err = a.blobs.Walk(ctx, func(_ blobs.ID, size int64) error {
		r.Files++
		r.FileBytes += size
		return nil
	})
	if err != nil {
		return r, fmt.Errorf("counting files: %w", err)
	}
	seen := map[doc.ID]bool{a.home: true}
	for queue := []doc.ID{a.home}; len(queue) > 0; queue = queue[1:] {
		b, err := a.readBoard(ctx, queue[0])
		if ctx.Err() != nil {
			return r, ctx.Err()
		}
		if err != nil {
			continue // a board that is not here has no cards to count
		}
		r.Boards++
		r.Cards += len(b.Cards)
		for _, c := range b.Cards {
			if id := c.Link.Document; c.Link.Kind == cards.KindBoard && !seen[id] {
				seen[id] = true
				queue = append(queue, id)
			}
		}
	}
	return r, nil
}

// moduleVersion is the version of a module that this program was built with.
func moduleVersion(path string) string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if m.Path == path {
				return m.Version
			}
		}
	}
	return "unknown"
}
