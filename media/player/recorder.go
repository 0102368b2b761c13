package player

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"time"
)

// What is recorded: speech, in one channel of 16 bits.
const (
	RecordRate = 24000 // frames a second
	RecordMost = 30 * time.Minute
	wavHead    = 44 // bytes
)

// Recorder records from the system's default microphone into a WAV file. Its methods may be
// called on any goroutine but the UI's: they wait for the device.
type Recorder struct {
	path string
	dev  *device
	full chan struct{}

	mu     sync.Mutex
	file   *os.File
	to     *bufio.Writer
	frames int64
	pace   pace
	peak   float64 // of the newest samples, 0 to 1
	err    error
}

// Record begins to record into a new file. After RecordMost, or when the microphone goes
// away, Full is closed and nothing more is taken. Errors: ErrNoMicrophone, those of the file.
func Record(path string) (*Recorder, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("recording: %w", err)
	}
	r := &Recorder{path: path, file: f, pace: pace{rate: RecordRate}, to: bufio.NewWriter(f), full: make(chan struct{})}
	_, err = r.to.Write(headOf(0))
	if err == nil {
		var once sync.Once
		end := func() { once.Do(func() { close(r.full) }) }
		form := form{capture: true, rate: RecordRate, channels: 1}
		r.dev, err = openDevice(form, func(_, in []byte) {
			enough, wait := r.take(in)
			if enough {
				end()
			}
			time.Sleep(wait)
		}, end)
	}
	if err != nil {
		_, _ = f.Close(), os.Remove(path) // the first error counts
		if errors.Is(err, ErrNoDevice) {
			return nil, fmt.Errorf("%w: %w", ErrNoMicrophone, err)
		}
		return nil, fmt.Errorf("recording: %w", err)
	}
	return r, nil
}

// take keeps samples. enough says that no more are wanted, wait how long the device is to be
// held back.
func (r *Recorder) take(in []byte) (enough bool, wait time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	most := int64(RecordMost / time.Second * RecordRate)
	in = in[:min(int64(len(in)/2), most-r.frames)*2]
	if r.err != nil || len(in) == 0 {
		return true, hasty
	}
	peak := 0
	out := make([]byte, 0, len(in))
	for i := 0; i < len(in); i += 2 {
		x := int16(binary.NativeEndian.Uint16(in[i:]))
		peak = max(peak, int(x), -int(x))
		out = binary.LittleEndian.AppendUint16(out, uint16(x))
	}
	if _, err := r.to.Write(out); err != nil {
		r.err = fmt.Errorf("recording: %w", err)
		return true, hasty
	}
	r.frames, r.peak = r.frames+int64(len(in)/2), float64(peak)/(1<<15)
	return r.frames >= most, r.pace.passed(len(in)/2, time.Now())
}

// Full is closed when nothing more is recorded.
func (r *Recorder) Full() <-chan struct{} { return r.full }

// Now is how much is recorded and how loud it is now, from 0 to 1. At once.
func (r *Recorder) Now() (length time.Duration, loud float64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return time.Duration(r.frames) * time.Second / RecordRate, r.peak
}

// Stop ends the recording; the file is whole then. Call it once.
func (r *Recorder) Stop() error {
	r.dev.close()
	r.mu.Lock()
	defer r.mu.Unlock()
	err := r.err
	if e := r.to.Flush(); err == nil {
		err = e
	}
	if err == nil {
		_, err = r.file.Seek(0, io.SeekStart)
	}
	if err == nil {
		_, err = r.file.Write(headOf(r.frames))
	}
	if e := r.file.Close(); err == nil {
		err = e
	}
	if err != nil {
		return fmt.Errorf("ending a recording: %w", err)
	}
	return nil
}

// headOf is the head of a WAV file of so many frames.
func headOf(frames int64) []byte {
	const width = 2
	le, size := binary.LittleEndian, uint32(frames*width)
	b := append([]byte(nil), "RIFF"...)
	b = le.AppendUint32(b, wavHead-8+size)
	b = append(b, "WAVEfmt "...)
	b = le.AppendUint32(b, 16)
	b = le.AppendUint16(b, 1) // whole numbers
	b = le.AppendUint16(b, 1) // channel
	b = le.AppendUint32(b, RecordRate)
	b = le.AppendUint32(b, RecordRate*width)
	b = le.AppendUint16(b, width)
	b = le.AppendUint16(b, 8*width)
	b = append(b, "data"...)
	return le.AppendUint32(b, size)
}
