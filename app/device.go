package app

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

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

	Snap        bool // cards snap to the grid
	Guides      bool // and to each other
	Grid        bool // is shown
	Minimap     bool // is shown
	WheelZooms  bool // the wheel zooms, with Mod it pans
	NoPlainKeys bool // letters do nothing without Mod or Alt

	Recent []Recent `json:",omitempty"` // what was looked at last, newest first

	Offers   []offer  `json:",omitempty"` // invitations that wait, oldest first
	Declined []string `json:",omitempty"` // those that were declined, by record, oldest first
	Met      []met    `json:",omitempty"` // where others were reached, newest first
}

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
	return Device{Cameras: map[string]board.Camera{}, Theme: "system", Snap: true, Guides: true}
}

const (
	deviceDelay = 500 * time.Millisecond
	maxDevice   = 8 << 20 // bytes of device.json
)

// deviceFile keeps a Device in a file that is replaced whole, some time after
// each change.
type deviceFile struct {
	path     string
	readOnly bool
	log      *slog.Logger

	writing sync.Mutex // one writer; taken before mu
	mu      sync.Mutex
	now     Device
	dirty   bool
	timer   *time.Timer
}

// openDevice reads the file. A missing one gives the defaults; a broken one,
// too, and is kept beside as …bad.
func openDevice(path string, readOnly bool, log *slog.Logger) *deviceFile {
	f := &deviceFile{path: path, readOnly: readOnly, log: log, now: defaultDevice()}
	d, err := readDevice(path)
	switch {
	case err == nil:
		f.now = d
	case os.IsNotExist(err):
	case readOnly:
		log.Warn("device settings cannot be read", "error", err)
	default:
		log.Warn("device settings are broken and were put aside", "error", err)
		if err := os.Rename(path, path+".bad"); err != nil {
			log.Warn("broken device settings could not be put aside", "error", err)
		}
	}
	return f
}

func readDevice(path string) (Device, error) {
	f, err := os.Open(path)
	if err != nil {
		return Device{}, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxDevice))
	if err != nil {
		return Device{}, err
	}
	d := defaultDevice()
	if err := json.Unmarshal(b, &d); err != nil {
		return Device{}, err
	}
	if d.Cameras == nil {
		d.Cameras = map[string]board.Camera{}
	}
	switch d.Theme {
	case "system", "light", "dark":
	default:
		d.Theme = "system"
	}
	return d, nil
}

// Device is a copy of what the program remembers.
func (a *App) Device() Device {
	f := a.device
	f.mu.Lock()
	defer f.mu.Unlock()
	d := f.now
	d.Cameras = maps.Clone(d.Cameras)
	return d
}

// UpdateDevice changes it and returns at once; the file follows soon. change
// must not call the App.
func (a *App) UpdateDevice(change func(*Device)) {
	f := a.device
	f.mu.Lock()
	defer f.mu.Unlock()
	change(&f.now)
	if f.readOnly {
		return
	}
	f.dirty = true
	if f.timer == nil {
		f.timer = time.AfterFunc(deviceDelay, func() {
			if err := f.flush(); err != nil {
				f.log.Warn("device settings could not be saved", "error", err)
			}
		})
	}
}

// flush writes the file now if there is something new.
func (f *deviceFile) flush() error {
	f.writing.Lock()
	defer f.writing.Unlock()
	f.mu.Lock()
	if f.timer != nil {
		f.timer.Stop()
		f.timer = nil
	}
	if !f.dirty || f.readOnly {
		f.mu.Unlock()
		return nil
	}
	f.dirty = false
	b, err := json.MarshalIndent(f.now, "", "  ")
	f.mu.Unlock()
	if err == nil {
		err = replaceFile(f.path, b)
	}
	if err != nil {
		f.mu.Lock()
		f.dirty = true
		f.mu.Unlock()
		return fmt.Errorf("saving the device settings: %w", err)
	}
	return nil
}

// close writes what is new and never writes again: the profile may soon belong
// to another process.
func (f *deviceFile) close() error {
	err := f.flush()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.readOnly = true
	return err
}

// replaceFile writes a file under another name first, so that there is always
// a whole one.
func replaceFile(path string, b []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // does nothing after the rename
	_, err = f.Write(b)
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
