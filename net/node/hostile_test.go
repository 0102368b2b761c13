package node

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"corkboard/internal/attacks"
	"corkboard/net/docsync"
	"corkboard/net/wire"
)

// mallory is somebody who speaks with a node as they like.
type mallory struct {
	lab *lab
	at  wire.Transport
	ctx context.Context
	tag docsync.Tag // of the collection of the last handshake
}

func (l *lab) mallory(name string) *mallory {
	return &mallory{lab: l, at: l.join(name, nil), ctx: context.Background()}
}

func (m *mallory) dial(p *person) wire.Conn {
	m.lab.t.Helper()
	conn, err := m.at.Dial(m.ctx, p.at.Addresses()[0])
	if err != nil {
		m.lab.t.Fatal(err)
	}
	return conn
}

func (m *mallory) open(conn wire.Conn, protocol string) wire.Stream {
	m.lab.t.Helper()
	s, err := conn.Open(m.ctx, protocol)
	if err != nil {
		m.lab.t.Fatal(err)
	}
	return s
}

// use opens a stream for an attack, which ends if the connection has.
func (m *mallory) use(conn wire.Conn, protocol string) wire.Stream {
	s, err := conn.Open(m.ctx, protocol)
	if err != nil {
		runtime.Goexit()
	}
	return s
}

// sync speaks as a session does, on what a shelf says, until the stream ends.
func (m *mallory) sync(conn wire.Conn, shelf *shelf) { attacks.Sync(m.ctx, conn, m.tag, shelf, 1) }

// attack runs an attack beside, and waits until the node has closed the
// connection and the attack is over.
func (m *mallory) attack(conn wire.Conn, how func(*mallory, wire.Conn)) {
	var over sync.WaitGroup
	over.Go(func() { how(m, conn) })
	<-conn.Done()
	over.Wait()
}

// join shakes hands as somebody who knows a person's first collection and has a
// device.
func (m *mallory) join(p *person, as *wire.Self) wire.Conn {
	m.lab.t.Helper()
	conn := m.dial(p)
	secrets := []wire.Secret{wire.MeetSecret(p.shelves.list[0].id)}
	result, err := wire.Shake(m.ctx, m.open(conn, wire.Hello), conn, secrets, as)
	if err != nil {
		m.lab.t.Fatal(err)
	}
	m.tag = docsync.Tag(result.Matched[0].Tag)
	return conn
}

var frame, noise = attacks.Frame, attacks.Noise

func TestStrangersWhoDoNotShakeHandsAreClosed(t *testing.T) {
	for name, attack := range attacks.Strangers() {
		t.Run(name, func(t *testing.T) {
			inLab(t, func(l *lab) {
				a := l.person("ada", newShelf("x", "ada")).start()
				defer a.stop()
				m := l.mallory("mal")
				defer m.at.Close()
				conn := m.dial(a)
				began := time.Now()
				m.attack(conn, bare(attack))
				if d := time.Since(began); d > helloTime+2*time.Second {
					t.Errorf("closed after %v", d)
				}
				l.within(time.Second, "the node has forgotten it", func() bool {
					a.node.mu.Lock()
					defer a.node.mu.Unlock()
					return len(a.node.links) == 0
				})
			})
		})
	}
}

// bare is an attack that needs no more than its connection.
func bare(attack attacks.Attack) func(*mallory, wire.Conn) {
	return func(m *mallory, c wire.Conn) { attack(m.ctx, c) }
}

// memberAttacks: the handshake is right, what follows is not.
var memberAttacks = func() map[string]func(*mallory, wire.Conn) {
	all := map[string]func(*mallory, wire.Conn){
		"alive with more":       func(m *mallory, c wire.Conn) { m.use(c, Control).Write(frame(2, []byte{sayAlive, 1})) },
		"an answer to no offer": func(m *mallory, c wire.Conn) { m.use(c, Control).Write(frame(1, []byte{sayTaken})) },
		"an offer that is garbage": func(m *mallory, c wire.Conn) {
			m.use(c, Control).Write(frame(41, append([]byte{sayOffer}, noise(40)...)))
		},
		"a flood of offers": func(m *mallory, c wire.Conn) {
			s := m.use(c, Control)
			offer := append([]byte{sayOffer}, encodeInvitation(anInvitation())...)
			for range 1000 {
				if _, err := s.Write(frame(uint32(len(offer)), offer)); err != nil {
					return
				}
			}
		},
		"items that are not what they were said to be": func(m *mallory, c wire.Conn) {
			liar := newShelf("x", "liar")
			liar.write("C a lie")
			for k := range liar.bytes {
				liar.bytes[k] = []byte("C a LIE")
			}
			m.sync(c, liar)
		},
		"items that are none": func(m *mallory, c wire.Conn) {
			forger := newShelf("x", "forger")
			forger.lenient = true
			for i := range 100 {
				forger.write(fmt.Sprint("forged ", i))
			}
			m.sync(c, forger)
		},
	}
	for name, attack := range attacks.Members() {
		all[name] = bare(attack)
	}
	return all
}()

func TestMembersWhoBreakTheProtocolAreLeftAlone(t *testing.T) {
	for name, attack := range memberAttacks {
		t.Run(name, func(t *testing.T) {
			inLab(t, func(l *lab) {
				a := l.person("ada", newShelf("x", "ada"))
				_, a.pieces = one(t, noise(10))
				a.start()
				defer a.stop()
				evil := l.person("mal")
				m := l.mallory("mal")
				defer m.at.Close()
				conn := m.join(a, evil.self)
				began := time.Now()
				m.attack(conn, attack)
				if d := time.Since(began); d > time.Minute {
					t.Errorf("closed after %v", d)
				}
				synctest.Wait()
				<-m.dial(a).Done()
				if time.Since(began) > time.Minute || len(a.node.Peers()) != 0 {
					t.Error("who broke the protocol is let in again")
				}
			})
		})
	}
}

func TestManyUnshakenConnectionsKeepNobodyOut(t *testing.T) {
	inLab(t, func(l *lab) {
		a := l.person("ada", newShelf("x", "ada")).start()
		b := l.person("ben", newShelf("x", "ben")).start()
		defer a.stop()
		defer b.stop()
		for i := range 3 * maxUnshaken {
			m := l.mallory(fmt.Sprint("mal", i))
			defer m.at.Close()
			m.open(m.dial(a), wire.Hello).Write([]byte{0})
			synctest.Wait()
		}
		if err := b.node.Dial(context.Background(), "ada"); err != nil {
			t.Fatalf("ben does not come through: %v", err)
		}
		a.node.mu.Lock()
		n := len(a.node.links)
		a.node.mu.Unlock()
		if n > maxUnshaken+1 {
			t.Fatalf("%d connections are held", n)
		}
	})
}

// Attacks of those who do nothing wrong, but slowly.
func TestWhoStallsIsClosed(t *testing.T) {
	for name, attack := range map[string]func(*mallory, wire.Conn){
		"a frame that does not end": bare(attacks.Slow()["a frame that does not end"]),
		"no control stream": func(m *mallory, c wire.Conn) {
			m.sync(c, newShelf("x", "mal"))
		},
		"silence": func(m *mallory, c wire.Conn) { m.use(c, Control).Write(frame(1, []byte{sayAlive})) },
	} {
		t.Run(name, func(t *testing.T) {
			inLab(t, func(l *lab) {
				a := l.person("ada", newShelf("x", "ada")).start()
				defer a.stop()
				m := l.mallory("mal")
				defer m.at.Close()
				conn := m.join(a, l.person("mal").self)
				began := time.Now()
				m.attack(conn, attack)
				if d := time.Since(began); d > 2*time.Minute {
					t.Errorf("closed after %v", d)
				}
			})
		})
	}
}

func TestAttacksLeaveNothingBehind(t *testing.T) {
	inLab(t, func(l *lab) {
		a := l.person("ada", newShelf("x", "ada")).start()
		b := l.person("ben", newShelf("x", "ben")).start()
		defer a.stop()
		defer b.stop()
		a.dial(b)
		time.Sleep(time.Minute)
		synctest.Wait()
		goroutines, memory := len(ours()), heap()
		i := 0
		for range 5 {
			for _, attack := range memberAttacks {
				i++
				name := fmt.Sprint("mal", i)
				m := l.mallory(name)
				conn := m.join(a, l.person(name).self)
				m.attack(conn, attack)
				m.at.Close()
			}
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		if now := ours(); len(now) > goroutines {
			t.Errorf("%d goroutines, before %d:\n%s", len(now), goroutines, strings.Join(now, "\n\n"))
		}
		if grown := heap() - memory; grown > 16<<20 {
			t.Errorf("the heap has grown by %d bytes", grown)
		}
		if _, ok := b.sees(a); !ok || len(a.node.Peers()) != 1 {
			t.Error("the honest one is gone")
		}
	})
}

// ours is the goroutines that this project has begun, without those of the runtime.
func ours() []string {
	b := make([]byte, 1<<22)
	all := strings.Split(string(b[:runtime.Stack(b, true)]), "\n\n")
	return slices.DeleteFunc(all, func(s string) bool { return !strings.Contains(s, "corkboard/net/") })
}

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

func TestWhoNamesSomebodyElseLaterIsHostile(t *testing.T) {
	inLab(t, func(l *lab) {
		a := l.person("ada", newShelf("x", "ada")).start()
		defer a.stop()
		m := l.mallory("mal")
		defer m.at.Close()
		conn := m.join(a, l.person("one").self)
		secrets := []wire.Secret{wire.MeetSecret(a.shelves.list[0].id)}
		wire.Shake(m.ctx, m.open(conn, wire.Hello), conn, secrets, l.person("two").self)
		<-conn.Done()
		synctest.Wait()
		a.node.mu.Lock()
		defer a.node.mu.Unlock()
		if a.node.bans.of(nameKey([]byte("mal")), time.Now()) != hostile {
			t.Error("they are not left alone")
		}
	})
}

// Somebody who brings few bad items at a time, and comes again, is found out too.
func TestAWaryForgerIsFoundOut(t *testing.T) {
	inLab(t, func(l *lab) {
		a := l.person("ada", newShelf("x", "ada")).start()
		defer a.stop()
		self := l.person("mal").self
		m := l.mallory("mal")
		defer m.at.Close()
		taken := 0
		for round := range 3 * maxBad {
			conn := m.dial(a)
			secrets := []wire.Secret{wire.MeetSecret(a.shelves.list[0].id)}
			hello, err := conn.Open(m.ctx, wire.Hello)
			if err != nil { // left alone
				break
			}
			result, err := wire.Shake(m.ctx, hello, conn, secrets, self)
			if err != nil {
				break
			}
			m.tag = docsync.Tag(result.Matched[0].Tag)
			forger := newShelf("x", fmt.Sprint("forger", round))
			forger.lenient = true
			forger.write(fmt.Sprint("forged ", round), fmt.Sprint("forged again ", round))
			time.AfterFunc(10*time.Second, func() { conn.Close() })
			m.attack(conn, func(m *mallory, c wire.Conn) { m.sync(c, forger) })
			synctest.Wait() // the node has judged it
			taken += 2
		}
		if taken > maxBad+2 {
			t.Errorf("%d forged items were taken", taken)
		}
	})
}

func TestDebtsAreForgottenInTime(t *testing.T) {
	l, now := ledger{}, time.Unix(1, 0)
	if l.add([32]byte{1}, now) != 1 || l.add([32]byte{1}, now) != 2 || l.add([32]byte{2}, now) != 1 {
		t.Error("debts are miscounted")
	}
	if n := l.add([32]byte{1}, now.Add(banTime)); n != 1 {
		t.Errorf("%d after a while", n)
	}
	for i := range 2 * maxBans {
		l.add([32]byte{byte(i), byte(i >> 8), 3}, now.Add(2*banTime))
	}
	if len(l) > maxBans {
		t.Errorf("%d devices are remembered", len(l))
	}
}
