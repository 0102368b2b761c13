package app

import (
	"errors"
	"strings"
	"testing"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/docstore"
	"corkboard/share"
)

// A reader may not write until they are raised, and reads nothing new once they are
// removed.
func TestRolesAndRemoval(t *testing.T) {
	a, b := openTogether(t, t.TempDir()), openTogether(t, t.TempDir())
	ctx := testContext(t)
	id, err := a.Share(ctx, newBoard(t, a, "Plans"))
	must(t, err)
	newText(t, a, id, board.Point{}, "for readers")
	link, err := a.CopyLink(ctx, id, share.Read)
	must(t, err)
	_, err = b.Join(ctx, link)
	must(t, err)
	meetTest(t, a, b)
	eventually(t, b, "what a has written", func() bool { return strings.Contains(saidOn(t, b, id), "for readers") })
	eventually(t, b, "being a reader", func() bool { return b.Sharing(id).Mine == share.Read })
	if _, err := b.pinNew(ctx, id, board.Point{}, "", cards.KindText, cards.NewText("smuggled")); !errors.Is(err, docstore.ErrNotAllowed) || Sentence(err) == "" {
		t.Errorf("a reader writes: %v", err)
	}
	if _, err := b.CopyLink(ctx, id, share.Write); !errors.Is(err, docstore.ErrNotAllowed) {
		t.Errorf("a reader invites: %v", err)
	}

	her := b.Me().Person
	must(t, a.SetRole(ctx, id, her, share.Write))
	eventually(t, b, "being a writer", func() bool { return b.Sharing(id).Mine == share.Write })
	newText(t, b, id, board.Point{X: 300}, "from a writer")
	eventually(t, a, "what b has written", func() bool { return strings.Contains(saidOn(t, a, id), "from a writer") })

	must(t, a.RemoveMember(ctx, id, her))
	newText(t, a, id, board.Point{X: 600}, "after she went")
	must(t, a.Flush(ctx))
	eventually(t, b, "being out", func() bool { return b.Sharing(id).Removed })
	if text := saidOn(t, b, id); strings.Contains(text, "after she went") || !strings.Contains(text, "from a writer") {
		t.Errorf("who was removed reads %q", text)
	}
	if s := a.Sharing(id); len(s.Members) != 1 {
		t.Errorf("still shared with %+v", s.Members)
	}
	// The link that she came by is open still: the owner sees it, and ends it.
	for _, l := range a.Sharing(id).Links {
		must(t, a.RevokeLink(ctx, id, l.ID))
	}
	if l := a.Sharing(id).Links; len(l) != 0 {
		t.Errorf("links are open still: %v", l)
	}
	if err := a.RemoveMember(ctx, id, her); !errors.Is(err, ErrNoMember) {
		t.Errorf("removed twice: %v", err)
	}
}
