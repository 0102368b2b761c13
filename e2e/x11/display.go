package x11

import (
	"errors"
	"fmt"
	"image"
	"io"
	"log"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
	"github.com/jezek/xgb/xtest"
)

// ErrNoDisplay says that no X server answered.
var ErrNoDisplay = errors.New("no X display")

// The library logs every connection without an authority file; errors are
// returned anyway.
func init() { xgb.Logger = log.New(io.Discard, "", 0) }

// A Display is a connection to an X server and its first screen.
type Display struct {
	// Pace is the pause that the server makes before each input event.
	Pace time.Duration

	name   string
	conn   *xgb.Conn
	screen *xproto.ScreenInfo
	atoms  map[string]xproto.Atom
	keys   map[xproto.Keysym]key
}

// Open connects to the display with the given name; "" means $DISPLAY. From then on keys
// that are held do not repeat there. Errors: ErrNoDisplay.
func Open(name string) (*Display, error) {
	conn, err := xgb.NewConnDisplay(name)
	if err != nil {
		return nil, fmt.Errorf("open display %q: %w: %w", name, ErrNoDisplay, err)
	}
	d := &Display{
		Pace:   8 * time.Millisecond,
		name:   name,
		conn:   conn,
		screen: xproto.Setup(conn).DefaultScreen(conn),
		atoms:  map[string]xproto.Atom{},
	}
	if err := xtest.Init(conn); err != nil {
		conn.Close()
		return nil, fmt.Errorf("open display %q: the server has no XTEST: %w", name, err)
	}
	if err := errors.Join(d.loadKeys(), d.neverRepeats()); err != nil {
		conn.Close()
		return nil, err
	}
	return d, nil
}

// neverRepeats has keys that are held type once: on a busy machine a key may be down
// for long before its release is sent.
func (d *Display) neverRepeats() error {
	err := xproto.ChangeKeyboardControlChecked(d.conn, xproto.KbAutoRepeatMode, []uint32{xproto.AutoRepeatModeOff}).Check()
	if err != nil {
		return fmt.Errorf("set up the keyboard: %w", err)
	}
	return nil
}

// Close ends the connection.
func (d *Display) Close() { d.conn.Close() }

// Screen returns the size of the screen.
func (d *Display) Screen() image.Rectangle {
	return image.Rect(0, 0, int(d.screen.WidthInPixels), int(d.screen.HeightInPixels))
}

// atom returns the number that the server gave to a name.
func (d *Display) atom(name string) (xproto.Atom, error) {
	if a, ok := d.atoms[name]; ok {
		return a, nil
	}
	reply, err := xproto.InternAtom(d.conn, false, uint16(len(name)), name).Reply()
	if err != nil {
		return 0, fmt.Errorf("intern atom %s: %w", name, err)
	}
	d.atoms[name] = reply.Atom
	return reply.Atom, nil
}

// property returns the bytes of a window's property, none if it has no such.
func (d *Display) property(window xproto.Window, name string) ([]byte, error) {
	a, err := d.atom(name)
	if err != nil {
		return nil, err
	}
	const words = 1 << 16
	reply, err := xproto.GetProperty(d.conn, false, window, a, xproto.GetPropertyTypeAny, 0, words).Reply()
	if err != nil {
		return nil, fmt.Errorf("read property %s: %w", name, err)
	}
	return reply.Value, nil
}
