package folder

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"corkboard/net/wire"
)

func TestBothDialAtOnce(t *testing.T) {
	for range 10 {
		dir := t.TempDir()
		a, b := start(t, Options{Dir: dir}), start(t, Options{Dir: dir})
		var near, far wire.Conn
		var wg sync.WaitGroup
		for _, end := range []struct {
			from, to *Transport
			into     *wire.Conn
		}{{a, b, &near}, {b, a, &far}} {
			wg.Go(func() {
				c, err := end.from.Dial(within(t), end.to.Addresses()[0])
				if err != nil {
					t.Error(err)
				}
				*end.into = c
			})
		}
		wg.Wait()
		if t.Failed() {
			return
		}
		if near.Dialled() == far.Dialled() {
			t.Fatalf("dialled: %v and %v", near.Dialled(), far.Dialled())
		}
		pair(t, near, far)
		a.Close()
		b.Close()
	}
}

func TestOthersAreFound(t *testing.T) {
	dir := t.TempDir()
	found := make(chan wire.Address, 10)
	start(t, Options{Dir: dir, Found: func(at wire.Address) { found <- at }})
	b := start(t, Options{Dir: dir})
	select {
	case at := <-found:
		if at != b.Addresses()[0] {
			t.Errorf("found %s", at)
		}
	case <-within(t).Done():
		t.Fatal("nobody is found")
	}
}

// An end that was left behind an hour ago is found once it shows life.
func TestWhoWasSilentIsFoundWithASign(t *testing.T) {
	dir := t.TempDir()
	quick := usual
	quick.beat = 20 * time.Millisecond
	alive := filepath.Join(dir, strings.Repeat("a", 64), aliveName)
	must(t, os.MkdirAll(filepath.Dir(alive), 0o755))
	must(t, os.WriteFile(alive, encodeCount(7), 0o644))
	hour := time.Now().Add(-time.Hour)
	must(t, os.Chtimes(alive, hour, hour))
	found := make(chan wire.Address, 10)
	start(t, Options{Dir: dir, pace: quick, Found: func(at wire.Address) { found <- at }})
	b := start(t, Options{Dir: dir})
	if at := <-found; at != b.Addresses()[0] {
		t.Errorf("found %s", at)
	}
	must(t, os.WriteFile(alive, encodeCount(8), 0o644))
	if at := <-found; at != addressOf(strings.Repeat("a", 64)) {
		t.Errorf("found %s", at)
	}
}

func TestAFolderThatVanishesAndReturns(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "stick")
	must(t, os.Mkdir(dir, 0o755))
	quick := usual
	quick.beat = 20 * time.Millisecond
	a, b := start(t, Options{Dir: dir, pace: quick}), start(t, Options{Dir: dir, pace: quick})
	near, far := meet(t, a, b)
	x, _ := pair(t, near, far)
	must(t, os.Rename(dir, dir+" elsewhere"))
	for _, c := range []wire.Conn{near, far} {
		select {
		case <-c.Done():
		case <-within(t).Done():
			t.Fatal("a connection goes on without its folder")
		}
		_, err := c.Open(within(t), "/x")
		wants(t, err, ErrFolder)
		wants(t, err, wire.ErrClosed)
		wants(t, err, os.ErrNotExist)
	}
	_, err := x.Read(make([]byte, 1))
	wants(t, err, ErrFolder)
	_, err = a.Dial(within(t), b.Addresses()[0])
	wants(t, err, ErrFolder)
	must(t, os.Mkdir(dir, 0o755))
	until(t, "both are there again", func() bool {
		_, err := os.Stat(filepath.Join(dir, b.self, aliveName))
		return err == nil
	})
	near, far = meet(t, a, b)
	pair(t, near, far)
}

func TestAFolderThatIsEmptied(t *testing.T) {
	dir := t.TempDir()
	a, b := start(t, Options{Dir: dir}), start(t, Options{Dir: dir})
	near, far := meet(t, a, b)
	pair(t, near, far)
	must(t, os.Rename(filepath.Join(dir, a.self), filepath.Join(dir, "trash")))
	for _, c := range []wire.Conn{near, far} {
		select {
		case <-c.Done():
		case <-within(t).Done():
			t.Fatal("a connection goes on without its files")
		}
	}
}

func TestAFolderThatIsNotThere(t *testing.T) {
	_, err := New(Options{Dir: filepath.Join(t.TempDir(), "none")})
	wants(t, err, ErrFolder)
	wants(t, err, os.ErrNotExist)
	file := filepath.Join(t.TempDir(), "file")
	must(t, os.WriteFile(file, nil, 0o644))
	_, err = New(Options{Dir: file})
	wants(t, err, ErrFolder)
}

func TestWhyADialFails(t *testing.T) {
	dir := t.TempDir()
	a := start(t, Options{Dir: dir})
	for to, want := range map[wire.Address]error{
		"":                                    ErrAddress,
		"folder:":                             ErrAddress,
		"/ip4/127.0.0.1/tcp/1":                ErrAddress,
		"folder:../../etc":                    ErrAddress,
		wire.Address(strings.Repeat("a", 64)): ErrAddress,
		wire.Address("folder:" + strings.Repeat("A", 64)): ErrAddress,
		wire.Address("folder:" + strings.Repeat("a", 64)): ErrNobody,
		a.Addresses()[0]: ErrNobody,
	} {
		_, err := a.Dial(within(t), to)
		wants(t, err, want)
	}
	silent := strings.Repeat("9", 64)
	must(t, os.Mkdir(filepath.Join(dir, silent), 0o755))
	call := filepath.Join(dir, callFile(a.self, silent))
	there := func() bool { _, err := os.Stat(call); return err == nil }
	ctx, cancel := context.WithCancel(within(t))
	failed := make(chan error, 1)
	go func() { _, err := a.Dial(ctx, addressOf(silent)); failed <- err }()
	until(t, "the call is there", there)
	cancel()
	wants(t, <-failed, context.Canceled)
	until(t, "the call is taken back", func() bool { return !there() })
	go func() { _, err := a.Dial(within(t), addressOf(silent)); failed <- err }()
	until(t, "the next call is there", there)
	must(t, os.Remove(filepath.Join(dir, silent)))
	wants(t, <-failed, ErrNobody)
}

// Close leaves neither goroutines nor files.
func TestNothingIsLeft(t *testing.T) {
	dir := t.TempDir()
	before := runtime.NumGoroutine()
	a, err := New(Options{Dir: dir})
	must(t, err)
	b, err := New(Options{Dir: dir})
	must(t, err)
	near, far := meet(t, a, b)
	for range 5 {
		x, _ := pair(t, near, far)
		go x.Read(make([]byte, 1))
		go x.Write(make([]byte, 32<<20))
	}
	go near.Accept(context.Background())
	go a.Accept(context.Background())
	silent := strings.Repeat("9", 64)
	must(t, os.Mkdir(filepath.Join(dir, silent), 0o755))
	go a.Dial(context.Background(), addressOf(silent))
	until(t, "it dials", func() bool { _, err := os.Stat(filepath.Join(dir, callFile(a.self, silent))); return err == nil })
	must(t, a.Close())
	must(t, b.Close())
	until(t, "no goroutine is left", func() bool { return runtime.NumGoroutine() <= before })
	entries, err := os.ReadDir(dir)
	must(t, err)
	if len(entries) != 1 {
		t.Errorf("%d names are left", len(entries))
	}
	if _, err := a.Dial(within(t), b.Addresses()[0]); !errors.Is(err, wire.ErrClosed) {
		t.Errorf("a closed end dials: %v", err)
	}
}

func TestTheStatusTellsWhatWasWrittenAndTaken(t *testing.T) {
	dir := t.TempDir()
	a, b := start(t, Options{Dir: dir}), start(t, Options{Dir: dir})
	if s := a.Status(); s != (Status{}) {
		t.Fatalf("at first %+v", s)
	}
	conn, err := a.Dial(within(t), b.Addresses()[0])
	if err != nil {
		t.Fatal(err)
	}
	s, err := conn.Open(within(t), "/test")
	if err == nil {
		_, err = s.Write([]byte("hello"))
	}
	if err != nil {
		t.Fatal(err)
	}
	until(t, "all is taken", func() bool {
		s := a.Status()
		return s.Others == 1 && !s.Written.IsZero() && !s.Read.IsZero() && s.Waiting == 0 && s.Err == nil
	})
	if err := conn.Close(); err != nil {
		t.Fatal(err)
	}
	until(t, "nobody is there", func() bool { return a.Status().Others == 0 && a.Status().Waiting == 0 })
	if err := os.Rename(dir, dir+".away"); err != nil {
		t.Fatal(err)
	}
	until(t, "the folder is gone", func() bool { return errors.Is(a.Status().Err, ErrFolder) })
	if err := os.Rename(dir+".away", dir); err != nil {
		t.Fatal(err)
	}
	until(t, "the folder is back", func() bool { return a.Status().Err == nil })
}
