package app

import (
	"slices"
	"strings"
	"time"

	"corkboard/identity"
	"corkboard/net/node"
	"corkboard/net/wire"
)

// maxMet bounds what is remembered of where others were reached.
const maxMet = 64

// met is where somebody was reached, as it is kept on this device.
type met struct {
	Address string
	Device  string // "" for one who did not say
	At      int64  // ms since 1970 UTC
}

// addressBook is what the network remembers between starts.
type addressBook struct{ a *App }

// Load implements node.Addresses.
func (b addressBook) Load() []node.Met {
	var out []node.Met
	for _, m := range b.a.Device().Met {
		device, _ := identity.ParseDeviceID(m.Device)
		out = append(out, node.Met{Address: wire.Address(m.Address), Device: device, At: time.UnixMilli(m.At)})
	}
	return out
}

// Save implements node.Addresses.
func (b addressBook) Save(m node.Met) {
	if strings.HasPrefix(string(m.Address), folderScheme) {
		return // new at each start
	}
	kept := met{Address: string(m.Address), At: m.At.UnixMilli()}
	if m.Device != (identity.DeviceID{}) {
		kept.Device = m.Device.String()
	}
	b.a.UpdateDevice(func(d *Device) {
		list := slices.DeleteFunc(slices.Clone(d.Met), func(old met) bool { return old.Address == kept.Address })
		d.Met = append([]met{kept}, list[:min(len(list), maxMet-1)]...)
	})
}
