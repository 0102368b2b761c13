package solo

import (
	"path/filepath"
	"testing"

	"corkboard/e2e/person"
	"corkboard/e2e/prog"
	"corkboard/e2e/x11"
)

// TestSwitchToANewWorkspaceLosesNothing writes a note and goes elsewhere at once.
func TestSwitchToANewWorkspaceLosesNothing(t *testing.T) {
	p := person.New(t, "spaces")
	p.Open()
	p.Begins(2, func() { p.DoubleClick(1263, 103) })
	p.Type("Milk")
	p.Key("Escape")
	p.Key("Ctrl+Shift+p")
	p.Type("workspace new")
	p.Keep("00-palette")
	p.Changes(func() { p.Key("Return") })
	p.Type("Club")
	p.Keep("01-new")
	p.Key("Return")
	p.Until("the first program has ended", p.Program.Ended)

	club := *p
	club.Profile = filepath.Join(p.Profile+".home", ".config", "corkboard-workspaces", "Club")
	p.Until("the other window is there", func() bool {
		w, err := p.X.Find(func(w x11.Window) bool { return w.PID != 0 && w.PID != p.Program.PID })
		club.Window = w
		return err == nil
	})
	t.Cleanup(func() {
		club.Must(club.X.End(club.Window))
		club.Until("it has closed", func() bool {
			_, err := club.X.Find(x11.ByPID(club.Window.PID))
			return err != nil
		})
	})
	club.AwaitCards(1)
	prog.Shot(t, p.X, "spaces-02-club")
	if text := p.Exported()["Milk.md"]; text != "Milk" {
		t.Errorf("what was typed before the switch is %q", text)
	}
}
