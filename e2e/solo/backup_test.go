package solo

import (
	"os"
	"path/filepath"
	"testing"

	"corkboard/e2e/person"
	"corkboard/e2e/prog"
	"corkboard/e2e/x11"
)

// A person backs everything up, restores it as another workspace, and both hold the same.
func TestABackupIsRestoredInAnotherWorkspace(t *testing.T) {
	p := person.New(t, "backup")
	p.Open()
	p.AwaitCards(1)
	p.Drop(603, 363, things(t))
	p.AwaitCards(7)
	p.AwaitSaved()
	file := filepath.Join(t.TempDir(), "all.corkbackup")
	command(p, "back up everything")
	p.Type("correct horse battery")
	p.Key("Return")
	p.Type("correct horse battery")
	p.Key("Shift+Tab")
	p.Key("Shift+Tab")
	p.Key("Shift+Tab") // past the button beside it, to where it goes
	p.Key("Ctrl+a")
	p.Type(file)
	p.Keep("00-sheet")
	p.Key("Tab")
	p.Key("Tab")
	p.Key("Tab")
	p.Key("Return")
	p.Until("the backup is written", func() bool {
		info, err := os.Stat(file)
		return err == nil && info.Size() > 0
	})
	p.Keep("01-done")
	before := filepath.Join(t.TempDir(), "before")
	_, _, err := p.Run("export", "home", before, "--format", "jsoncanvas")
	p.Must(err)

	command(p, "restore a backup")
	p.Type(file)
	p.Key("Return")
	p.Type("correct horse battery")
	p.Keep("02-restore")
	p.Key("Return")
	p.Until("the first program has ended", p.Program.Ended)

	back := *p
	back.Profile = filepath.Join(p.Profile+".home", ".config", "corkboard-workspaces", "Restored")
	p.Until("the other window is there", func() bool {
		w, err := p.X.Find(func(w x11.Window) bool { return w.PID != 0 && w.PID != p.Program.PID })
		back.Window = w
		return err == nil
	})
	t.Cleanup(func() {
		back.Must(back.X.End(back.Window))
		back.Until("it has closed", func() bool {
			_, err := back.X.Find(x11.ByPID(back.Window.PID))
			return err != nil
		})
	})
	back.AwaitCards(7)
	prog.Shot(t, p.X, "backup-03-restored")
	after := filepath.Join(t.TempDir(), "after")
	_, _, err = back.Run("export", "home", after, "--format", "jsoncanvas")
	back.Must(err)
	sameFiles(t, folderOf(p, after), folderOf(p, before))
}
