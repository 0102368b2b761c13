package x11

import (
	"context"
	"errors"
	"image"
	"os"
	"testing"
)

func TestAwaitFindsByNameAndPID(t *testing.T) {
	d := ForTest(t)
	w := newTarget(t, false, false)
	for name, match := range map[string]Match{"name": ByName(targetName), "pid": ByPID(os.Getpid())} {
		got, err := d.Await(patience(t), match)
		if err != nil {
			t.Fatalf("by %s: %v", name, err)
		}
		want := Window{ID: w.window, PID: os.Getpid(), Name: targetName, Rect: image.Rect(300, 150, 500, 250)}
		if got != want {
			t.Errorf("by %s: got %+v, want %+v", name, got, want)
		}
	}
}

func TestAwaitEndsWithItsContext(t *testing.T) {
	d := ForTest(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := d.Await(ctx, ByName("nobody"))
	if !errors.Is(err, ErrNoWindow) || !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want ErrNoWindow and context.Canceled", err)
	}
}

func TestPlaceMovesAndResizes(t *testing.T) {
	d := ForTest(t)
	newTarget(t, false, false)
	w, err := d.Await(patience(t), ByName(targetName))
	if err != nil {
		t.Fatal(err)
	}
	want := image.Rect(10, 20, 410, 320)
	if err := d.Place(w, want); err != nil {
		t.Fatal(err)
	}
	if w, err = d.Look(w.ID); err != nil || w.Rect != want {
		t.Errorf("got %v, %v, want %v", w.Rect, err, want)
	}
	if at := w.At(5, 6); at != image.Pt(15, 26) {
		t.Errorf("(5,6) in the window is at %v on the screen", at)
	}
}

func TestLookAtClosedWindow(t *testing.T) {
	d := ForTest(t)
	if _, err := d.Look(0x7fffff); !errors.Is(err, ErrNoWindow) {
		t.Errorf("got %v, want ErrNoWindow", err)
	}
}

func TestOpenWithoutServer(t *testing.T) {
	if _, err := Open("nonsense"); !errors.Is(err, ErrNoDisplay) {
		t.Errorf("got %v, want ErrNoDisplay", err)
	}
}
