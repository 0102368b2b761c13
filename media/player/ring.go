package player

import (
	"encoding/binary"
	"math"
	"sync"
	"time"
)

// ahead is how much sound is decoded before it is played.
const ahead = 400 * time.Millisecond

// tail is the part of a second of silence that a device takes before it is stopped: what
// it took before may still be on its way.
const tail = 5

// ring is the sound between a decoder and a device.
type ring struct {
	rate, channels int

	mu     sync.Mutex
	buf    []float32
	from   int // of what is to be played
	have   int // samples
	ended  bool
	volume float32
	played int64 // frames of sound, since it began
	pace   pace

	out chan struct{} // one token: all is played, and the device had time to be heard
}

func newRing(rate, channels int, volume float64) *ring {
	n := int(int64(rate)*int64(ahead)/int64(time.Second)) * channels
	return &ring{rate: rate, channels: channels, pace: pace{rate: rate}, buf: make([]float32, n), volume: float32(volume), out: make(chan struct{}, 1)}
}

// room is how many samples can be put.
func (r *ring) room() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.buf) - r.have
}

// put adds samples, for which there is room.
func (r *ring) put(samples []float32) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, x := range samples {
		r.buf[(r.from+r.have)%len(r.buf)] = x
		r.have++
	}
}

// end says that nothing more comes.
func (r *ring) end() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ended = true
}

func (r *ring) loudness(volume float64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.volume = float32(volume)
}

// frames is how many were played.
func (r *ring) frames() int64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.played
}

// take fills out, float32 as bytes, for the device, with silence where there is nothing.
// It is called on the device's thread.
func (r *ring) take(out []byte) {
	time.Sleep(r.fill(out))
}

// fill gives what there is and tells how long the device is to be held back.
func (r *ring) fill(out []byte) time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := min(len(out)/4, r.have)
	n -= n % r.channels
	for i := range n {
		x := r.buf[(r.from+i)%len(r.buf)] * r.volume
		binary.NativeEndian.PutUint32(out[4*i:], math.Float32bits(x))
	}
	clear(out[4*n:])
	r.from, r.have, r.played = (r.from+n)%len(r.buf), r.have-n, r.played+int64(n/r.channels)
	wait := r.pace.passed(len(out)/4/r.channels, time.Now())
	if n == 0 && r.ended && r.pace.frames-r.played > int64(r.rate)/tail {
		select {
		case r.out <- struct{}{}:
		default:
		}
	}
	return wait
}
