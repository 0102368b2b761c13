package cards

import (
	"errors"
	"testing"
	"time"

	"corkboard/doc"
)

func TestWorkspaceCodec(t *testing.T) {
	edits := NewWorkspace()
	for n := range 6 {
		edits = append(edits, doc.Put{Path: doc.At(slotArchived, string(doc.NewID([32]byte{byte(n + 1)}))), Value: int64(n + 5)})
	}
	checkCodec(t, WorkspaceCodec{}, edits...)
}

func TestArchive(t *testing.T) {
	c, id, at := WorkspaceCodec{}, doc.NewID([32]byte{7}), time.UnixMilli(1234)
	for _, tree := range []*doc.Tree{made(t, NewWorkspace()), doc.NewTree(nil)} {
		w := do[Workspace](t, c, tree, Archive{ID: id, At: at})
		if got, ok := w.Archived[id]; !ok || !got.Equal(at) {
			t.Errorf("archived since %v, %v", got, ok)
		}
		if err := refused[Workspace](t, c, tree, Archive{ID: id, At: at}); !errors.Is(err, doc.ErrNothing) {
			t.Errorf("again: %v", err)
		}
		if w := do[Workspace](t, c, tree, Archive{ID: id, Back: true}); len(w.Archived) != 0 {
			t.Errorf("still archived: %v", w.Archived)
		}
		if err := refused[Workspace](t, c, tree, Archive{ID: id, Back: true}); !errors.Is(err, doc.ErrNothing) {
			t.Errorf("back again: %v", err)
		}
	}
	strange := made(t, []doc.Edit{doc.Put{Path: archivedPath, Value: doc.Map{"no id": int64(1), string(id): "yesterday"}}})
	if w := c.Decode(strange); len(w.Archived) != 0 {
		t.Errorf("read %v", w.Archived)
	}
}

func TestSetInbox(t *testing.T) {
	c, id := WorkspaceCodec{}, doc.NewID([32]byte{9})
	for _, tree := range []*doc.Tree{made(t, NewWorkspace()), doc.NewTree(nil)} {
		if w := do[Workspace](t, c, tree, SetInbox{ID: id}); w.Inbox != id {
			t.Errorf("the Inbox is %q", w.Inbox)
		}
		if err := refused[Workspace](t, c, tree, SetInbox{ID: id}); !errors.Is(err, doc.ErrNothing) {
			t.Errorf("again: %v", err)
		}
	}
	if w := c.Decode(doc.NewTree(doc.Map{slotInbox: "the second drawer"})); w.Inbox != "" {
		t.Errorf("read %q", w.Inbox)
	}
}
