package solo

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"testing"
	"time"

	"corkboard/app"
	"corkboard/board"
	"corkboard/e2e/person"
)

// The bar below a board of the past: its buttons from the right end of the window, its
// lines from the foot.
const (
	restoreLeft = 148
	restoreUp   = 58
	trackUp     = 23
	trackLeft   = 60 // where the track begins
)

// notesAtHome pins notes to the Home board of a profile without a window, some time ago.
func notesAtHome(p *person.Person, n int) {
	p.T.Helper()
	ctx, cancel := context.WithTimeout(p.T.Context(), time.Minute)
	defer cancel()
	now := time.Now().Add(-48 * time.Hour)
	a, err := app.Open(ctx, app.Options{
		Profile: p.Profile, Log: slog.New(slog.DiscardHandler),
		Now: func() time.Time { now = now.Add(7 * time.Second); return now },
	})
	p.Must(err)
	for i := range n {
		at := board.Point{X: 40 + float64(i%5)*300, Y: 420 + float64(i/5)*64}
		_, pasted := a.Paste(ctx, a.Home(), at, fmt.Sprint("Note ", i), true)
		err = errors.Join(err, pasted)
	}
	p.Must(errors.Join(err, a.Close(ctx)))
}

func TestAWipedBoardComesBack(t *testing.T) {
	p := person.New(t, "solo")
	notesAtHome(p, 100)
	p.Open()
	p.AwaitCards(101)
	before := p.Exported()
	p.Keep("history-before")
	p.Click(1500, 300)
	p.Key("Ctrl+a")
	p.Key("Delete")
	p.AwaitCards(0)
	p.Rest()
	p.Keep("history-wiped")
	p.Changes(func() { p.Key("Ctrl+Shift+h") })
	p.Keep("history-now")
	p.Changes(func() { p.Key("Left") })
	p.Keep("history-yesterday")
	foot := person.Screen.Dy() - p.Top
	p.Changes(func() { p.Click(trackLeft+300, foot-trackUp) })
	p.Keep("history-halfway")
	p.Changes(func() { p.Key("End"); p.Key("Left") })
	p.Changes(func() { p.Click(person.Screen.Dx()-restoreLeft, foot-restoreUp) })
	p.AwaitCards(101)
	p.Keep("history-restored")
	if !maps.Equal(p.Exported(), before) {
		t.Error("the board is not what it was")
	}
	p.Click(1500, 300)
	p.Key("Ctrl+z")
	p.AwaitCards(0)
}
