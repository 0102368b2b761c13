package upgrade

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corkboard/app"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/share"
)

// Each frozen profile is opened, compared, edited, shared with somebody new, and opened again.
func TestFrozenProfiles(t *testing.T) {
	if testing.Short() {
		t.Skip("compiling the engine takes minutes under the race detector")
	}
	frozen, err := filepath.Glob("testdata/format-*.txt")
	must(t, err)
	if len(frozen) == 0 {
		t.Fatal("no frozen profiles")
	}
	for _, file := range frozen {
		t.Run(filepath.Base(file), func(t *testing.T) {
			b, err := os.ReadFile(file)
			must(t, err)
			dir := t.TempDir()
			must(t, os.CopyFS(dir, os.DirFS(strings.TrimSuffix(file, ".txt"))))
			goesOn(t, dir, strings.Split(strings.TrimSpace(string(b)), "\n"))
		})
	}
}

func goesOn(t *testing.T, dir string, want []string) {
	a := opened(t, dir)
	known(t, a)
	same(t, "opened", listing(t, a), want)
	sound(t, a)

	// What was done long ago can be undone, and done again.
	on := named(t, want, "undo", "Trip")
	before := listing(t, a)
	label, err := a.Undo(on)
	if err != nil || label == "" {
		t.Fatalf("undone %q: %v", label, err)
	}
	if _, err := a.Redo(on); err != nil {
		t.Fatal(err)
	}
	same(t, "undone and done again", listing(t, a), before)

	// Somebody new comes by a link, and all write.
	c := opened(t, filepath.Join(t.TempDir(), "cleo"))
	shared := named(t, want, "member", "")
	link, err := a.CopyLink(t.Context(), shared, share.Write)
	must(t, err)
	joined, err := c.Join(t.Context(), link)
	must(t, err)
	meet(t, a, c)
	within(t, "what Ada and Ben had written", func() bool {
		s := texts(c, joined.Document)
		return strings.Contains(s, "from Ada") && strings.Contains(s, "from Ben")
	})
	for _, p := range []struct {
		in    *app.App
		on    doc.ID
		at    board.Point
		words string
	}{
		{c, joined.Document, board.Point{Y: 400}, "from Cleo"}, {a, shared, board.Point{Y: 600}, "Ada again"}, {a, on, board.Point{Y: 900}, "alone"},
	} {
		_, err := p.in.Paste(t.Context(), p.on, p.at, p.words, true)
		must(t, err)
	}
	for _, x := range []struct {
		a  *app.App
		on doc.ID
	}{{a, shared}, {c, joined.Document}} {
		within(t, "what all have written", func() bool {
			s := texts(x.a, x.on)
			return strings.Contains(s, "from Cleo") && strings.Contains(s, "Ada again")
		})
	}
	closed(t, c)
	must(t, a.Flush(t.Context()))
	after := listing(t, a)
	closed(t, a)

	a = opened(t, dir)
	known(t, a)
	same(t, "opened again", listing(t, a), after)
	if s := texts(a, shared); !strings.Contains(s, "from Ben") || !strings.Contains(texts(a, on), "alone") {
		t.Errorf("opened again it says %q", s)
	}
	sound(t, a)
}

// known waits until the keys are open, and what the person is called has been read.
func known(t *testing.T, a *app.App) {
	t.Helper()
	within(t, "who this is", func() bool { return a.Me().Name == "Ada" })
}

// sound fails unless the program finds nothing wrong with a profile.
func sound(t *testing.T, a *app.App) {
	t.Helper()
	if r, err := a.Check(t.Context()); err != nil || len(r.Problems) > 0 || r.Files < 5 {
		t.Errorf("%+v, %v", r, err)
	}
}

// named is the document of the first line that begins with a word and is of a board that has
// a title.
func named(t *testing.T, list []string, word, title string) doc.ID {
	t.Helper()
	for _, line := range list {
		if id, ok := strings.CutPrefix(line, word+" "); ok {
			id, _, _ = strings.Cut(id, " ")
			for _, l := range list {
				if strings.HasPrefix(l, cards.KindBoard+" "+id+" ") && strings.Contains(l, title) {
					return doc.ID(id)
				}
			}
		}
	}
	t.Fatalf("no line of %q with %q", word, title)
	return ""
}

func same(t *testing.T, when string, got, want []string) {
	t.Helper()
	for _, d := range []struct {
		what     string
		of, from []string
	}{{"lost", want, got}, {"new", got, want}} {
		have := map[string]bool{}
		for _, line := range d.from {
			have[line] = true
		}
		for _, line := range d.of {
			if !have[line] {
				t.Errorf("%s: %s: %.300s", when, d.what, line)
			}
		}
	}
}
