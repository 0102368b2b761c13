package renderers

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"corkboard/cards"
	"corkboard/doc"
	"corkboard/doc/doctest"
	"corkboard/internal/golden"
)

// bell is a waveform that fades.
func bell() string {
	b := make([]byte, 120)
	for i := range b {
		b[i] = '0' + byte(60*(120-i)/120)
	}
	return string(b)
}

func aSound() cards.File {
	return cards.File{
		Title: "The bells of the old church", Extension: "flac", MIME: "audio/flac", Blob: someBlob, Size: 3_200_000,
		Duration: 225_000, Bars: bell(),
	}
}

const longSound = "Interview with the ferryman about the winters when the lake was frozen, first part of three"

func TestAudioCardLooks(t *testing.T) {
	f := Erase(audioFace())
	long, bare, said, empty := aSound(), aSound(), aSound(), cards.File{MIME: "audio/wav"}
	long.Title, long.Duration = longSound, 3_723_000
	bare.Bars, bare.Duration = "", 61_000
	said.Caption = "Recorded from the bridge"
	half := Playing{Here: true, On: true, At: 112 * time.Second, Total: 225 * time.Second, Volume: 0.6}
	silent := Playing{Here: true, At: 20 * time.Second, Total: 225 * time.Second}
	none := Playing{Here: true, Volume: 1, Trouble: "There is no sound device that can be used, so nothing can be played."}
	sh := newTestShaper()
	for _, c := range []struct {
		name    string
		v       cards.File
		alive   any
		w, h, z float32
	}{
		{"audio_ready", aSound(), nil, 0, 0, 2},
		{"audio_playing", aSound(), half, 0, 0, 1},
		{"audio_silent", aSound(), silent, 0, 0, 1},
		{"audio_no_device", aSound(), none, 0, 0, 1},
		{"audio_long", long, half, 0, 0, 1},
		{"audio_bare", bare, half, 0, 0, 1},
		{"audio_caption", said, nil, 0, 0, 1},
		{"audio_empty", empty, nil, 0, 0, 1},
		{"audio_least", long, half, 160, 80, 1},
		{"audio_wide", aSound(), half, 640, 240, 1},
		{"audio_small", aSound(), half, 0, 0, 0.3},
	} {
		for theme, dark := range map[string]bool{"light": false, "dark": true} {
			j := testJob(f, c.v, c.w, c.h, c.z, dark)
			j.alive = c.alive
			golden.Picture(t, c.name+"_"+theme, j.paint(sh).img)
		}
	}
}

// deckOfTests is a Sound that notes what is asked of it.
type deckOfTests struct {
	Known
	now   Playing
	asked []any
}

func (d *deckOfTests) Playing(string) Playing      { return d.now }
func (d *deckOfTests) Toggle(string)               { d.asked = append(d.asked, "toggle") }
func (d *deckOfTests) Seek(_ string, part float64) { d.asked = append(d.asked, part) }
func (d *deckOfTests) SetVolume(v float64)         { d.asked = append(d.asked, v) }
func (d *deckOfTests) click(h []Hot, x, y float32) {
	if i := slices.IndexFunc(h, func(h Hot) bool { return h.Rect.Contains(x, y) }); i >= 0 {
		h[i].Do(&Env{Sound: d}, nil)
	}
}

func TestAClickOnACardOfASoundPlaysAndSeeks(t *testing.T) {
	f := Erase(audioFace())
	d := &deckOfTests{}
	j := testJob(f, aSound(), 320, 120, 1, false)
	hot := j.paint(newTestShaper()).hot
	d.click(hot, 30, 60)
	if len(d.asked) != 1 || d.asked[0] != "toggle" {
		t.Fatalf("a click on the button: %v", d.asked)
	}
	d.click(hot, 190, 60) // 70 to 306 is the waveform
	if part, ok := d.asked[1].(float64); !ok || part < 0.45 || part > 0.55 {
		t.Errorf("a click in the middle goes to %v", d.asked[1])
	}
	v := aSound()
	v.Blob = ""
	j = testJob(f, v, 320, 120, 1, false)
	if hot := j.paint(newTestShaper()).hot; len(hot) != 0 {
		t.Errorf("%d places to click where there is no sound", len(hot))
	}
}

func TestOnlyTheSoundThatPlaysIsPaintedAnew(t *testing.T) {
	f := Erase(audioFace())
	d := &deckOfTests{now: Playing{Here: true, On: true, At: 1234 * time.Millisecond, Volume: 1}}
	a := f.alive(d, "", aSound())
	d.now.At += 20 * time.Millisecond
	if b := f.alive(d, "", aSound()); a != b {
		t.Error("the card is painted after 20 ms")
	}
	d.now.At += 100 * time.Millisecond
	if b := f.alive(d, "", aSound()); a == b {
		t.Error("the card stands still")
	}
	d.now.Here = false
	if got := f.alive(d, "", aSound()); got != nil {
		t.Errorf("another sound: %v", got)
	}
}

// fullSound opens a sound in full, in a window.
func fullSound(t *testing.T, d *deckOfTests) (*audioFull, fyne.Window) {
	t.Helper()
	test.NewTempApp(t)
	e := newDesk().Env
	store := doctest.NewStore()
	e.Docs, e.Registry, e.Sound = store, NewRegistry(), d
	id := testID(9)
	if err := store.Create(id, cards.NewFile(aSound())).Applied(t.Context()); err != nil {
		t.Fatal(err)
	}
	h := store.Open(id, e.Registry.Face(cards.KindAudio).View)
	t.Cleanup(h.Close)
	f, ok := OpenFull(e, id, e.Registry.Face(cards.KindAudio), h).(*audioFull)
	if !ok {
		t.Fatal("a sound has no full view")
	}
	t.Cleanup(f.Close)
	w := test.NewTempWindow(t, f.Object())
	w.Resize(fyne.NewSize(900, 600))
	return f, w
}

func TestKeysOfASoundInFull(t *testing.T) {
	d := &deckOfTests{now: Playing{Here: true, At: 100 * time.Second, Total: 200 * time.Second, Volume: 1}}
	f, w := fullSound(t, d)
	w.Canvas().Focus(f.stage)
	for _, key := range []fyne.KeyName{fyne.KeySpace, fyne.KeyRight, fyne.KeyLeft, fyne.KeyHome} {
		w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: key})
	}
	if want := []any{"toggle", 0.525, 0.475, 0.0}; !slices.Equal(d.asked, want) {
		t.Fatalf("asked %v, want %v", d.asked, want)
	}
	d.asked = nil
	f.stage.Tapped(&fyne.PointEvent{Position: fyne.NewPos(f.stage.Size().Width/2, 50)})
	if len(d.asked) != 1 || d.asked[0] != 0.5 {
		t.Errorf("a click in the middle: %v", d.asked)
	}
}

func TestASoundInFullFollowsWhatPlays(t *testing.T) {
	d := &deckOfTests{now: Playing{Volume: 1}}
	f, _ := fullSound(t, d)
	if f.play.Text != "Play" || f.times.Text != "3:45" || f.row.Visible() {
		t.Fatalf("at first: %q, %q", f.play.Text, f.times.Text)
	}
	d.now = Playing{Here: true, On: true, At: 112_500 * time.Millisecond, Total: 225 * time.Second, Volume: 0.5}
	f.SoundMoved()
	if f.play.Text != "Pause" || f.times.Text != "1:52 / 3:45" || f.stage.done != 60 || f.volume.Value != 0.5 {
		t.Errorf("in its middle: %q, %q, %d bars, volume %v", f.play.Text, f.times.Text, f.stage.done, f.volume.Value)
	}
	d.now = Playing{Here: true, Volume: 0.5, Trouble: "No device."}
	f.SoundMoved()
	if !f.row.Visible() || f.trouble.Text != "No device." || f.stage.done != 0 {
		t.Errorf("without a device: %q, %d bars", f.trouble.Text, f.stage.done)
	}
	if len(d.asked) != 0 {
		t.Errorf("to follow asks for %v", d.asked)
	}
}

func TestVideoCardLooks(t *testing.T) {
	f := Erase(videoFace())
	v := cards.File{
		Title: "Crossing the lake", Extension: "webm", MIME: "video/webm", Blob: someBlob, Size: 18_400_000,
		Width: 1280, Height: 720, Duration: 94_000, Average: "#7d92a8",
	}
	fileShot(t, "video_poster", f, v, 320, 0, 1, ready(scenery(512, 288)))
	fileShot(t, "video_waiting", f, v, 320, 0, 1, ready(nil))
	fileShot(t, "video_error", f, v, 320, 0, 1, broken)
	bare := v
	bare.Average, bare.Title = "", longSound
	fileShot(t, "video_bare", f, bare, 320, 0, 2, ready(nil))
	fileShot(t, "video_least", f, bare, 160, 120, 1, ready(nil))
	bare.Width, bare.Height = 1080, 1920
	fileShot(t, "video_upright", f, bare, 200, 0, 1, ready(nil))
	fileShot(t, "video_unknown", f, cards.File{MIME: "video/mpeg"}, 0, 0, 1, ready(nil))
}

func TestAClickOnAFilmHandsItOut(t *testing.T) {
	f := Erase(videoFace())
	store := doctest.NewStore()
	id := testID(9)
	v := cards.File{Title: "Lake", Extension: "mp4", MIME: "video/mp4", Blob: someBlob}
	if err := store.Create(id, cards.NewFile(v)).Applied(t.Context()); err != nil {
		t.Fatal(err)
	}
	h := store.Open(id, f.View)
	defer h.Close()
	var got []string
	env := &Env{OpenFile: func(title, blob, extension string) { got = []string{title, blob, extension} }}
	j := testJob(f, v, 320, 220, 1, false)
	hot := j.paint(newTestShaper()).hot
	if len(hot) != 1 {
		t.Fatalf("%d places to click", len(hot))
	}
	hot[0].Do(env, h)
	if !slices.Equal(got, []string{"Lake", someBlob, "mp4"}) {
		t.Errorf("handed out %v", got)
	}
}

func TestAFilmInFullHandsItOut(t *testing.T) {
	test.NewTempApp(t)
	e := newDesk().Env
	store := doctest.NewStore()
	var got string
	e.Docs, e.Registry, e.OpenFile = store, NewRegistry(), func(title, _, _ string) { got = title }
	e.Pictures = NewPictures(1<<20, nil)
	id := doc.ID(testID(9))
	if err := store.Create(id, cards.NewFile(cards.File{Title: "Lake", Extension: "mp4", MIME: "video/mp4", Blob: someBlob})).Applied(t.Context()); err != nil {
		t.Fatal(err)
	}
	h := store.Open(id, e.Registry.Face(cards.KindVideo).View)
	defer h.Close()
	f, ok := OpenFull(e, id, e.Registry.Face(cards.KindVideo), h).(*videoFull)
	if !ok {
		t.Fatal("a film has no full view")
	}
	defer f.Close()
	w := test.NewTempWindow(t, f.Object())
	w.Resize(fyne.NewSize(900, 600))
	if f.poster.Image == nil || f.poster.Size() != fyne.NewSquareSize(fileIconSide) {
		t.Errorf("what can be seen is %v large", f.poster.Size())
	}
	f.drawn, f.poster.Image = iconKey{}, scenery(512, 256) // as take does
	f.lay(fyne.NewSize(400, 400))
	if f.poster.Size() != fyne.NewSize(400, 200) || f.poster.Position() != fyne.NewPos(0, 100) {
		t.Errorf("a poster of 2:1 is %v at %v", f.poster.Size(), f.poster.Position())
	}
	test.Tap(f.play)
	if got != "Lake" {
		t.Errorf("handed out %q", got)
	}
}
