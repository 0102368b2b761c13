package x11

import (
	"context"
	"errors"
	"testing"
)

func TestDropFilesHandsOverTheList(t *testing.T) {
	d := ForTest(t)
	ctx := patience(t)
	target := newTarget(t, true, false)
	w, err := d.Await(ctx, ByName(targetName))
	if err != nil {
		t.Fatal(err)
	}
	if err := d.DropFiles(ctx, w, w.At(20, 20), "/tmp/a b.pdf", "/tmp/ü#1.png"); err != nil {
		t.Fatal(err)
	}
	want := "file:///tmp/a%20b.pdf\r\nfile:///tmp/%C3%BC%231.png\r\n"
	if got := <-target.data; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestDropFilesRefused(t *testing.T) {
	d := ForTest(t)
	ctx := patience(t)
	newTarget(t, true, true)
	w, err := d.Await(ctx, ByName(targetName))
	if err != nil {
		t.Fatal(err)
	}
	if err := d.DropFiles(ctx, w, w.At(20, 20), "/tmp/a"); !errors.Is(err, ErrRefused) {
		t.Errorf("got %v, want ErrRefused", err)
	}
}

func TestDropFilesOnUnawareWindow(t *testing.T) {
	d := ForTest(t)
	ctx := patience(t)
	newTarget(t, false, false)
	w, err := d.Await(ctx, ByName(targetName))
	if err != nil {
		t.Fatal(err)
	}
	if err := d.DropFiles(ctx, w, w.At(20, 20), "/tmp/a"); !errors.Is(err, ErrNotAware) {
		t.Errorf("got %v, want ErrNotAware", err)
	}
}

func TestDropFilesEndsWithItsContext(t *testing.T) {
	d := ForTest(t)
	newTarget(t, true, false)
	w, err := d.Await(patience(t), ByName(targetName))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := d.DropFiles(ctx, w, w.At(20, 20), "/tmp/a"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
}
