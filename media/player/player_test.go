package player

import (
	"encoding/binary"
	"errors"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"corkboard/media/sound"
)

// onFile makes ALSA's default device one that writes what it is given to a file, for this
// test alone, and gives that file. It skips where ALSA is not.
func onFile(t *testing.T) string {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("there is no ALSA")
	}
	dir := t.TempDir()
	out, conf := filepath.Join(dir, "played.raw"), filepath.Join(dir, "asound.conf")
	in := filepath.Join(dir, "spoken.raw")
	if err := os.WriteFile(in, tone(24000, 4), 0o600); err != nil {
		t.Fatal(err)
	}
	text := "pcm.!default { type plug slave { rate 48000 channels 2 format S16_LE pcm { type file file \"" + out + "\" infile \"" + in + "\" format raw slave.pcm { type null } } } }\n"
	if err := os.WriteFile(conf, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("ALSA_CONFIG_PATH", conf)
	t.Setenv("PULSE_SERVER", filepath.Join(dir, "nobody"))
	return out
}

// tone is 440 Hz as 16 bits in one channel.
func tone(rate, seconds int) []byte {
	var out []byte
	for i := range rate * seconds {
		out = binary.LittleEndian.AppendUint16(out, uint16(int16(12000*math.Sin(2*math.Pi*440*float64(i)/float64(rate)))))
	}
	return out
}

func wav(t *testing.T, seconds int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "tone.wav")
	if err := os.WriteFile(path, append(headOf(int64(RecordRate*seconds)), tone(RecordRate, seconds)...), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// reached waits until the player is as it should be.
func reached(t *testing.T, p *Player, what string, is func(State) bool) State {
	t.Helper()
	for until := time.Now().Add(20 * time.Second); time.Now().Before(until); time.Sleep(5 * time.Millisecond) {
		if s := p.State(); is(s) {
			return s
		}
	}
	t.Fatalf("%s: %+v", what, p.State())
	return State{}
}

func newPlayer(t *testing.T) *Player {
	p := New(Options{})
	t.Cleanup(p.Close)
	return p
}

// rises counts how often the first of two channels of 16 bits rises through zero.
func rises(t *testing.T, path string) (n, frames int) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	last := int16(0)
	for i := 0; i+4 <= len(b); i += 4 {
		x := int16(binary.LittleEndian.Uint16(b[i:]))
		if x > 0 && last <= 0 {
			n++
		}
		last = x
	}
	return n, len(b) / 4
}

func TestWhatIsPlayedReachesTheDevice(t *testing.T) {
	out := onFile(t)
	p := newPlayer(t)
	began := time.Now()
	p.Toggle("a", wav(t, 1))
	reached(t, p, "it plays", func(s State) bool { return s.Playing && s.ID == "a" && s.Total == time.Second })
	reached(t, p, "it ends", func(s State) bool { return !s.Playing && s.At == 0 && s.Err == nil })
	if took := time.Since(began); took < 600*time.Millisecond {
		t.Errorf("one second of sound took %v on a device that takes all at once", took)
	}
	p.Close()
	if n, frames := rises(t, out); n < 430 || n > 450 {
		t.Errorf("a tone of 440 rises in its second rose %d times in %d frames", n, frames)
	}
}

func TestOnlyOnePlaysAndStopsWhereItIs(t *testing.T) {
	onFile(t)
	p := newPlayer(t)
	a, b := wav(t, 30), wav(t, 30)
	p.Toggle("a", a)
	reached(t, p, "the first plays", func(s State) bool { return s.ID == "a" && s.Playing && s.At > 0 })
	p.Toggle("b", b)
	reached(t, p, "the second plays instead", func(s State) bool { return s.ID == "b" && s.Playing })
	p.Seek("b", b, 0.5)
	reached(t, p, "it goes to its middle", func(s State) bool { return s.Playing && s.At >= 15*time.Second })
	p.Toggle("b", b)
	s := reached(t, p, "it stands", func(s State) bool { return !s.Playing })
	if s.At < 15*time.Second || s.At > 20*time.Second {
		t.Errorf("it stands at %v", s.At)
	}
	p.Seek("b", b, 0.1)
	reached(t, p, "it stands elsewhere", func(s State) bool { return !s.Playing && s.At == 3*time.Second })
	p.SetVolume(0.25)
	reached(t, p, "it is softer", func(s State) bool { return s.Volume == 0.25 })
}

func TestNoDevice(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("there is no ALSA")
	}
	onFile(t)
	t.Setenv("ALSA_CONFIG_PATH", filepath.Join(t.TempDir(), "none"))
	p := newPlayer(t)
	p.Toggle("a", wav(t, 1))
	reached(t, p, "no device", func(s State) bool { return errors.Is(s.Err, ErrNoDevice) && !s.Playing })
	if _, err := Record(filepath.Join(t.TempDir(), "note.wav")); !errors.Is(err, ErrNoMicrophone) {
		t.Errorf("recording: %v", err)
	}
}

func TestWhatCannotBePlayed(t *testing.T) {
	p := newPlayer(t)
	path := filepath.Join(t.TempDir(), "x")
	if err := os.WriteFile(path, []byte("no sound at all"), 0o600); err != nil {
		t.Fatal(err)
	}
	p.Toggle("x", path)
	reached(t, p, "unsupported", func(s State) bool { return errors.Is(s.Err, sound.ErrUnsupported) && s.ID == "x" })
	p.Toggle("y", filepath.Join(t.TempDir(), "none"))
	reached(t, p, "not there", func(s State) bool { return errors.Is(s.Err, os.ErrNotExist) && s.ID == "y" })
}

func TestRecording(t *testing.T) {
	onFile(t)
	path := filepath.Join(t.TempDir(), "note.wav")
	r, err := Record(path)
	if err != nil {
		t.Fatal(err)
	}
	for until := time.Now().Add(20 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		if n, _ := r.Now(); n > 300*time.Millisecond {
			break
		}
		if time.Now().After(until) {
			t.Fatal("nothing is recorded")
		}
	}
	if err := r.Stop(); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	s, err := sound.Open(f, info.Size())
	if n, _ := r.Now(); err != nil || s.Duration() != n || s.Rate != RecordRate {
		t.Fatalf("%+v, recorded %v, %v", s, n, err)
	}
	buf, peak := make([]float32, RecordRate/4), float32(0)
	n, err := s.Read(buf)
	for _, x := range buf[:n] {
		peak = max(peak, x)
	}
	if err != nil || peak < 0.2 {
		t.Errorf("the loudest moment of what was spoken is %v, %v", peak, err)
	}
}
