package host

import (
	"context"
	"testing"
	"time"
)

func TestConnect(t *testing.T) {
	a, err := New()
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	b, err := New()
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := a.connect(ctx, b.Addresses()[0]); err != nil {
		t.Fatal(err)
	}
}
