package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2/widget"

	"corkboard/app"
)

// entriesOn is the entries of the open sheet by what they ask for.
func (d *desk) entriesOn() map[string]*escEntry {
	out := map[string]*escEntry{}
	for _, o := range d.laidOut() {
		if e, ok := o.(*escEntry); ok {
			out[e.PlaceHolder] = e
		}
	}
	return out
}

func TestEverythingIsBackedUpAndRestoredInTheWindow(t *testing.T) {
	d := newDesk(t)
	d.meet(newCrowd())
	started := beside(d)
	to := filepath.Join(t.TempDir(), "all"+backupExtension)
	d.w.showSettings()
	if !d.sheetSays("There is none yet") {
		t.Error("the settings do not say that there is no backup")
	}
	d.w.showBackup()
	e := d.entriesOn()
	e["Where to"].SetText(to)
	e["Passphrase"].SetText("long enough")
	e["The same once more"].SetText("long enoug")
	d.tapOn("Back up")
	if !d.sheetSays("The two passphrases differ") {
		t.Error("two passphrases are taken")
	}
	for _, name := range []string{"Passphrase", "The same once more"} {
		e[name].SetText("short")
	}
	d.tapOn("Back up")
	d.until("short ones are refused", func() bool { return d.sheetSays("at least 8 characters") })
	for _, name := range []string{"Passphrase", "The same once more"} {
		e[name].SetText("long enough")
	}
	d.tapOn("Back up")
	d.until("it is backed up", func() bool { return d.w.modal == nil })
	if info, err := os.Stat(to); err != nil || info.Size() == 0 || d.device().BackedUp == 0 {
		t.Fatalf("%v, %d", err, d.device().BackedUp)
	}
	d.w.showSettings()
	if !d.sheetSays("The newest is of 20") {
		t.Error("the settings do not say when")
	}

	d.w.showRestore()
	e = d.entriesOn()
	e["File of the backup"].SetText(to)
	e["Its passphrase"].SetText("wrong passphrase")
	d.tapOn("Restore")
	d.until("a wrong passphrase is said", func() bool { return d.sheetSays("does not open the backup") })
	folder := filepath.Join(d.w.places.Folder, "Restored")
	if _, err := os.Stat(folder); err == nil {
		t.Error("a workspace was made of nothing")
	}
	e["Its passphrase"].SetText("long enough")
	d.tapOn("Restore")
	d.until("it goes there", func() bool { return len(*started) == 1 && !d.w.closing })
	if (*started)[0] != folder {
		t.Errorf("it goes to %q", *started)
	}
	b, err := app.Open(t.Context(), app.Options{Profile: folder})
	if err != nil {
		t.Fatal(err)
	}
	if b.Home() != d.app.Home() || b.Device().BackedUp != 0 {
		t.Error("something else was restored")
	}
	if err := b.Close(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestTheWelcomeLeadsToABackup(t *testing.T) {
	d := newDesk(t)
	d.meet(newCrowd())
	beside(d)
	d.w.welcome()
	if b := d.buttonOf("Restore a backup…"); b == nil || b.Importance != widget.LowImportance {
		t.Fatal("there is no quiet button for it")
	}
	d.tapOn("Restore a backup…")
	if !d.sheetSays("becomes a workspace of its own") || !strings.Contains(d.entriesOn()["Name of the workspace"].Text, "Restored") {
		t.Error("it leads elsewhere")
	}
}
