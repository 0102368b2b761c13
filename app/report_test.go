package app

import (
	"os"
	"strings"
	"testing"

	"corkboard/blobs"
	"corkboard/board"
	"corkboard/doc"
)

func TestReportCounts(t *testing.T) {
	dir := t.TempDir()
	a := openTest(t, dir)
	newText(t, a, a.Home(), board.Point{}, "x")
	inner, _, r := a.NewCard(a.Home(), "board", board.Point{})
	must(t, r.Wait(testContext(t)))
	into := readTest(t, a, a.Home()).Card(inner).Link.Document
	must(t, importInto(t, a, write(t, "a.bin", []byte("12345")), into))
	must(t, a.Flush(testContext(t)))
	got, err := a.Report(testContext(t))
	must(t, err)
	if got.Profile != dir || got.Format < 1 || got.Documents != 5 || got.Boards != 2 || got.Cards != 4 || got.Files != 1 || got.FileBytes != 5 {
		t.Errorf("got %+v", got)
	}
	if !got.Saved || got.SaveState != "Saved on this device" || got.Pending != 0 || got.ReadOnly != "" || got.Version != Version {
		t.Errorf("got %+v", got)
	}
	if id, err := a.boardOf(got.Home); err != nil || id != a.Home() {
		t.Errorf("home is %q", got.Home)
	}
}

func importInto(t *testing.T, a *App, path string, on doc.ID) error {
	return a.Import(testContext(t), on, board.Point{}, []string{path}, nil)[0].Err
}

func TestCheckFindsDamageAndLoss(t *testing.T) {
	a := openTest(t, t.TempDir())
	for _, name := range []string{"damaged.bin", "missing.bin", "fine.bin"} {
		must(t, importInto(t, a, write(t, name, []byte(name)), a.Home()))
	}
	found, err := a.Check(testContext(t))
	if err != nil || len(found.Problems) != 0 || found.Files != 3 || found.Documents != 5 {
		t.Fatalf("got %+v, %v", found, err)
	}
	for _, c := range readTest(t, a, a.Home()).Cards {
		f := fileOn(t, a, a.Home(), c.ID)
		path, err := a.Blobs().Path(blobs.ID(f.Blob))
		if err != nil {
			continue // the welcome card
		}
		must(t, os.Chmod(path, 0o600))
		switch f.Title {
		case "damaged":
			must(t, os.WriteFile(path, []byte("other bytes"), 0o600))
		case "missing":
			must(t, os.Remove(path))
		}
	}
	found, err = a.Check(testContext(t))
	all := strings.Join(found.Problems, "\n")
	if err != nil || len(found.Problems) != 2 || !strings.Contains(all, "damaged on the disk") || !strings.Contains(all, "“missing.bin”") {
		t.Errorf("got %q, %v", all, err)
	}
}
