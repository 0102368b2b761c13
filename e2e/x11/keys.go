package x11

import (
	"errors"
	"fmt"
	"strings"

	"github.com/jezek/xgb/xproto"
)

// ErrNoKey says that the keyboard has no key for a character or name.
var ErrNoKey = errors.New("no such key")

// key is where a symbol is on the keyboard.
type key struct {
	code  xproto.Keycode
	shift bool
}

// named are the keys without a character, by the names that Key knows.
var named = map[string]xproto.Keysym{
	"Return": 0xff0d, "Escape": 0xff1b, "BackSpace": 0xff08, "Tab": 0xff09, "Delete": 0xffff, "Insert": 0xff63,
	"Left": 0xff51, "Up": 0xff52, "Right": 0xff53, "Down": 0xff54,
	"Home": 0xff50, "End": 0xff57, "PageUp": 0xff55, "PageDown": 0xff56,
	"Shift": 0xffe1, "Ctrl": 0xffe3, "Alt": 0xffe9, "Super": 0xffeb,
	"Space": ' ', "Plus": '+',
	"F1": 0xffbe, "F2": 0xffbf, "F3": 0xffc0, "F5": 0xffc2, "F6": 0xffc3, "F10": 0xffc7, "F11": 0xffc8, "Menu": 0xff67,
}

// loadKeys reads the keyboard's two lowest levels: without and with Shift.
func (d *Display) loadKeys() error {
	setup := xproto.Setup(d.conn)
	first, count := setup.MinKeycode, byte(setup.MaxKeycode-setup.MinKeycode+1)
	reply, err := xproto.GetKeyboardMapping(d.conn, first, count).Reply()
	if err != nil {
		return fmt.Errorf("read the keyboard: %w", err)
	}
	d.keys = map[xproto.Keysym]key{}
	width := int(reply.KeysymsPerKeycode)
	for level := range min(2, width) {
		for i := range int(count) {
			symbol := reply.Keysyms[i*width+level]
			if _, ok := d.keys[symbol]; symbol != 0 && !ok {
				d.keys[symbol] = key{first + xproto.Keycode(i), level == 1}
			}
		}
	}
	return nil
}

// Type types ASCII text; a line break is Return. Errors: ErrNoKey, before the
// first key is pressed.
func (d *Display) Type(text string) error {
	keys := make([]key, 0, len(text))
	for _, r := range text {
		symbol := xproto.Keysym(r)
		switch r {
		case '\n':
			symbol = named["Return"]
		case '\t':
			symbol = named["Tab"]
		}
		k, ok := d.keys[symbol]
		if !ok || r > '~' {
			return fmt.Errorf("type %q: %w", r, ErrNoKey)
		}
		keys = append(keys, k)
	}
	for _, k := range keys {
		if err := d.strike(k, nil); err != nil {
			return err
		}
	}
	return nil
}

// Key presses a key together with others, such as "Ctrl+Shift+z" or "Escape".
// Errors: ErrNoKey.
func (d *Display) Key(chord string) error {
	names := strings.Split(chord, "+")
	keys := make([]key, len(names))
	for i, name := range names {
		symbol, ok := named[name]
		if !ok && len(name) == 1 {
			symbol = xproto.Keysym(name[0])
		}
		if keys[i], ok = d.keys[symbol]; !ok {
			return fmt.Errorf("press %q: %w", name, ErrNoKey)
		}
	}
	last := len(keys) - 1
	return d.strike(keys[last], keys[:last])
}

// Hold presses a key and returns what lets it go. Errors: ErrNoKey.
func (d *Display) Hold(name string) (release func() error, err error) {
	k, ok := d.keys[named[name]]
	if !ok {
		return nil, fmt.Errorf("hold %q: %w", name, ErrNoKey)
	}
	if err := d.press(k); err != nil {
		return nil, err
	}
	return func() error { return d.release(k) }, nil
}

// strike presses and releases k while others are down.
func (d *Display) strike(k key, others []key) error {
	if k.shift {
		others = append(others[:len(others):len(others)], d.keys[named["Shift"]])
	}
	for _, other := range others {
		if err := d.press(other); err != nil {
			return err
		}
	}
	if err := d.press(k); err != nil {
		return err
	}
	if err := d.release(k); err != nil {
		return err
	}
	for i := len(others) - 1; i >= 0; i-- {
		if err := d.release(others[i]); err != nil {
			return err
		}
	}
	return nil
}

func (d *Display) press(k key) error { return d.fakeKey(xproto.KeyPress, k) }

func (d *Display) release(k key) error { return d.fakeKey(xproto.KeyRelease, k) }
