package player

import (
	"errors"

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

// form is what samples are like on the way to or from a device, which converts them to its
// own form.
type form struct {
	capture  bool // whole numbers of 16 bits from a microphone, else float32 to a loudspeaker
	rate     int
	channels int
}

// formOf is what a sound file holds.
func formOf(s *sound.Stream) form { return form{rate: s.Rate, channels: s.Channels} }

// transfer takes samples for a loudspeaker out of what is decoded, or keeps those of a
// microphone; one of the two is empty. It is called on a thread of the device.
type transfer func(out, in []byte)
