package app

import (
	"errors"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/share"
)

// only is the one card of a board.
func only(t *testing.T, a *App, id doc.ID) *board.Card {
	t.Helper()
	b := readTest(t, a, id)
	if len(b.Cards) != 1 {
		t.Fatalf("%d cards on the board, want one", len(b.Cards))
	}
	return b.Cards[0]
}

func TestPasteOfText(t *testing.T) {
	a := openTest(t, t.TempDir())
	link := share.Format(share.Link{Document: a.Home(), Kind: cards.KindBoard})
	for _, c := range []struct {
		name, text string
		plain      bool
		want       string
	}{
		{"words with a colon", "Note: buy milk", false, "Note: buy milk"},
		{"an address among words", "see https://example.org/a?b=c", false, "see https://example.org/a?b=c"},
		{"an address as plain text", "https://example.org/a?b=c", true, "https://example.org/a?b=c"},
		{"a link among words", "see " + link, false, "see " + link},
		{"a link as plain text", link, true, link},
		{"lines", "a\r\nb\x00\xff", false, "a\nb\ufffd"},
		{"a file that is not there", "file:///no/such/file", false, "file:///no/such/file"},
		{"a remote file", "file://server/share", false, "file://server/share"},
	} {
		t.Run(c.name, func(t *testing.T) {
			on := newBoard(t, a, "")
			made := paste(t, a, on, board.Point{X: 7, Y: 13}, c.text, c.plain)
			card := only(t, a, on)
			if len(made) != 1 || made[0] != card.ID {
				t.Errorf("says that it made %q, not %q", made, card.ID)
			}
			if got := textOn(t, a, on, card.ID); got != c.want || card.At != (board.Point{X: 0, Y: 20}) {
				t.Errorf("%q at %v", got, card.At)
			}
		})
	}
}

// paste pastes a text and returns the cards that came of it.
func paste(t *testing.T, a *App, on doc.ID, at board.Point, text string, plain bool) []board.CardID {
	t.Helper()
	ids, err := a.Paste(testContext(t), on, at, text, plain)
	must(t, err)
	return ids
}

func TestPasteOfNothingIsNothing(t *testing.T) {
	a := openTest(t, t.TempDir())
	on := newBoard(t, a, "")
	paste(t, a, on, board.Point{}, " \n\t", false)
	if n := len(readTest(t, a, on).Cards); n != 0 {
		t.Errorf("%d cards", n)
	}
}

func TestPasteOfLongTextIsAFile(t *testing.T) {
	a := openTest(t, t.TempDir())
	on := newBoard(t, a, "")
	paste(t, a, on, board.Point{}, strings.Repeat("x", maxText+1), false)
	if c := only(t, a, on); c.Link.Kind != cards.KindFile {
		t.Errorf("it became a %s", c.Link.Kind)
	}
}

func TestPasteOfLinks(t *testing.T) {
	a := openTest(t, t.TempDir())
	on := newBoard(t, a, "")
	home := share.Link{Document: a.Home(), Kind: cards.KindBoard}
	unknown := share.Link{Document: a.NewID(), Kind: cards.KindTodo}
	text := "\n " + share.Format(home) + "\n" + share.Format(unknown) + "\n"
	paste(t, a, on, board.Point{}, text, false)
	got := map[share.Link]board.Point{}
	for _, c := range readTest(t, a, on).Cards {
		got[c.Link] = c.At
	}
	if at, ok := got[home]; !ok || at != (board.Point{}) {
		t.Errorf("home is at %v, %v", at, ok)
	}
	if at, ok := got[unknown]; !ok || at != (board.Point{X: 40, Y: 40}) {
		t.Errorf("the unknown document is at %v, %v", at, ok)
	}
}

// invitation is a link to a shared board.
func invitation(id doc.ID) share.Link {
	return share.Link{Document: id, Kind: cards.KindBoard, In: id, Role: share.Write, Secret: share.NewSecret([share.SecretSize]byte{1})}
}

func TestPasteOfForeignLinksIsSaid(t *testing.T) {
	a := openTest(t, t.TempDir())
	on := newBoard(t, a, "")
	link := share.Format(share.Link{Document: a.Home(), Kind: cards.KindBoard})
	for text, want := range map[string]error{
		"hypermerge:/9aHwFf?pushpinContentType=board": share.ErrPushPin,
		link + "#secret": share.ErrBadLink,
		share.Format(invitation(a.Home()).Bare()): share.ErrShared,
		"corkboard:/short?contentType=text":       share.ErrBadLink,
		link + "\n" + link[:30]:                   share.ErrBadLink,
	} {
		if _, err := a.Paste(testContext(t), on, board.Point{}, text, false); !errors.Is(err, want) || Sentence(err) == "" {
			t.Errorf("%q: %v", text, err)
		}
	}
	if n := len(readTest(t, a, on).Cards); n != 0 {
		t.Errorf("%d cards", n)
	}
}

func TestPasteOfFiles(t *testing.T) {
	a := openTest(t, t.TempDir())
	on := newBoard(t, a, "")
	one := write(t, "a b#.txt", []byte("one"))
	two := filepath.Join(filepath.Dir(one), "gone.txt")
	address := func(path string) string { return (&url.URL{Scheme: "file", Path: filepath.ToSlash(path)}).String() }
	text := "x-special/nautilus-clipboard\ncopy\n" + address(one) + "\r\n" + address(two)
	_, err := a.Paste(testContext(t), on, board.Point{}, text, false)
	if Sentence(err) != "“gone.txt”: there is no such file." {
		t.Errorf("got %q (%v)", Sentence(err), err)
	}
	if got := textOn(t, a, on, only(t, a, on).ID); got != "one" {
		t.Errorf("pasted %q", got)
	}
}
