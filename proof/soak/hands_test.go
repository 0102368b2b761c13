//go:build linux

package soak

import (
	"fmt"
	"image"
	"math/rand/v2"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"corkboard/e2e/person"
	"corkboard/e2e/prog"
	"corkboard/e2e/x11"
	"corkboard/internal/lab"
	"corkboard/internal/probe"
)

// bound is how long anything may take that is waited for.
const bound = 3 * time.Minute

// window is a person at a screen of their own, on a machine of their own.
type window struct {
	*person.Person
	host  *lab.Host
	socks string // of the probe
	link  string // to the board
	home  string
	file  string // that is dropped
	turn  int
}

var screens atomic.Int64

// newWindow makes the machine and the screen. Nothing runs on it yet.
func newWindow(t *testing.T, l *lab.Lab, name string) *window {
	t.Helper()
	w := &window{host: l.Host(name)}
	place := prog.Place{Within: w.host.Within(), Display: fmt.Sprintf(":%d", 41000+os.Getpid()%2000*8+int(screens.Add(1)))}
	server := w.host.Start(nil, "Xvfb", place.Display, "-noreset", "-nolisten", "tcp", "-screen", "0", "1600x1000x24")
	t.Cleanup(server.Stop)
	var x *x11.Display
	for end := time.Now().Add(bound); x == nil; time.Sleep(20 * time.Millisecond) {
		var err error
		if x, err = x11.Open(place.Display); err != nil && time.Now().After(end) {
			t.Fatalf("%v:\n%s", err, strings.Join(server.Lines(), "\n"))
		}
	}
	t.Cleanup(x.Close)
	w.socks = socket(t)
	place.Env = []string{probe.Variable + "=" + w.socks}
	w.Person = person.NewAt(t, "soak-"+name, x, place)
	w.file = person.File(t, "crimson.png", person.PNG(t, person.Plain(person.Crimson, 64, 48)))
	return w
}

// works is one turn of a person at a window: a text card is made, written, dragged and
// removed, each third time a picture is dropped and removed.
func (w *window) works(random *rand.Rand) {
	w.T.Helper()
	w.turn++
	w.writes(random)
	w.browses(random)
}

// writes changes the board.
func (w *window) writes(random *rand.Rand) {
	w.T.Helper()
	w.Point(200, 500)
	w.Key("n")
	time.Sleep(300 * time.Millisecond)
	w.Type(fmt.Sprintf("Turn %d of %s: %d", w.turn, w.T.Name(), random.Uint32()))
	w.Key("Escape")
	w.Key("Escape")
	w.Rest()
	w.Drag(image.Pt(230, 512), image.Pt(330, 612), image.Pt(230, 612))
	w.Key("Ctrl+z")
	w.Rest()
	w.Click(230, 512)
	w.Key("Delete")
	w.Rest()
	if w.turn%3 == 0 {
		w.Drop(500, 500, w.file)
		time.Sleep(time.Second)
		w.Click(510, 510)
		w.Key("Delete")
		w.Rest()
	}
}

// browses changes nothing: the board is left and opened again, and looked at.
func (w *window) browses(random *rand.Rand) {
	w.T.Helper()
	w.Must(w.tells(w.home))
	time.Sleep(time.Second)
	w.Must(w.tells(w.link))
	time.Sleep(time.Second)
	w.Wheel(800, 450, 1+random.IntN(3))
	w.Key("Ctrl+0")
	w.Key("Shift+1")
	w.Rest()
	w.Key("Ctrl+0")
}

// tells hands a link to the window by a second start of the program.
func (w *window) tells(link string) error {
	_, _, err := w.Run(link)
	return err
}

func socket(t *testing.T) string {
	t.Helper()
	f, err := os.CreateTemp("", "soak-*.probe") // short, as paths of sockets have to be
	if err != nil {
		t.Fatal(err)
	}
	path := f.Name()
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Remove(path) })
	return path
}

// voice speaks with a colleague's process.
type voice struct {
	t     *testing.T
	p     *lab.Process
	said  int
	socks string
	dir   string
}

// newVoice starts a colleague on a machine; binary is a build of this test.
func newVoice(t *testing.T, h *lab.Host, binary string, seed uint64, profile string) *voice {
	t.Helper()
	v := &voice{t: t, socks: socket(t), dir: profile}
	v.p = h.RoleOf(binary, []string{probe.Variable + "=" + v.socks}, "colleague", profile, fmt.Sprint(seed))
	v.p.Expect("begun", bound)
	return v
}

// ask says a line and waits for its answer.
func (v *voice) ask(line string) string {
	v.t.Helper()
	v.said++
	v.p.Send(fmt.Sprintf("%d %s", v.said, line))
	answer := v.p.Expect(fmt.Sprintf("%d ", v.said), bound+time.Minute)
	words, ok := strings.CutPrefix(answer, "ok ")
	if !ok {
		v.t.Fatalf("%q: %s", line, answer)
	}
	return words
}
