package player

import (
	"errors"
	"fmt"
	"sync"

	"github.com/gen2brain/malgo"

	"corkboard/media/sound"
)

// The errors of this package, wrapped with what was being done.
var (
	// ErrNoDevice: this machine has nothing to play with.
	ErrNoDevice = errors.New("no sound device")
	// ErrNoMicrophone: this machine has nothing to record with.
	ErrNoMicrophone = errors.New("no microphone")
	// ErrLost: the device went away while it was in use.
	ErrLost = errors.New("sound device is gone")
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

// form is what samples are like on the way to or from a device, which converts them to its
// own form.
type form struct {
	kind     malgo.DeviceType
	format   malgo.FormatType
	rate     int
	channels int
}

// openDevice opens the system's default device and starts it: data is called on a thread of
// the device, stopped when it ends by itself. ErrNoDevice.
func openDevice(f form, data malgo.DataProc, stopped func()) (*device, error) {
	c := malgo.DefaultDeviceConfig(f.kind)
	c.SampleRate = uint32(f.rate)
	c.Playback.Format, c.Playback.Channels = f.format, uint32(f.channels)
	c.Capture.Format, c.Capture.Channels = f.format, uint32(f.channels)
	var last error
	for _, b := range backends {
		context, err := malgo.InitContext([]malgo.Backend{b}, malgo.ContextConfig{}, nil)
		if err != nil {
			continue // the system has no such thing
		}
		d, err := malgo.InitDevice(context.Context, c, malgo.DeviceCallbacks{Data: data, Stop: stopped})
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

// formOf is what a sound file holds.
func formOf(s *sound.Stream) form {
	return form{kind: malgo.Playback, format: malgo.FormatF32, rate: s.Rate, channels: s.Channels}
}
