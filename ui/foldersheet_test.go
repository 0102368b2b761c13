package ui

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"corkboard/app"
)

func TestFoldersAreAddedAndRemoved(t *testing.T) {
	d := newDesk(t)
	d.meet(newCrowd())
	d.w.showSettings()
	if d.buttonOf("Shared folders…") == nil {
		t.Fatal("the settings do not lead to them")
	}
	d.w.showFolders()
	dir := filepath.Join(t.TempDir(), "team")
	e := d.entryOnSheet()
	e.SetText(dir)
	d.tapOn("Use this folder")
	d.until("it is not there", func() bool { return d.sheetSays("The folder is not there") })
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	e.SetText("team")
	d.tapOn("Use this folder")
	if !d.sheetSays("from the first folder on") {
		t.Error("a path of nowhere is taken")
	}
	e.SetText(dir)
	d.tapOn("Use this folder")
	d.until("it is listed", func() bool {
		return d.sheetSays("team") && len(d.app.SharedFolders()) == 1 && d.buttonOf("Remove") != nil
	})
	d.tapOn("Remove")
	d.until("it is gone", func() bool { return len(d.app.SharedFolders()) == 0 && d.sheetSays("None yet.") })
	if list, err := os.ReadDir(dir); err != nil || len(list) != 0 {
		t.Errorf("left are %v, %v", list, err)
	}
}

func TestHowItStandsWithAFolder(t *testing.T) {
	at := time.Date(2026, 3, 4, 15, 6, 7, 0, time.UTC)
	for want, f := range map[string]app.SharedFolder{
		"nobody else is there now": {},
		"1 other device is there · read at 15:06:07 · written at 15:06:08 · 12 kB wait to be taken": {
			Others: 1, Read: at, Written: at.Add(time.Second), Waiting: 12_000,
		},
		"3 other devices are there": {Others: 3},
	} {
		if got := folderWords(f, at); got != want {
			t.Errorf("says %q, want %q", got, want)
		}
	}
}
