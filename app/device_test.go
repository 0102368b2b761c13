package app

import (
	"os"
	"path/filepath"
	"testing"

	"corkboard/board"
)

func TestDeviceIsRemembered(t *testing.T) {
	dir := t.TempDir()
	a := openTest(t, dir)
	d := a.Device()
	if !d.Snap || !d.Guides || d.Grid || d.Minimap || d.WheelZooms || d.NoPlainKeys || d.Theme != "system" || d.Scale != 100 || d.Motion != MotionSystem || d.Cameras == nil {
		t.Fatalf("defaults are %+v", d)
	}
	camera := board.Camera{Origin: board.Point{X: 3, Y: -4}, Zoom: 1.5}
	a.UpdateDevice(func(d *Device) {
		d.Current, d.Snap, d.Theme, d.Window.W = a.Home(), false, "dark", 1280
		d.Cameras["x"] = camera
		d.Scale, d.Motion = 150, MotionLess
		d.Guides, d.Grid, d.Minimap, d.WheelZooms, d.NoPlainKeys = false, true, true, true, true
	})
	a.Device().Cameras["y"] = camera // of a copy
	closeTest(t, a)
	a.UpdateDevice(func(d *Device) { d.Theme = "light" }) // too late
	closeTest(t, a)

	d = openTest(t, dir).Device()
	if d.Scale != 150 || d.Motion != MotionLess {
		t.Errorf("remembered %+v", d)
	}
	if d.Guides || !d.Grid || !d.Minimap || !d.WheelZooms || !d.NoPlainKeys {
		t.Errorf("remembered %+v", d)
	}
	if d.Current != a.Home() || d.Snap || d.Theme != "dark" || d.Window.W != 1280 || d.Cameras["x"] != camera || len(d.Cameras) != 1 {
		t.Errorf("remembered %+v", d)
	}
}

func TestBrokenDeviceFileIsPutAside(t *testing.T) {
	for name, content := range map[string]string{"no JSON": "{\"Snap\":", "wrong type": `{"Snap":"yes"}`, "empty": ""} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			closeTest(t, openTest(t, dir))
			path := filepath.Join(dir, deviceName)
			must(t, os.WriteFile(path, []byte(content), 0o600))
			d := openTest(t, dir).Device()
			if !d.Snap || d.Theme != "system" || d.Cameras == nil {
				t.Errorf("got %+v", d)
			}
			kept, err := os.ReadFile(path + ".bad")
			if err != nil || string(kept) != content {
				t.Errorf("kept %q, %v", kept, err)
			}
		})
	}
}

func TestStrangeDeviceValuesAreRepaired(t *testing.T) {
	path := write(t, deviceName, []byte(`{"Theme":"pink","Cameras":null}`))
	d := defaultDevice()
	err := readKept(path, &d)
	d.repaired()
	if err != nil || d.Theme != "system" || d.Cameras == nil || !d.Snap || !d.Guides {
		t.Errorf("got %+v, %v", d, err)
	}
}

func TestDeviceFileOfNoVersionIsPutRight(t *testing.T) {
	dir := t.TempDir()
	closeTest(t, openTest(t, dir))
	must(t, os.WriteFile(filepath.Join(dir, deviceName), []byte(`{"Scale":9000,"Motion":"wild","Theme":"pink"}`), 0o600))
	if d := openTest(t, dir).Device(); d.Scale != 100 || d.Motion != MotionSystem || d.Theme != "system" {
		t.Errorf("got %+v", d)
	}
}
