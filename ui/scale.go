package ui

import (
	"fmt"
	"os"
	"strconv"

	"fyne.io/fyne/v2"

	"corkboard/app"
)

// scaleSteps are the sizes of the interface that a person can choose, in
// percent. The toolkit draws in tenths: what lies between them would be rounded.
var scaleSteps = []int{70, 80, 90, 100, 110, 120, 130, 150, 170, 200}

// scaleEnv is where the toolkit looks for the size each time that settings change.
const scaleEnv = "FYNE_SCALE"

// scaleBase is the size that was wanted of the toolkit before this program said
// anything: of the environment, else of the toolkit's own settings.
func scaleBase(f fyne.App) float64 {
	if v, err := strconv.ParseFloat(os.Getenv(scaleEnv), 64); err == nil && v > 0 {
		return v
	}
	if v := f.Settings().Scale(); v > 0 {
		return float64(v)
	}
	return 1
}

// useScale makes the toolkit draw everything in a size, from the next change of
// its settings on; 100 of a base of 1 leaves the environment as it is.
func useScale(base float64, percent int) {
	if scale := base * float64(percent) / 100; scale != 1 || os.Getenv(scaleEnv) != "" {
		_ = os.Setenv(scaleEnv, strconv.FormatFloat(scale, 'f', 2, 64))
	}
}

// setScale draws the whole interface larger or smaller, at once. The window
// keeps its place on the screen; board units do not change.
func (w *Window) setScale(percent int) {
	w.app.UpdateDevice(func(d *app.Device) { d.Scale = percent })
	c := w.win.Canvas()
	size, was := c.Size(), c.Scale()
	useScale(w.scaleBase, percent)
	w.fyne.Settings().SetTheme(w.fyne.Settings().Theme()) // the toolkit looks at its settings
	if now := c.Scale(); now != was {
		k := was / now
		w.win.Resize(fyne.NewSize(size.Width*k, size.Height*k))
	}
	w.themed()
}

func percentWords(percent int) string { return fmt.Sprintf("%d %%", percent) }
