package app

import (
	"maps"
	"slices"

	"corkboard/board"
	"corkboard/doc"
)

// Device is what the program remembers on this device between runs. It is
// never shared.
type Device struct {
	Current doc.ID                  // the board that was shown last
	Window  struct{ W, H float64 }  // pixels
	Cameras map[string]board.Camera // by document id; never nil
	Theme   string                  // "system", "light" or "dark"
	Scale   int                     // of the interface, in percent
	Motion  string                  // one of the Motion words

	Language string `json:",omitempty"` // of the window: "en", "de"; "" follows the system

	Snap        bool // cards snap to the grid
	Guides      bool // and to each other
	Grid        bool // is shown
	Minimap     bool // is shown
	WheelZooms  bool // the wheel zooms, with Mod it pans
	NoPlainKeys bool // letters do nothing without Mod or Alt

	Welcome string `json:",omitempty"` // whether a new profile was greeted: WelcomeDue, WelcomeSeen; "" for older ones

	Recent []Recent `json:",omitempty"` // what was looked at last, newest first

	Threads map[doc.ID]int64 `json:",omitempty"` // by thread: its newest message that was seen, ms since 1970 UTC; never changed in place

	Offers   []offer  `json:",omitempty"` // invitations that wait, oldest first
	Declined []string `json:",omitempty"` // those that were declined, by record, oldest first
	Met      []met    `json:",omitempty"` // where others were reached, newest first

	Delivered []string `json:",omitempty"` // invitations of this person that have come there, by record, oldest first
	Blocked   []Person `json:",omitempty"` // of whom nothing is wanted
	Invisible bool     `json:",omitempty"` // others are told nothing of what is done here

	Folders []string `json:",omitempty"` // by which others are met as well, as they were named

	BackedUp int64 `json:",omitempty"` // when a backup of all was made last, ms since 1970 UTC; 0: never
}

// How much may move.
const (
	MotionSystem = "system" // as the desktop says
	MotionLess   = "less"   // nothing moves by itself
	MotionFull   = "full"
)

// The interface is never smaller or larger, in percent.
const (
	MinScale = 70
	MaxScale = 200
)

// What Device.Welcome says. A profile that was made before there was a welcome has
// none.
const (
	WelcomeDue  = "due"
	WelcomeSeen = "seen"
)

// Recent is a document that was looked at.
type Recent struct {
	ID    doc.ID
	Kind  string
	Title string // as it was then
}

// maxRecent bounds how many are remembered.
const maxRecent = 30

// Looked remembers that a document was looked at.
func (d *Device) Looked(r Recent) {
	d.Recent = slices.DeleteFunc(slices.Clone(d.Recent), func(o Recent) bool { return o.ID == r.ID })
	d.Recent = append([]Recent{r}, d.Recent[:min(len(d.Recent), maxRecent-1)]...)
}

func defaultDevice() Device {
	return Device{Cameras: map[string]board.Camera{}, Theme: "system", Scale: 100, Motion: MotionSystem, Snap: true, Guides: true}
}

// repaired puts right what a file says that no version has written.
func (d *Device) repaired() {
	if d.Cameras == nil {
		d.Cameras = map[string]board.Camera{}
	}
	switch d.Theme {
	case "system", "light", "dark":
	default:
		d.Theme = "system"
	}
	switch d.Motion {
	case MotionSystem, MotionLess, MotionFull:
	default:
		d.Motion = MotionSystem
	}
	if d.Scale < MinScale || d.Scale > MaxScale {
		d.Scale = 100
	}
}

// Device is a copy of what the program remembers.
func (a *App) Device() (d Device) {
	a.device.look(func(now *Device) {
		d = *now
		d.Cameras = maps.Clone(d.Cameras)
	})
	return d
}

// UpdateDevice changes it and returns at once; the file follows soon. change
// must not call the App.
func (a *App) UpdateDevice(change func(*Device)) { a.device.change(change) }
