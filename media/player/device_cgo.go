//go:build cgo

package player

import (
	"fmt"
	"sync"

	"github.com/gen2brain/malgo"
)

// backends are tried in this order, as far as the system has them. The one that plays to
// nobody is left out: silence is to be told, not played.
var backends = []malgo.Backend{
	malgo.BackendWasapi, malgo.BackendDsound, malgo.BackendWinmm, malgo.BackendCoreaudio,
	malgo.BackendPulseaudio, malgo.BackendAlsa,
	malgo.BackendSndio, malgo.BackendAudio4, malgo.BackendOss,
}

// device is one that is open and running.
type device struct {
	context *malgo.AllocatedContext
	device  *malgo.Device
	once    sync.Once
}

// openDevice opens the system's default device and starts it: data is called on a thread of
// the device, stopped when it ends by itself. ErrNoDevice.
func openDevice(f form, data transfer, stopped func()) (*device, error) {
	kind := malgo.Playback
	if f.capture {
		kind = malgo.Capture
	}
	c := malgo.DefaultDeviceConfig(kind)
	c.SampleRate = uint32(f.rate)
	c.Playback.Format, c.Playback.Channels = malgo.FormatF32, uint32(f.channels)
	c.Capture.Format, c.Capture.Channels = malgo.FormatS16, uint32(f.channels)
	calls := malgo.DeviceCallbacks{Data: func(out, in []byte, _ uint32) { data(out, in) }, Stop: stopped}
	var last error
	for _, b := range backends {
		context, err := malgo.InitContext([]malgo.Backend{b}, malgo.ContextConfig{}, nil)
		if err != nil {
			continue // the system has no such thing
		}
		d, err := malgo.InitDevice(context.Context, c, calls)
		if err == nil {
			if err = d.Start(); err == nil {
				return &device{context: context, device: d}, nil
			}
			d.Uninit()
		}
		last = err
		closeContext(context)
	}
	if last == nil {
		return nil, ErrNoDevice
	}
	return nil, fmt.Errorf("%w: %w", ErrNoDevice, last)
}

// close stops the device and waits until data is not called any more.
func (d *device) close() {
	d.once.Do(func() {
		d.device.Uninit()
		closeContext(d.context)
	})
}

func closeContext(c *malgo.AllocatedContext) {
	_ = c.Uninit() // there is nobody to tell
	c.Free()
}
