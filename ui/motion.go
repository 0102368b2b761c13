package ui

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"corkboard/app"
	"corkboard/ui/lang"
)

// motions are how much may move, as a person can choose.
var motions = []struct{ words, mode string }{
	{lang.Key("As the system"), app.MotionSystem}, {lang.Key("Reduced"), app.MotionLess}, {lang.Key("Full"), app.MotionFull},
}

// still reports whether nothing is to move by itself: the view jumps instead of
// gliding, pictures stand, the caret does not blink.
func still(mode string, f fyne.App) bool {
	switch mode {
	case app.MotionLess:
		return true
	case app.MotionFull:
		return false
	}
	if !f.Settings().ShowAnimations() {
		return true
	}
	config, err := os.UserConfigDir()
	return err == nil && systemStill(config)
}

// systemStill reads what the desktop has written down for programs: GNOME,
// KDE and Xfce keep one of these files. Without them motion is wanted.
func systemStill(config string) bool {
	for _, name := range []string{"gtk-4.0", "gtk-3.0"} {
		if value, ok := iniValue(filepath.Join(config, name, "settings.ini"), "gtk-enable-animations"); ok {
			return value == "0" || strings.EqualFold(value, "false")
		}
	}
	value, ok := iniValue(filepath.Join(config, "kdeglobals"), "AnimationDurationFactor")
	return ok && value == "0"
}

// iniLines bounds how much of a file is read.
const iniLines = 2000

// iniValue is the value of a key in a file of "key=value" lines.
func iniValue(path, key string) (value string, ok bool) {
	f, err := os.Open(path)
	if err != nil {
		return "", false
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for n := 0; n < iniLines && lines.Scan(); n++ {
		if name, value, found := strings.Cut(lines.Text(), "="); found && strings.TrimSpace(name) == key {
			return strings.TrimSpace(value), true
		}
	}
	return "", false
}

// setMotion changes how much moves, at once.
func (w *Window) setMotion(mode string) {
	w.env.Still = still(mode, w.fyne)
	w.set(func(d *app.Device) { d.Motion = mode })
}
