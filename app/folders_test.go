package app

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corkboard/board"
	"corkboard/net/wire/memory"
	"corkboard/share"
)

// alone is an App on a network where nobody else is.
func alone(t *testing.T, dir string) *App {
	t.Helper()
	if testing.Short() {
		t.Skip("compiling the engine takes minutes under the race detector")
	}
	at, err := memory.New(1, nil).Join("alone")
	must(t, err)
	a := openWith(t, Options{Profile: dir, Network: Network{On: true, Transport: at, NoLAN: true}})
	eventually(t, a, "the network", func() bool { return len(a.Addresses()) > 0 })
	return a
}

func TestAFolderIsAllThatTwoShare(t *testing.T) {
	shared := t.TempDir()
	dirA := t.TempDir()
	a, b := alone(t, dirA), alone(t, t.TempDir())
	ctx := testContext(t)
	plans := newBoard(t, a, "Plans")
	newText(t, a, plans, board.Point{}, "from a")
	plans, err := a.Share(ctx, plans)
	must(t, err)
	link, err := a.CopyLink(ctx, plans, share.Write)
	must(t, err)
	must(t, errors.Join(a.AddFolder(shared), b.AddFolder(filepath.Join(shared, folderInside))))
	if list := a.SharedFolders(); len(list) != 1 || list[0].Path != shared {
		t.Fatalf("%+v", list)
	}
	_, err = b.Join(ctx, link)
	must(t, err)
	eventually(t, b, "the board", func() bool { return strings.Contains(saidOn(t, b, plans), "from a") })
	newText(t, b, plans, board.Point{Y: 500}, "from b")
	eventually(t, a, "what b has written", func() bool { return strings.Contains(saidOn(t, a, plans), "from b") })
	for _, who := range []*App{a, b} {
		eventually(t, who, "how it stands", func() bool {
			s := who.SharedFolders()[0]
			return s.Err == nil && s.Others == 1 && !s.Read.IsZero() && !s.Written.IsZero()
		})
	}
	for _, m := range a.Device().Met {
		if strings.HasPrefix(m.Address, folderScheme) {
			t.Errorf("remembers %q, which is gone at the next start", m.Address)
		}
	}
	closeTest(t, a)
	newText(t, b, plans, board.Point{Y: 900}, "while a was away")
	a = alone(t, dirA) // uses the folder again by itself
	eventually(t, a, "what came meanwhile", func() bool { return strings.Contains(saidOn(t, a, plans), "while a was away") })

	must(t, a.RemoveFolder(shared))
	must(t, b.RemoveFolder(filepath.Join(shared, folderInside)))
	if len(a.SharedFolders())+len(b.SharedFolders()) != 0 {
		t.Error("they are still listed")
	}
	onlyHere(t, shared)
}

func TestFoldersThatCannotBeUsedAreSaid(t *testing.T) {
	a := alone(t, t.TempDir())
	shared := filepath.Join(t.TempDir(), "shared")
	if err := a.AddFolder(shared); !errors.Is(err, ErrFolderGone) {
		t.Errorf("gone: %v", err)
	}
	if err := a.AddFolder(filepath.Join(a.Profile(), "blobs")); !errors.Is(err, ErrFolderOwn) {
		t.Errorf("own: %v", err)
	}
	must(t, os.Mkdir(shared, 0o700))
	must(t, a.AddFolder(shared))
	if err := a.AddFolder(filepath.Join(shared, folderInside)); !errors.Is(err, ErrFolderKnown) {
		t.Errorf("known: %v", err)
	}
	eventually(t, a, "that it is used", func() bool { return a.SharedFolders()[0].Err == nil })
	must(t, os.Rename(shared, shared+".away"))
	eventually(t, a, "that it is gone", func() bool { return errors.Is(a.SharedFolders()[0].Err, ErrFolderGone) })
	if !strings.HasPrefix(Sentence(a.SharedFolders()[0].Err), "The folder is not there") {
		t.Error(Sentence(a.SharedFolders()[0].Err))
	}
	must(t, os.Rename(shared+".away", shared))
	eventually(t, a, "that it is back", func() bool { return a.SharedFolders()[0].Err == nil })
	for n := 0; n < maxFolders; n++ {
		if err := a.AddFolder(t.TempDir()); err != nil && (n != maxFolders-1 || !errors.Is(err, ErrManyFolders)) {
			t.Errorf("number %d: %v", n, err)
		}
	}
}
