package ui

import (
	"os"
	"path/filepath"
	"testing"

	"corkboard/app/clipper"
	"corkboard/ui/lang"
)

// withSetup tells the window of a home folder of the test in which some browsers are.
func (d *desk) withSetup(browsers ...string) clipper.Setup {
	d.t.Helper()
	home := d.t.TempDir()
	for _, dir := range browsers {
		if err := os.MkdirAll(filepath.Join(home, dir), 0o700); err != nil {
			d.t.Fatal(err)
		}
	}
	s := clipper.Setup{System: "linux", Home: home, Config: home, Own: filepath.Join(home, "corkboard-clipper"), Program: "/opt/corkboard/corkboard"}
	d.w.clipper = func() (clipper.Setup, error) { return s, nil }
	return s
}

// browsers shows the sheet of the clipper, which all browsers of some names know.
func (d *desk) browsers(names ...string) {
	d.t.Helper()
	s := d.withSetup("google-chrome", "chromium", ".mozilla")
	for _, name := range names {
		b, _ := clipper.Find(name)
		if err := s.Install(b); err != nil {
			d.t.Fatal(err)
		}
	}
	d.w.showClipper()
	d.until("it is known how browsers stand", func() bool { return d.buttonOf(lang.T("Install")) != nil })
}

func TestTheClipperIsSetUpFromTheSettings(t *testing.T) {
	d := newDesk(t)
	d.large()
	s := d.withSetup("chromium")
	d.w.showSettings()
	if !d.sheetSays("Browser clipper") {
		t.Fatal("the settings do not name the clipper")
	}
	d.tapOn("Set up the clipper…")
	d.until("the browser is listed", func() bool { return d.sheetSays("does not know Corkboard") })
	if d.sheetSays("Firefox") || d.sheetSays("Load unpacked") {
		t.Error("there is more than there is to say")
	}
	d.tapOn("Install")
	d.until("the browser is told", func() bool { return d.sheetSays("Load unpacked") && d.buttonOf("Remove") != nil })
	if _, err := os.Stat(filepath.Join(s.Folder(clipper.Chromium), "manifest.json")); err != nil {
		t.Error(err)
	}
	d.tapOn("Copy path")
	if got := d.w.fyne.Clipboard().Content(); got != s.Folder(clipper.Chromium) {
		t.Errorf("on the clipboard is %q", got)
	}
	d.tapOn("Remove")
	d.until("the browser has forgotten", func() bool { return d.sheetSays("does not know Corkboard") && d.buttonOf("Install") != nil })
}

func TestWhereNoBrowserIsThatIsSaid(t *testing.T) {
	d := newDesk(t)
	d.withSetup()
	d.w.showClipper()
	d.until("it is said", func() bool { return d.sheetSays("No browser was found") })
}
