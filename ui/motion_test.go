package ui

import (
	"os"
	"path/filepath"
	"testing"

	"corkboard/app"
)

func TestMotionIsReducedAtOnceAndStays(t *testing.T) {
	d := newDesk(t)
	d.w.setMotion(app.MotionLess)
	if !d.w.env.Still || !d.w.board.Session.NoGlide || d.device().Motion != app.MotionLess {
		t.Error("the board still glides")
	}
	d.w.show()
	if !d.w.board.Session.NoGlide {
		t.Error("a board that is opened later glides")
	}
	d.w.setMotion(app.MotionFull)
	if d.w.env.Still || d.w.board.Session.NoGlide {
		t.Error("the board does not glide again")
	}
}

func TestMotionFollowsWhatTheDesktopWroteDown(t *testing.T) {
	for name, c := range map[string]struct {
		file, text string
		want       bool
	}{
		"nothing":   {"", "", false},
		"gtk off":   {"gtk-3.0/settings.ini", "[Settings]\ngtk-theme-name=x\ngtk-enable-animations = false\n", true},
		"gtk 0":     {"gtk-4.0/settings.ini", "[Settings]\ngtk-enable-animations=0\n", true},
		"gtk on":    {"gtk-4.0/settings.ini", "[Settings]\ngtk-enable-animations=true\n", false},
		"kde off":   {"kdeglobals", "[KDE]\nAnimationDurationFactor=0\n", true},
		"kde quick": {"kdeglobals", "[KDE]\nAnimationDurationFactor=0.5\n", false},
		"no lines":  {"kdeglobals", "\x00\xff=", false},
	} {
		dir := t.TempDir()
		if c.file != "" {
			path := filepath.Join(dir, c.file)
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if got := systemStill(dir); got != c.want {
			t.Errorf("%s: still is %v", name, got)
		}
	}
}
