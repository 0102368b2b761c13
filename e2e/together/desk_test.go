//go:build linux

package together

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"corkboard/e2e/person"
	"corkboard/e2e/prog"
	"corkboard/e2e/x11"
	"corkboard/internal/lab"
)

// bound is how long anything may take that one does and another sees.
const bound = time.Minute

// A desk is a person at a machine of their own, with a screen of its own.
type desk struct {
	*person.Person
	host  *lab.Host
	place prog.Place
}

// newDesk adds a host with a screen to the network. Nothing runs on it yet.
func newDesk(t *testing.T, l *lab.Lab, name string) *desk {
	t.Helper()
	d := &desk{host: l.Host(name)}
	x := d.screen(t)
	d.Person = person.NewAt(t, "together-"+name, x, d.place)
	return d
}

// screens counts those of this process.
var screens atomic.Int64

// screen starts the screen and opens it. The server's number is this process's own: in
// a namespace, servers that look for a free one take each other's sockets.
func (d *desk) screen(t *testing.T) *x11.Display {
	t.Helper()
	d.place = prog.Place{Display: fmt.Sprintf(":%d", 1000+os.Getpid()%5000*8+int(screens.Add(1))), Within: d.host.Within()}
	server := d.host.Start(nil, "Xvfb", d.place.Display, "-noreset", "-nolisten", "tcp", "-screen", "0", "1600x1000x24")
	t.Cleanup(server.Stop)
	for end := time.Now().Add(bound); ; time.Sleep(20 * time.Millisecond) {
		x, err := x11.Open(d.place.Display)
		if err == nil {
			t.Cleanup(x.Close)
			return x
		}
		if time.Now().After(end) {
			t.Fatalf("%v:\n%s", err, strings.Join(server.Lines(), "\n"))
		}
	}
}

// clipboard is what a person of this screen would paste.
func (d *desk) clipboard() string {
	d.T.Helper()
	ctx, cancel := context.WithTimeout(d.T.Context(), 2*time.Second)
	defer cancel()
	command := d.place.Command(ctx, "xclip", "-selection", "clipboard", "-out")
	out, err := command.Output()
	if err != nil {
		return "" // nobody has put anything there yet
	}
	return string(out)
}

// exported is a board as "corkboard export" writes it, the content of each file by
// its path; nil if not all of it is here.
func (d *desk) exported(link string) map[string]string {
	d.T.Helper()
	files, whole := d.export(link)
	if !whole {
		return nil
	}
	return files
}

// partly is exported without what has not come yet; nil if there is no board.
func (d *desk) partly(link string) map[string]string {
	d.T.Helper()
	files, _ := d.export(link)
	if files["board.json"] == "" {
		return nil
	}
	return files
}

func (d *desk) export(link string) (files map[string]string, whole bool) {
	d.T.Helper()
	dir := filepath.Join(d.T.TempDir(), "export")
	_, _, err := d.Run("export", link, dir)
	whole = err == nil
	files = map[string]string{}
	if _, err := os.Stat(dir); err != nil {
		return files, whole
	}
	d.Must(filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		files[name] = string(content)
		return err
	}))
	d.Must(os.RemoveAll(dir))
	return files, whole
}

// within waits until something has come about between two people, and gives how long
// it took.
func within(t *testing.T, what string, began time.Time, holds func() bool, desks ...*desk) time.Duration {
	t.Helper()
	for end := time.Now().Add(bound); !holds(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			for _, d := range desks {
				d.Save("gave-up", d.Look())
			}
			t.Fatalf("waited in vain: %s", what)
		}
	}
	took := time.Since(began)
	t.Logf("%-60s %6.2f s", what, took.Seconds())
	return took
}

// alike waits until both people have the same board, and compares it file by file.
func alike(t *testing.T, link string, began time.Time, a, b *desk) map[string]string {
	t.Helper()
	var atA, atB map[string]string
	within(t, "the exports are equal", began, func() bool {
		atA, atB = a.exported(link), b.exported(link)
		return atA != nil && maps.Equal(atA, atB)
	}, a, b)

	return atA
}
