package x11

import (
	"context"
	"encoding/binary"
	"os"
	"testing"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// target is a program with one window that notes what happens to it.
type target struct {
	t      *testing.T
	d      *Display
	window xproto.Window
	refuse bool // answer drags with no
	events chan xgb.Event
	data   chan string // what was dropped
}

const targetName = "target of x11"

// newTarget opens a red window of 200×100 at (300, 150). With aware it takes
// part in drag and drop.
func newTarget(t *testing.T, aware, refuse bool) *target {
	t.Helper()
	d, err := Open("")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	w := &target{t: t, d: d, refuse: refuse, events: make(chan xgb.Event, 256), data: make(chan string, 1)}
	if w.window, err = xproto.NewWindowId(d.conn); err != nil {
		t.Fatal(err)
	}
	const mask = xproto.EventMaskKeyPress | xproto.EventMaskButtonPress | xproto.EventMaskButtonRelease |
		xproto.EventMaskPointerMotion
	w.check(xproto.CreateWindowChecked(d.conn, d.screen.RootDepth, w.window, d.screen.Root, 300, 150, 200, 100, 0,
		xproto.WindowClassInputOutput, d.screen.RootVisual, xproto.CwBackPixel|xproto.CwEventMask, []uint32{0xff2010, mask}).Check())
	w.put("_NET_WM_NAME", "UTF8_STRING", 8, []byte(targetName))
	w.put("_NET_WM_PID", "CARDINAL", 32, binary.LittleEndian.AppendUint32(nil, uint32(os.Getpid())))
	if aware {
		w.put("XdndAware", "ATOM", 32, binary.LittleEndian.AppendUint32(nil, 5))
	}
	atoms := map[xproto.Atom]string{}
	for _, name := range []string{"XdndEnter", "XdndPosition", "XdndDrop", "XdndStatus", "XdndFinished", "XdndSelection", "text/uri-list"} {
		atoms[w.atom(name)] = name
	}
	w.check(xproto.MapWindowChecked(d.conn, w.window).Check())
	go w.pump(atoms)
	return w
}

func (w *target) check(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *target) atom(name string) xproto.Atom {
	a, err := w.d.atom(name)
	w.check(err)
	return a
}

func (w *target) put(name, kind string, format byte, value []byte) {
	w.check(xproto.ChangePropertyChecked(w.d.conn, xproto.PropModeReplace, w.window, w.atom(name), w.atom(kind),
		format, uint32(len(value)*8/int(format)), value).Check())
}

// pump answers drags as a toolkit does and notes the rest.
func (w *target) pump(atoms map[xproto.Atom]string) {
	number := map[string]xproto.Atom{}
	for a, name := range atoms {
		number[name] = a
	}
	tell := func(to xproto.Window, kind string, words ...uint32) {
		words = append([]uint32{uint32(w.window)}, words...)
		e := xproto.ClientMessageEvent{Format: 32, Window: to, Type: number[kind],
			Data: xproto.ClientMessageDataUnionData32New(append(words, 0, 0, 0)[:5])}
		xproto.SendEvent(w.d.conn, false, to, 0, string(e.Bytes()))
	}
	yes := uint32(1)
	if w.refuse {
		yes = 0
	}
	var dragging xproto.Window
	for {
		event, fault := w.d.conn.WaitForEvent()
		if event == nil && fault == nil {
			return
		}
		switch e := event.(type) {
		case xproto.ClientMessageEvent:
			switch atoms[e.Type] {
			case "XdndEnter":
				dragging = xproto.Window(e.Data.Data32[0])
			case "XdndPosition":
				tell(dragging, "XdndStatus", yes)
			case "XdndDrop":
				xproto.ConvertSelection(w.d.conn, w.window, number["XdndSelection"], number["text/uri-list"],
					number["XdndSelection"], xproto.Timestamp(e.Data.Data32[2]))
			}
		case xproto.SelectionNotifyEvent:
			reply, err := xproto.GetProperty(w.d.conn, true, w.window, e.Property, xproto.GetPropertyTypeAny, 0, 1<<16).Reply()
			if err == nil {
				w.data <- string(reply.Value)
			}
			tell(dragging, "XdndFinished", 1)
		default:
			w.events <- event
		}
	}
}

// await returns the first event that counts, dropping the others.
func (w *target) await(ctx context.Context, counts func(xgb.Event) bool) xgb.Event {
	w.t.Helper()
	for {
		select {
		case e := <-w.events:
			if counts(e) {
				return e
			}
		case <-ctx.Done():
			w.t.Fatal("the event did not come")
		}
	}
}

// patience is the longest that a test waits for anything.
func patience(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	t.Cleanup(cancel)
	return ctx
}
