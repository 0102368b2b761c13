package x11

import (
	"context"
	"errors"
	"image"
	"testing"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

func TestClickArrivesInTheWindow(t *testing.T) {
	d := ForTest(t)
	ctx := patience(t)
	target := newTarget(t, false, false)
	w, err := d.Await(ctx, ByName(targetName))
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Click(w.At(30, 40), Right, 1); err != nil {
		t.Fatal(err)
	}
	e := target.await(ctx, func(e xgb.Event) bool { _, ok := e.(xproto.ButtonPressEvent); return ok }).(xproto.ButtonPressEvent)
	if e.EventX != 30 || e.EventY != 40 || Button(e.Detail) != Right {
		t.Errorf("got button %d at (%d,%d), want right at (30,40)", e.Detail, e.EventX, e.EventY)
	}
}

func TestDragGoesAlongALine(t *testing.T) {
	d := ForTest(t)
	ctx := patience(t)
	target := newTarget(t, false, false)
	w, err := d.Await(ctx, ByName(targetName))
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Drag(w.At(10, 10), w.At(50, 30), 4); err != nil {
		t.Fatal(err)
	}
	var path []image.Point
	target.await(ctx, func(e xgb.Event) bool {
		if m, ok := e.(xproto.MotionNotifyEvent); ok && m.State&xproto.KeyButMaskButton1 != 0 {
			path = append(path, image.Pt(int(m.EventX), int(m.EventY)))
		}
		_, released := e.(xproto.ButtonReleaseEvent)
		return released
	})
	want := []image.Point{{20, 15}, {30, 20}, {40, 25}, {50, 30}}
	if len(path) != len(want) {
		t.Fatalf("got %v, want %v", path, want)
	}
	for i := range want {
		if path[i] != want[i] {
			t.Errorf("got %v, want %v", path, want)
		}
	}
}

// focused is a window that has the keyboard.
func focused(t *testing.T) (context.Context, *Display, *target) {
	t.Helper()
	d := ForTest(t)
	ctx := patience(t)
	target := newTarget(t, false, false)
	w, err := d.Await(ctx, ByName(targetName))
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Focus(w); err != nil {
		t.Fatal(err)
	}
	return ctx, d, target
}

func TestTypeArrivesAsTyped(t *testing.T) {
	ctx, d, target := focused(t)
	const text = "Hello, #1 (a*b) _x_ ~ 50% \"q\"\n"
	if err := d.Type(text); err != nil {
		t.Fatal(err)
	}
	shifted, plain := map[xproto.Keycode]rune{}, map[xproto.Keycode]rune{}
	for symbol, k := range d.keys {
		r := rune(symbol)
		if symbol == named["Return"] {
			r = '\n'
		}
		if k.shift {
			shifted[k.code] = r
		} else {
			plain[k.code] = r
		}
	}
	var got []rune
	for len(got) < len(text) {
		e := target.await(ctx, func(e xgb.Event) bool { _, ok := e.(xproto.KeyPressEvent); return ok }).(xproto.KeyPressEvent)
		switch {
		case e.Detail == d.keys[named["Shift"]].code:
		case e.State&xproto.KeyButMaskShift != 0:
			got = append(got, shifted[e.Detail])
		default:
			got = append(got, plain[e.Detail])
		}
	}
	if string(got) != text {
		t.Errorf("got %q, want %q", string(got), text)
	}
}

func TestKeyHoldsTheOthers(t *testing.T) {
	ctx, d, target := focused(t)
	if err := d.Key("Ctrl+Shift+z"); err != nil {
		t.Fatal(err)
	}
	z := d.keys['z'].code
	e := target.await(ctx, func(e xgb.Event) bool {
		k, ok := e.(xproto.KeyPressEvent)
		return ok && k.Detail == z
	}).(xproto.KeyPressEvent)
	const want = xproto.KeyButMaskControl | xproto.KeyButMaskShift
	if e.State&want != want {
		t.Errorf("z came with state %b, want Ctrl and Shift", e.State)
	}
}

func TestAHeldKeyComesOnce(t *testing.T) {
	ctx, d, target := focused(t)
	release, err := d.Hold("Up")
	if err != nil {
		t.Fatal(err)
	}
	time.Sleep(1500 * time.Millisecond) // servers begin to repeat after 0.2 to 0.7 s
	if err := errors.Join(release(), d.Key("z")); err != nil {
		t.Fatal(err)
	}
	up, z := 0, d.keys['z'].code
	target.await(ctx, func(e xgb.Event) bool {
		k, ok := e.(xproto.KeyPressEvent)
		if ok && k.Detail == d.keys[named["Up"]].code {
			up++
		}
		return ok && k.Detail == z
	})
	if up != 1 {
		t.Errorf("the key came %d times", up)
	}
}

func TestUnknownKeys(t *testing.T) {
	d := ForTest(t)
	if err := d.Type("aß"); !errors.Is(err, ErrNoKey) {
		t.Errorf("Type: got %v, want ErrNoKey", err)
	}
	if err := d.Key("Ctrl+Nonsense"); !errors.Is(err, ErrNoKey) {
		t.Errorf("Key: got %v, want ErrNoKey", err)
	}
	if _, err := d.Hold("Nonsense"); !errors.Is(err, ErrNoKey) {
		t.Errorf("Hold: got %v, want ErrNoKey", err)
	}
}
