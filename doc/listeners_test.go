package doc

import "testing"

func TestListeners(t *testing.T) {
	var l Listeners
	l.Wake() // nobody
	a, b := 0, 0
	var leave func()
	leave = l.Subscribe(func() { a++; leave() }) // who is woken may leave
	stay := l.Subscribe(func() { b++ })
	l.Wake()
	l.Wake()
	if a != 1 || b != 2 {
		t.Errorf("woken %d and %d times, want 1 and 2", a, b)
	}
	leave()
	stay()
	l.Wake()
	if a != 1 || b != 2 {
		t.Errorf("woken %d and %d times after leaving", a, b)
	}
}
