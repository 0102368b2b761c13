package ui

import (
	"os"
	"testing"
)

func TestScaleIsTimesWhatTheToolkitWasTold(t *testing.T) {
	d := newDesk(t)
	t.Setenv(scaleEnv, "auto")
	if base := scaleBase(d.w.fyne); base != 1 {
		t.Errorf("the base is %v", base)
	}
	t.Setenv(scaleEnv, "1.5")
	d.w.scaleBase = scaleBase(d.w.fyne)
	for percent, want := range map[int]string{100: "1.50", 200: "3.00", 70: "1.05"} {
		d.w.setScale(percent)
		if got := os.Getenv(scaleEnv); got != want || d.device().Scale != percent {
			t.Errorf("%d %%: the toolkit is told %q and %d %% kept", percent, got, d.device().Scale)
		}
	}
}

func TestAHundredPercentLeavesTheEnvironmentAlone(t *testing.T) {
	t.Setenv(scaleEnv, "")
	useScale(1, 100)
	if got := os.Getenv(scaleEnv); got != "" {
		t.Errorf("it says %q", got)
	}
	useScale(1, 150)
	useScale(1, 100) // back
	if got := os.Getenv(scaleEnv); got != "1.00" {
		t.Errorf("it says %q", got)
	}
}

func TestChoicesKeepTheKeysWhereTheyWere(t *testing.T) {
	d := newDesk(t)
	t.Setenv(scaleEnv, "")
	for i, c := range d.w.lookChoices() {
		d.w.showSettingsAt(c.title)
		s, ok := d.w.win.Canvas().Focused().(*escSelect)
		if !ok {
			t.Fatalf("%s: %T has the keys", c.title, d.w.win.Canvas().Focused())
		}
		s.SetSelectedIndex(1)
		again, ok := d.w.win.Canvas().Focused().(*escSelect)
		if !ok || again == s || again.SelectedIndex() != 1 || !again.ring.Shown() {
			t.Errorf("%s is lost", c.title)
		}
		if d.w.lookChoices()[i].now != 1 {
			t.Errorf("%s is not kept", c.title)
		}
	}
}

func TestWhatGetsTheKeysIsScrolledIntoView(t *testing.T) {
	d := newDesk(t)
	d.w.showSettings()
	m, c := d.w.modal, d.w.win.Canvas()
	for range 3 {
		c.FocusPrevious() // from the end
	}
	if m.scroll.Offset.Y == 0 && m.scroll.Content.MinSize().Height > m.scroll.Size().Height {
		t.Errorf("%T has the keys and is out of view", c.Focused())
	}
}
