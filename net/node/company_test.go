package node

import (
	"crypto/sha256"
	"testing"
	"time"

	"corkboard/doc"
	"corkboard/net/presence"
)

func TestPresenceGoesBothWaysAndComesBack(t *testing.T) {
	inLab(t, func(l *lab) {
		a := l.person("ada", newShelf("x", "ada")).start()
		b := l.person("ben", newShelf("x", "ben")).start()
		defer a.stop()
		defer b.stop()
		board := doc.NewID(sha256.Sum256([]byte("board")))
		a.dial(b)
		a.hub.Room(board).Show(presence.State{})
		b.hub.Room(board).Show(presence.State{})
		sees := func(p, o *person) func() bool {
			return func() bool {
				others := p.hub.Room(board).Others()
				return len(others) == 1 && others[0].Device == o.who().Device.String() && others[0].Person == o.who().Person.String()
			}
		}
		l.within(time.Second, "ada sees ben", sees(a, b))
		l.within(time.Second, "ben sees ada", sees(b, a))
		l.net.Cut("ada", "ben")
		l.within(20*time.Second, "nobody is seen", func() bool { return len(a.hub.Room(board).Others()) == 0 })
		l.net.Heal("ada", "ben")
		l.within(90*time.Second, "ada sees ben again", sees(a, b))
	})
}
