package app

import (
	"fmt"
	"path/filepath"
	"sync"
	"testing"
)

// Who says what they are called while a board is being shared, which gives the nameless
// a name, is called so; and what is said of oneself at the same time is all kept.
func TestNobodyIsRenamedByWhatHappensMeanwhile(t *testing.T) {
	ctx := testContext(t)
	face := filepath.Join(t.TempDir(), "face.png")
	writeFace(t, face)
	for n := range 8 {
		a := openTogether(t, t.TempDir())
		picture, err := a.PictureFrom(ctx, face)
		must(t, err)
		var all sync.WaitGroup
		do := func(f func() error) {
			all.Go(func() {
				if err := f(); err != nil {
					t.Error(err)
				}
			})
		}
		name := fmt.Sprint("Ada ", n)
		for range 3 {
			do(func() error { return a.introduceMyself(ctx) })
		}
		do(func() error { return a.SetProfile(ctx, name, [3]byte{1, 2, 3}) })
		all.Wait()
		if me := a.Me(); me.Name != name {
			t.Fatalf("is called %q, not %q", me.Name, name)
		}
		do(func() error { return a.SetPicture(ctx, picture) })
		do(func() error { return a.SetProfile(ctx, name+" L.", [3]byte{3, 2, 1}) })
		all.Wait()
		if me := a.Me(); me.Name != name+" L." || me.Picture != picture || me.Colour != [3]byte{3, 2, 1} {
			t.Fatalf("is called %q with %d bytes of a picture", me.Name, len(me.Picture))
		}
		must(t, a.Close(ctx))
	}
}
