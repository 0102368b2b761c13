package ui

import (
	"os"
	"path/filepath"
	"testing"
)

func TestABundleThatIsNoneIsRefusedInWords(t *testing.T) {
	d := newDesk(t)
	path := filepath.Join(t.TempDir(), "odd.corkbundle")
	if err := os.WriteFile(path, []byte("not at all"), 0o600); err != nil {
		t.Fatal(err)
	}
	d.w.importFiles(d.w.middle(), []string{path})
	d.until("it is said", func() bool {
		return d.sheetSays("This is no bundle of Corkboard") || d.sheetSays("this is no bundle of Corkboard")
	})
	if !d.sheetSays("Try again") {
		t.Error("nothing can be done about it")
	}
}

func TestABoardOfOnesOwnDoesNotGoAsABundle(t *testing.T) {
	d := newDesk(t)
	to := filepath.Join(t.TempDir(), "own.corkbundle")
	d.w.showExportAs(bundleChoice)
	d.entriesOn()["Where to"].SetText(to)
	d.tapOn("Export")
	d.until("it is said", func() bool { return d.sheetSays("Share the board first") })
	if _, err := os.Lstat(to); err == nil {
		t.Error("something was written")
	}
}
