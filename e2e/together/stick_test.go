//go:build linux

package together

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"corkboard/e2e/person"
	"corkboard/e2e/x11"
	"corkboard/internal/lab"
)

// TestByAStickAlone has two people who are never on a network together hand each other
// bundles: by the sheet and a drop one way, by the command line and a second start the other.
func TestByAStickAlone(t *testing.T) {
	x11.Wanted(t)
	p := plant()
	l := lab.New(t, lab.Options{})
	a, b := newDesk(t, l, "a3"), newDesk(t, l, "b3")
	stick := t.TempDir()
	a.Open("--offline")
	b.Open("--offline")
	a.callThemselves("Ada " + p.names[0])
	b.callThemselves("Ben " + p.names[1])
	a.makeBoard(p.titles[0] + " " + p.titles[1])
	a.write(103, 63, 3, "Written before: "+p.told[0])
	link := a.shares()
	name := p.paper[0] + " " + p.paper[1] + ".pdf"
	content := paper(p.paper[0], p.pages, person.Crimson, person.Teal)
	a.Drop(603, 63, person.File(t, name, content))
	a.AwaitCards(4)
	a.AwaitSaved()

	first := filepath.Join(stick, "from-ada.corkbundle")
	a.takesAlong(first)
	// Who is not on the board is told so, and sees nothing of it.
	b.Drop(900, 500, first)
	b.Still()
	b.Keep("stick-not-invited")
	b.Key("Escape")
	b.joins(link)
	b.Still()
	b.Keep("stick-joined")
	b.Changes(func() { b.Drop(900, 500, first) })
	began := time.Now()
	within(t, "the other has the board", began, func() bool {
		files := b.exported(link)
		return b.says(files, p.told[0]) && files["files/"+name] == string(content)
	}, b)
	b.Sees("the first page", person.Crimson, person.Screen, 8000)
	b.Keep("stick-dropped")
	b.changes(p, 1, 5)
	a.changes(p, 0, 5)

	second := filepath.Join(stick, "from-ben.corkbundle")
	out, complaint, err := b.Run("export", link, second, "--format", "bundle")
	b.Must(err)
	if !strings.Contains(out, second) || complaint != "" {
		t.Errorf("export says %q, %q", out, complaint)
	}
	a.Changes(func() { // as a double click does while the program runs
		_, complaint, err := a.Run(second)
		a.Must(err)
		if complaint != "" {
			t.Errorf("the second start says %q", complaint)
		}
	})
	within(t, "the first has what the other wrote", time.Now(), func() bool { return a.says(a.exported(link), p.apart[1], p.list[1]) }, a)
	a.Keep("stick-opened")

	third := filepath.Join(stick, "back-to-ben.corkbundle")
	_, _, err = a.Run("export", link, third, "--format", "bundle")
	a.Must(err)
	out, complaint, err = b.Run("import", third)
	b.Must(err)
	if !strings.Contains(out, "changes came.") || complaint != "" {
		t.Errorf("import says %q, %q", out, complaint)
	}
	out, _, err = b.Run("import", third)
	b.Must(err)
	if strings.TrimSpace(out) != "Nothing in the bundle was new." {
		t.Errorf("the second import says %q", out)
	}
	files := alike(t, link, time.Now(), a, b)
	if !a.hasAll(p, files) {
		t.Errorf("the texts are %q", a.texts(files))
	}
	picture := a.wholeBoard()
	within(t, "the boards look the same", time.Now(), func() bool { return differ(b.wholeBoard(), picture) == 0 }, a, b)
	a.Keep("stick-same")
	b.Keep("stick-same")

	links := []string{link}
	for _, c := range a.CardsIn(files["board.json"]) {
		links = append(links, c.Link)
	}
	readableNowhere(t, "what lies on the stick", contentOf(t, stick), p.all, idsOf(t, links...))
	if list, _ := os.ReadDir(stick); len(list) != 3 {
		t.Errorf("on the stick lie %v", list)
	}
	if !maps.Equal(b.exported(link), files) {
		t.Error("the boards differ")
	}
}

// takesAlong writes the shared board that is shown to a bundle, from the sheet of sharing.
func (d *desk) takesAlong(path string) {
	d.T.Helper()
	d.Changes(func() { d.Key("Ctrl+Shift+s") })
	d.Keep("stick-share")
	d.Changes(func() { d.Click(608, 744-d.Top) }) // Take it along as a file
	d.Key("Ctrl+a")
	d.Type(path)
	d.Keep("stick-export")
	d.Key("Return")
	d.Until("the bundle is written", func() bool { _, err := os.Stat(path); return err == nil })
	d.Still()
	d.Keep("stick-exported")
}
