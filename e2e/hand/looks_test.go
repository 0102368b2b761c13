package hand

import "testing"

// The main stations once more: in the dark, at twice the scale.
func TestLooks(t *testing.T) {
	t.Setenv("FYNE_SCALE", "2")
	h := newHand(t, "hand-dark", "dark")
	defer h.strip.save(h)
	h.away()
	h.shows("all", func() { h.Key("Shift+1") })
	h.shows("selected", func() { h.Key("Ctrl+a") })
	h.Key("Escape")
	h.opensAndCloses("help", func() { h.Key("?") })
	h.opensAndCloses("commands", func() { h.Key("Ctrl+Shift+p") })
	h.opensAndCloses("settings", func() { h.Key("Ctrl+,") })
	h.opensAndCloses("board-menu", func() { h.RightClick(500, 20) })
	h.Reacts(func() { h.Key("Ctrl+f") })
	h.shows("find", func() { h.Type("note 33") })
	h.Key("Return")
	h.shows("found", func() { h.Key("Escape") })
	h.opensAndCloses("card-menu", func() { h.Key("Shift+F10") })
	h.gesture("lock", each([]string{"Note 33"}, func(_, now card) verdict { return isLocked(now, true) }),
		func() { h.Key("Ctrl+Shift+l") })
	h.shot("locked")
	h.Key("Escape")
	h.shows("minimap", func() { h.Key("m") })
	h.shows("grid", func() { h.Key("g") })
	h.shows("quiet", func() { h.Key("Ctrl+.") })
}
