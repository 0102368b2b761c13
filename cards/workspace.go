package cards

import (
	"time"

	"corkboard/doc"
)

// KindWorkspace is the kind of the one document that says how a person has arranged
// their profile. It is no card and lies on no board.
const KindWorkspace = "workspace"

// maxArchived bounds how many documents are put into an archive.
const maxArchived = 100_000

const (
	slotArchived = "archived"
	slotInbox    = "inbox"
)

var (
	archivedPath = doc.At(slotArchived)
	inboxPath    = doc.At(slotInbox)
)

// Workspace is how a person has arranged their profile. The map is shared between
// snapshots: read only.
type Workspace struct {
	Archived map[doc.ID]time.Time // documents that are out of the way, and since when
	Inbox    doc.ID               // the board that takes what comes from outside; "" if there is none yet

	hasArchived bool // the slot holds a Map
}

// WorkspaceCodec reads a workspace: {archived: {document id: time in ms since 1970}, inbox:
// document id}.
type WorkspaceCodec struct{}

// Decode implements doc.Codec.
func (WorkspaceCodec) Decode(src doc.Source) Workspace {
	w := Workspace{Inbox: doc.ID(idAt(src, inboxPath))}
	v, _ := src.Value(archivedPath)
	m, ok := v.(doc.Map)
	w.hasArchived = ok
	for id, v := range m {
		at := intOf(v, maxTime)
		if _, err := doc.ParseID(id); at == 0 || err != nil {
			continue
		}
		if w.Archived == nil {
			w.Archived = map[doc.ID]time.Time{}
		}
		w.Archived[doc.ID(id)] = time.UnixMilli(at)
	}
	return w
}

// Update implements doc.Codec.
func (c WorkspaceCodec) Update(prev Workspace, touched []doc.Path, src doc.Source) Workspace {
	if touches(touched, archivedPath) || touches(touched, inboxPath) {
		return c.Decode(src)
	}
	return prev
}

// NewWorkspace is the first change of a workspace.
func NewWorkspace() []doc.Edit {
	return []doc.Edit{doc.Put{Path: archivedPath, Value: doc.Map{}}}
}

// Archive puts a document out of the way, or back.
type Archive struct {
	ID   doc.ID
	At   time.Time
	Back bool
}

// Plan implements doc.Command; ErrFull, ErrNothing if it is as it should be.
func (c Archive) Plan(w Workspace) (doc.Plan, error) {
	_, is := w.Archived[c.ID]
	path := doc.At(slotArchived, string(c.ID))
	switch {
	case is != c.Back:
		return doc.Plan{}, doc.ErrNothing
	case c.Back:
		return doc.Plan{Label: "take out of the archive", Edits: []doc.Edit{doc.Delete{Path: path}}}, nil
	case len(w.Archived) >= maxArchived:
		return doc.Plan{}, ErrFull
	}
	edits := []doc.Edit{doc.Put{Path: path, Value: c.At.UnixMilli()}}
	if !w.hasArchived {
		edits = []doc.Edit{doc.Put{Path: archivedPath, Value: doc.Map{string(c.ID): c.At.UnixMilli()}}}
	}
	return doc.Plan{Label: "archive", Edits: edits}, nil
}

// SetInbox says which board takes what comes from outside.
type SetInbox struct{ ID doc.ID }

// Plan implements doc.Command; ErrNothing if it does already.
func (c SetInbox) Plan(w Workspace) (doc.Plan, error) {
	if c.ID == w.Inbox {
		return doc.Plan{}, doc.ErrNothing
	}
	return doc.Plan{Label: "choose the Inbox", Silent: true, Edits: []doc.Edit{doc.Put{Path: inboxPath, Value: string(c.ID)}}}, nil
}
