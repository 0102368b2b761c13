package solo

import (
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"corkboard/e2e/person"
	"corkboard/e2e/prog"
	"corkboard/e2e/x11"
	"corkboard/renderers/paint"
)

const soundRate = 44100

// song is a WAV file: as many seconds of 440 Hz, and then as many of 880.
func song(seconds float64) []byte {
	n := int(seconds * soundRate)
	var samples []byte
	for i := range 2 * n {
		pitch := 440.0
		if i >= n {
			pitch = 880
		}
		loud := 6000 + 8000*math.Abs(math.Sin(float64(i)/9000))
		samples = binary.LittleEndian.AppendUint16(samples, uint16(int16(loud*math.Sin(2*math.Pi*pitch*float64(i)/soundRate))))
	}
	le := binary.LittleEndian
	b := le.AppendUint32([]byte("RIFF"), uint32(36+len(samples)))
	b = le.AppendUint32(append(b, "WAVEfmt "...), 16)
	b = le.AppendUint32(b, 1|1<<16) // whole numbers, one channel
	b = le.AppendUint32(le.AppendUint32(b, soundRate), soundRate*2)
	b = le.AppendUint32(b, 2|16<<16)
	return append(le.AppendUint32(append(b, "data"...), uint32(len(samples))), samples...)
}

// loudspeaker is a file that ALSA's default device writes what it plays to: 16 bits, two
// channels, 48000 Hz. What the microphone hears comes from another.
type loudspeaker struct {
	p    *person.Person
	path string
}

func (l loudspeaker) size() int64 {
	info, err := os.Stat(l.path)
	if err != nil {
		return 0
	}
	return info.Size()
}

// heard counts how often what was played rises through zero, and how long it is.
func (l loudspeaker) heard() (rises int, length time.Duration) {
	b, err := os.ReadFile(l.path)
	l.p.Must(err)
	last := int16(0)
	for i := 0; i+4 <= len(b); i += 4 {
		x := int16(binary.LittleEndian.Uint16(b[i:]))
		if x > 0 && last <= 0 {
			rises++
		}
		last = x
	}
	return rises, time.Duration(len(b)/4) * time.Second / 48000
}

// listening makes a person with such a loudspeaker.
func listening(t *testing.T, more ...string) (*person.Person, loudspeaker) {
	t.Helper()
	dir := t.TempDir()
	out, in, conf := filepath.Join(dir, "out.raw"), filepath.Join(dir, "in.raw"), filepath.Join(dir, "asound.conf")
	text := fmt.Sprintf("pcm.!default { type plug slave { rate 48000 channels 2 format S16_LE pcm { type file file %q infile %q format raw slave.pcm { type null } } } }\n", out, in)
	for path, b := range map[string][]byte{conf: []byte(text), in: song(20)} {
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	env := append([]string{"ALSA_CONFIG_PATH=" + conf, "PULSE_SERVER=unix:" + filepath.Join(dir, "nobody")}, more...)
	p := person.NewAt(t, "sound", x11.ForTest(t), prog.Place{Env: env})
	return p, loudspeaker{p, out}
}

// Where the card lies, its waveform and its button, when it was dropped at 603, 43.
var (
	soundCard   = image.Rect(600, 40, 930, 165)
	soundWave   = image.Rect(672, 72, 905, 118)
	soundButton = image.Pt(636, 100)
)

func TestASoundIsPlayed(t *testing.T) {
	p, out := listening(t)
	p.Open()
	p.Drop(603, 43, person.File(t, "Two tones.wav", song(1.5)))
	p.AwaitCards(2)
	accent := paint.Dark().Accent
	p.Sees("the button", accent, soundCard, 800)
	p.Key("Escape")
	p.Point(1500, 900)
	p.Keep("sound-01-card")

	p.Click(soundButton.X, soundButton.Y)
	p.Until("something is played", func() bool { return out.size() > 48000 })
	p.Save("sound-02-playing", p.Look()) // it moves
	p.Sees("the part that was heard", accent, soundWave, 200)
	p.Until("it is at its end", func() bool { return out.size() > 3*48000*4 })
	p.Until("what was heard is taken back", func() bool {
		return person.Pixels(p.Look(), soundWave.Add(image.Pt(0, p.Top)), accent) == 0
	})
	if rises, length := out.heard(); math.Abs(float64(rises)-1980) > 20 || length > 4*time.Second {
		t.Errorf("of 1.5 s at 440 Hz and 1.5 at 880, %d rises in %v were heard", rises, length)
	}

	p.Click(870, 100) // within the last third of the waveform
	p.Sees("where it stands", accent, soundWave, 200)
	p.Keep("sound-02-stands")
	p.Click(soundButton.X, soundButton.Y)
	p.Until("the end is played", func() bool { return out.size() < 2*48000*4 })
	p.Until("it has ended", func() bool {
		return person.Pixels(p.Look(), soundWave.Add(image.Pt(0, p.Top)), accent) == 0
	})
	if rises, length := out.heard(); rises < 250 || float64(rises) < 880*(length.Seconds()-0.5) {
		t.Errorf("of the end at 880 Hz %d rises in %v were heard", rises, length)
	}
}

func TestASoundInFullAndOutOfView(t *testing.T) {
	p, out := listening(t)
	p.Open()
	p.Drop(603, 43, person.File(t, "Long.wav", song(10)))
	p.AwaitCards(2)
	p.Sees("the button", paint.Dark().Accent, soundCard, 800)
	p.Click(soundButton.X, soundButton.Y)
	p.Until("it plays", func() bool { return out.size() > 48000 })
	p.DoubleClick(800, 55) // its title
	p.Sees("what was heard, larger", paint.Dark().Accent, image.Rect(40, 200, 800, 700), 3000)
	was := out.size()
	p.Until("it plays on in full", func() bool { return out.size() > was+48000*4/2 })
	p.Save("sound-03-full", p.Look())
	p.Key("Space")
	p.Until("it stands still", func() bool {
		a := out.size()
		time.Sleep(500 * time.Millisecond)
		return out.size() == a
	})
	p.Key("Space") // the device is opened anew, and begins its file again
	p.Until("it plays again", func() bool { return out.size() > 4800 && out.size() < was+48000*4/2 })
	p.Key("Alt+Left")
	p.Sees("the board", paint.Dark().Accent, soundCard, 800)
	p.Wheel(1200, 700, 40)
	was = out.size()
	p.Until("it plays on out of view", func() bool { return out.size() > was+48000*4 })
	if rises, length := out.heard(); float64(rises) < 380*(length.Seconds()-1) {
		t.Errorf("%d rises in %v", rises, length)
	}
}

func TestWithoutASoundDeviceItIsSaid(t *testing.T) {
	for name, env := range map[string]string{"light": "FYNE_SCALE=1", "dark": "FYNE_SCALE=1", "double": "FYNE_SCALE=2"} {
		t.Run(name, func(t *testing.T) {
			p, _ := listening(t, "ALSA_CONFIG_PATH=/nonexistent", env)
			theme := name
			if name == "double" {
				theme = "light"
			}
			_, _, err := p.Run("add", person.File(t, "The bells of the old church on a very long evening in the late summer.wav", song(1)))
			p.Must(err)
			p.Must(os.WriteFile(filepath.Join(p.Profile, "device.json"), []byte(`{"theme":"`+theme+`"}`), 0o600))
			p.Open()
			p.Key("Shift+1")
			pal := paint.Light()
			if theme == "dark" {
				pal = paint.Dark()
			}
			p.Sees("the button", pal.Accent, person.Screen, 800)
			picture := p.Keep("sound-04-" + name)
			button := person.Box(picture, picture.Rect, pal.Accent)
			p.Click((button.Min.X+button.Max.X)/2, (button.Min.Y+button.Max.Y)/2-p.Top)
			p.Sees("a sign that something is wrong", pal.Warning, person.Screen, 4)
			p.Keep("sound-05-no-device-" + name)
		})
	}
}

func TestAVoiceNote(t *testing.T) {
	p, _ := listening(t)
	p.Open()
	p.Changes(func() { p.Key("Ctrl+Shift+p"); p.Type("voice") })
	p.Keep("sound-06-command")
	p.Key("Return")
	p.Sees("the button that stops", paint.Dark().Accent, image.Rect(600, 400, 1000, 650), 3000)
	p.Save("sound-07-recording", p.Look())
	p.Key("Return") // it has the keys
	p.AwaitCards(2)
	card := p.Only("audio")
	if !strings.HasPrefix(card.Title, "Voice note ") || card.File == "" {
		t.Errorf("%+v", card)
	}
	p.Keep("sound-08-note")
}

// A film is never blank: a poster where there is one, else the face of a film.
func TestFilmsAreShown(t *testing.T) {
	for name, env := range map[string]string{"light": "FYNE_SCALE=1", "dark": "FYNE_SCALE=1", "double": "FYNE_SCALE=2"} {
		t.Run(name, func(t *testing.T) {
			p, _ := listening(t, env)
			var paths []string
			for _, film := range []string{"vp8.webm", "cover.mp4", "film.mp4"} {
				b, err := os.ReadFile(filepath.Join("../../media/film/testdata", film))
				p.Must(err)
				paths = append(paths, person.File(t, film, b))
			}
			_, _, err := p.Run(append([]string{"add"}, paths...)...)
			p.Must(err)
			theme := map[string]string{"double": "light"}[name]
			if theme == "" {
				theme = name
			}
			p.Must(os.WriteFile(filepath.Join(p.Profile, "device.json"), []byte(`{"theme":"`+theme+`"}`), 0o600))
			p.Open()
			p.Key("Shift+1")
			// Both posters are FFmpeg's test picture, which has a bar of pure yellow.
			p.Sees("the posters", color.RGBA{0xfe, 0xff, 0, 0xff}, person.Screen, 500)
			p.Keep("film-01-" + name)
			if name != "dark" {
				return
			}
			at := person.Box(p.Look(), person.Screen, color.RGBA{0xfe, 0xff, 0, 0xff})
			p.DoubleClick(at.Min.X+10, at.Min.Y-p.Top+14) // not its edge
			p.Sees("the way to another program", paint.Dark().Accent, image.Rect(500, 700, 1100, 960), 3000)
			p.Keep("film-02-full")
		})
	}
}
