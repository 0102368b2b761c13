package blind

import (
	"bytes"
	"context"
	crand "crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"corkboard/net/docsync"
)

const childDir = "CORKBOARD_BLIND_KILL_DIR"

// TestMain makes this program its own victim.
func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		if err := store(dir, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	if dir := os.Getenv(weighedDir); dir != "" {
		if err := beWeighed(dir, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// writers put into namespaces of their own at the same time.
const writers = 3

// store puts items until it is killed, and says of each when it is acknowledged:
// namespace, key, cursor.
func store(dir string, out io.Writer) error {
	s, err := Open(dir, Options{})
	if err != nil {
		return err
	}
	tenant, err := s.AddTenant(secretOf(1), 1<<40)
	if err != nil {
		return err
	}
	var mu sync.Mutex
	errs := make(chan error, writers)
	for w := range writers {
		go func() {
			errs <- storeIn(s, tenant, byte(10+w), crand.Reader, func(line string) {
				mu.Lock()
				defer mu.Unlock()
				fmt.Fprintln(out, line)
			})
		}()
	}
	return <-errs
}

func storeIn(s *Store, tenant int64, seed byte, random io.Reader, say func(string)) error {
	id, err := s.Register(tenant, secretOf(seed))
	if err != nil {
		return err
	}
	n, err := s.Namespace(context.Background(), id)
	if err != nil {
		return err
	}
	for {
		items := make([]Item, 1+int(seed)%4)
		for i := range items {
			if items[i], err = drawItem(random, 1024); err != nil {
				return err
			}
		}
		cursor := n.Seen(killer) + 3
		if err := errors.Join(n.Put(items), n.SetSeen(killer, cursor)); err != nil {
			return err
		}
		for _, i := range items {
			say(fmt.Sprintf("%d %x %d", seed, i.Key, cursor))
		}
	}
}

var killer = docsync.ReplicaID{1, 2, 3}

var errLost = errors.New("something acknowledged is lost")

// acknowledged looks for everything that children have said.
func acknowledged(s *Store, said []byte) (items int, err error) {
	open := map[byte]*Namespace{}
	doors, err := s.Doors(context.Background())
	if err != nil {
		return 0, err
	}
	for seed := range byte(10 + writers) {
		for _, d := range doors {
			if d.Secret != secretOf(seed) || d.Lock != ToNamespace {
				continue
			}
			if open[seed], err = s.Namespace(context.Background(), d.ID); err != nil {
				return 0, err
			}
			defer open[seed].Close()
		}
	}
	for line := range strings.Lines(string(said)) {
		var seed byte
		var key string
		var cursor uint64
		if _, err := fmt.Sscanf(line, "%d %s %d", &seed, &key, &cursor); err != nil {
			return items, fmt.Errorf("line %q: %w", line, err)
		}
		if open[seed] == nil {
			return items, fmt.Errorf("%w: a namespace", errLost)
		}
		if err := isThere(open[seed], key, cursor); err != nil {
			return items, err
		}
		items++
	}
	return items, nil
}

func isThere(n *Namespace, key string, cursor uint64) error {
	var k docsync.Key
	if _, err := hex.Decode(k[:], []byte(key)); err != nil {
		return err
	}
	if _, err := n.Bytes(k); err != nil {
		return fmt.Errorf("%w: %w", errLost, err)
	}
	if n.Seen(killer) < cursor {
		return fmt.Errorf("%w: seen %d, said %d", errLost, n.Seen(killer), cursor)
	}
	return nil
}

func TestKilledAtAnyMomentNothingAcknowledgedIsLost(t *testing.T) {
	dir := t.TempDir()
	r := rand.New(rand.NewPCG(1, 1))
	var said []byte
	for run := range 12 {
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), childDir+"="+dir)
		var out, fault bytes.Buffer
		child.Stdout, child.Stderr = &out, &fault
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(time.Duration(20+r.IntN(200))*time.Millisecond, func() { _ = child.Process.Kill() })
		_ = child.Wait() // killed, as it should be
		timer.Stop()
		if fault.Len() > 0 {
			t.Fatalf("run %d: %s", run, &fault)
		}
		whole := bytes.LastIndexByte(out.Bytes(), '\n') + 1 // the rest is cut off by the kill
		said = append(said, out.Bytes()[:whole]...)
	}
	s := openStore(t, dir, Options{})
	items, err := acknowledged(s, said)
	if err != nil {
		t.Fatal(err)
	}
	if items == 0 {
		t.Fatal("nothing was acknowledged: nothing was tried")
	}
	if report := sound(t, s); report.Items < items {
		t.Errorf("%d items, %d acknowledged", report.Items, items)
	}
	t.Logf("%d items acknowledged, all there", items)
}

func TestALostItemIsNoticed(t *testing.T) {
	s, _, n := aStore(t, 0, Options{})
	i := anItem(t, chance(1), 1024)
	put(t, n, i)
	sees(t, n, killer, 4)
	for line, want := range map[string]error{
		fmt.Sprintf("2 %x 4\n", i.Key):                nil,
		fmt.Sprintf("2 %x 5\n", i.Key):                errLost,
		fmt.Sprintf("3 %x 4\n", i.Key):                errLost,
		fmt.Sprintf("2 %x 4\n", docsync.Key{1, 2, 3}): errLost,
	} {
		if _, err := acknowledged(s, []byte(line)); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", line, err, want)
		}
	}
}
