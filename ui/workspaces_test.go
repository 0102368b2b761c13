package ui

import (
	"errors"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"corkboard/app/workspaces"
)

// errNoSuch is why another workspace cannot be opened in these tests: a window that
// can would end the program.
var errNoSuch = errors.New("cannot be opened")

// beside gives a desk two more workspaces, and where it goes to.
func beside(d *desk) (started *[]string) {
	d.t.Helper()
	started = new([]string)
	d.w.places = workspaces.Beside(filepath.Join(d.t.TempDir(), "corkboard"))
	d.w.places.Usual = d.app.Profile()
	d.w.start = func(dir string) error {
		*started = append(*started, dir)
		return errNoSuch
	}
	for i, name := range []string{"Garden club", "Family"} {
		w, err := d.w.places.New(name)
		if err != nil {
			d.t.Fatal(err)
		}
		if err := d.w.places.Opened(w.Dir, personColours[i+1]); err != nil {
			d.t.Fatal(err)
		}
	}
	return started
}

func TestWorkspacesAreListedAndSwitched(t *testing.T) {
	d := newDesk(t)
	d.meet(newCrowd())
	if item := itemOf(d.w.ownMenu(), "Workspaces"); item != nil {
		t.Error("there are workspaces where nobody knows of any")
	}
	started := beside(d)
	menu := itemOf(d.w.ownMenu(), "Workspaces").ChildMenu
	for words, here := range map[string]bool{"My workspace": true, "Family": false, "Garden club": false} {
		item := itemOf(menu, words)
		if item == nil || item.Checked != here || item.Icon == nil {
			t.Fatalf("%s is %+v", words, item)
		}
	}
	itemOf(menu, "My workspace").Action()
	if len(*started) != 0 || d.w.closing {
		t.Fatal("it goes where it is")
	}
	itemOf(menu, "Family").Action()
	d.until("it was tried", func() bool { return len(*started) == 1 && !d.w.closing })
	if want := filepath.Join(d.w.places.Folder, "Family"); (*started)[0] != want {
		t.Errorf("it goes to %s, want %s", (*started)[0], want)
	}
	d.until("the window stays, with its board", func() bool { return d.w.board != nil && len(d.cards()) == 1 })
	if s := d.app.SaveState(); s.Pending != 0 {
		t.Errorf("it goes elsewhere with %d changes that are not saved", s.Pending)
	}
}

func TestANewWorkspaceIsMadeAndSwitchedTo(t *testing.T) {
	d := newDesk(t)
	d.meet(newCrowd())
	started := beside(d)
	d.w.newWorkspace()
	d.write("family")
	d.press(fyne.KeyReturn)
	if !d.sheetSays("There is a workspace of that name already") {
		t.Errorf("the sheet says %q", saidBy(d.w.modal.inside))
	}
	d.entryOnSheet().SetText("Attic")
	d.tapOn("Create and switch")
	want := filepath.Join(d.w.places.Folder, "Attic")
	d.until("it goes there", func() bool { return len(*started) == 1 && (*started)[0] == want && !d.w.closing })
}

// itemOf is an item of a menu by its words; nil if there is none.
func itemOf(m *fyne.Menu, words string) *fyne.MenuItem {
	for _, item := range m.Items {
		if item.Label == words {
			return item
		}
	}
	return nil
}
