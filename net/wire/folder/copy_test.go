package folder

import (
	"encoding/hex"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"corkboard/net/wire"
)

// known tells its address once its folder has been copied to the other end.
type known struct {
	*Transport
	there string
}

func (k known) Addresses() []wire.Address {
	if _, err := os.Stat(filepath.Join(k.there, k.self)); err != nil {
		return nil
	}
	return k.Transport.Addresses()
}

// copies copies the folder of each end to where the other is until the test is over.
func copies(t *testing.T, here, there string, a, b []byte) {
	stop := make(chan struct{})
	var wg sync.WaitGroup
	for i, way := range [][3]string{{here, there, hex.EncodeToString(a)}, {there, here, hex.EncodeToString(b)}} {
		c := &copier{from: way[0], to: way[1], r: rand.New(rand.NewPCG(1, uint64(i))), have: map[string]stamp{}}
		wg.Go(func() {
			for {
				select {
				case <-stop:
					return
				case <-time.After(time.Millisecond):
					c.pass(way[2])
				}
			}
		})
	}
	t.Cleanup(func() {
		close(stop)
		wg.Wait()
	})
}

// copier is a poor one: what was copied by half is copied again later.
type copier struct {
	from, to string
	r        *rand.Rand
	have     map[string]stamp
}

type stamp struct {
	at   time.Time
	size int64
}

func (c *copier) pass(top string) {
	there := map[string]stamp{}
	filepath.WalkDir(filepath.Join(c.from, top), func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return nil
		}
		if info, err := e.Info(); err == nil && info.Mode().IsRegular() {
			name, _ := filepath.Rel(c.from, path)
			there[name] = stamp{info.ModTime(), info.Size()}
		}
		return nil
	})
	var names []string
	for name := range there {
		names = append(names, name)
	}
	slices.Sort(names)
	c.r.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	for _, name := range names {
		if c.have[name] != there[name] {
			c.copy(name, there[name])
		}
	}
	for name := range c.have {
		if _, ok := there[name]; !ok {
			os.Remove(filepath.Join(c.to, name))
			delete(c.have, name)
		}
	}
	if len(there) == 0 {
		os.RemoveAll(filepath.Join(c.to, top))
	}
}

func (c *copier) copy(name string, s stamp) {
	b, err := os.ReadFile(filepath.Join(c.from, name))
	if err != nil {
		return
	}
	to := filepath.Join(c.to, name)
	os.MkdirAll(filepath.Dir(to), 0o755)
	if c.r.IntN(20) == 0 && len(b) > 0 {
		os.WriteFile(to, b[:c.r.IntN(len(b))], 0o644)
		return
	}
	if os.WriteFile(to, b, 0o644) == nil {
		c.have[name] = s
	}
}
