package media

import (
	"context"
	"errors"
	"image"
	"os"
	"sync/atomic"
	"testing"
	"time"
)

// These operations exist in the test's worker only.
func init() {
	operations["test-hang"] = func(*desk, request) (*reply, error) { select {} }
	operations["test-spin"] = func(*desk, request) (*reply, error) {
		for i := 0; ; i++ {
			spun.Store(int64(i))
		}
	}
	operations["test-exit"] = func(*desk, request) (*reply, error) { os.Exit(9); return nil, nil }
	operations["test-panic"] = func(*desk, request) (*reply, error) { panic("as ordered") }
	operations["test-pid"] = func(*desk, request) (*reply, error) {
		return &reply{Info: Info{Pages: os.Getpid() % maxPages}}, nil
	}
	operations["test-open"] = func(d *desk, _ request) (*reply, error) {
		if d.doc != nil {
			return &reply{Info: Info{Pages: d.doc.pages}}, nil
		}
		return &reply{}, nil
	}
	operations["test-flood"] = func(_ *desk, r request) (*reply, error) { return &reply{body: make([]byte, r.Max)}, nil }
	operations["test-large"] = func(*desk, request) (*reply, error) {
		return &reply{frames: []Frame{{Picture: image.NewRGBA(image.Rect(0, 0, 100, 100))}}}, nil
	}
	operations["test-memory"] = func(*desk, request) (*reply, error) {
		var kept [][]byte
		for range 64 {
			b := make([]byte, 64<<20)
			for i := 0; i < len(b); i += 4096 {
				b[i] = 1
			}
			kept = append(kept, b)
		}
		return &reply{Info: Info{Pages: len(kept)}}, nil
	}
}

var spun atomic.Int64

var anyBox = allowance{pictures: 1, box: Size{50, 50}, pixels: 2500}

// mustStillWork fails unless a picture can be decoded.
func mustStillWork(t *testing.T, d *Decoder) {
	t.Helper()
	if _, _, err := d.Image(testContext(t), write(t, "x.png", pngOf(t, corners(8, 8))), Size{}); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

func TestMisbehavingWorkersAreReplaced(t *testing.T) {
	path := write(t, "x", []byte("x"))
	for _, c := range []struct {
		op   string
		opts Options
		max  int
		want error
	}{
		{"test-hang", Options{Wall: 50 * time.Millisecond}, 0, ErrTimeout},
		{"test-spin", Options{CPU: time.Second}, 0, ErrTimeout},
		{"test-exit", Options{}, 0, ErrWorkerDied},
		{"test-memory", Options{}, 0, ErrWorkerDied},
		{"test-flood", Options{}, 1, ErrWorkerDied},
		{"test-flood", Options{}, 100 << 20, ErrWorkerDied},
		{"test-large", Options{}, 0, ErrWorkerDied},
		{"test-panic", Options{}, 0, ErrBroken},
		{"test-unknown", Options{}, 0, ErrUnsupported},
	} {
		t.Run(c.op, func(t *testing.T) {
			d := newDecoder(t, c.opts)
			_, err := d.do(testContext(t), path, request{Op: c.op, Max: c.max}, anyBox.without(c.op == "test-flood"))
			if !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
			if c.op != "test-hang" { // whose clock is too short for work
				mustStillWork(t, d)
			}
		})
	}
}

// without gives no allowance for pictures.
func (a allowance) without(pictures bool) allowance {
	if pictures {
		return allowance{}
	}
	return a
}

func TestWorkerKilledMidJob(t *testing.T) {
	pids := make(chan int, 8)
	d := newDecoder(t, Options{onStart: func(pid int) { pids <- pid }})
	go func() {
		if p, err := os.FindProcess(<-pids); err == nil {
			_ = p.Kill()
		}
	}()
	_, err := d.do(testContext(t), write(t, "x", []byte("x")), request{Op: "test-hang"}, allowance{})
	if !errors.Is(err, ErrWorkerDied) {
		t.Fatalf("got %v", err)
	}
	mustStillWork(t, d)
}

func TestWorkerKilledWhileIdleIsNotNoticed(t *testing.T) {
	pids := make(chan int, 8)
	d := newDecoder(t, Options{onStart: func(pid int) { pids <- pid }})
	mustStillWork(t, d)
	p, err := os.FindProcess(<-pids)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Kill(); err != nil {
		t.Fatal(err)
	}
	mustStillWork(t, d)
	<-pids // a second one was started
}

func TestIdleWorkerEnds(t *testing.T) {
	ended := make(chan int, 8)
	d := newDecoder(t, Options{Idle: time.Millisecond, onEnd: func(pid int) { ended <- pid }})
	mustStillWork(t, d)
	select {
	case <-ended:
	case <-testContext(t).Done():
		t.Fatal("it stays")
	}
	mustStillWork(t, d)
}

func TestWorkerIsKeptAndRecycled(t *testing.T) {
	d := newDecoder(t, Options{Recycle: 3})
	path := write(t, "x", []byte("x"))
	var pids []int
	for range 6 {
		out, err := d.do(testContext(t), path, request{Op: "test-pid"}, allowance{})
		if err != nil {
			t.Fatal(err)
		}
		pids = append(pids, out.Info.Pages)
	}
	if pids[0] != pids[2] || pids[2] == pids[3] || pids[3] != pids[5] {
		t.Errorf("workers %v, want three jobs each", pids)
	}
}

func TestCancelledCallReturnsAndTheNextOneWorks(t *testing.T) {
	started := make(chan int, 8)
	d := newDecoder(t, Options{onStart: func(pid int) { started <- pid }})
	ctx, cancel := context.WithCancel(context.Background())
	go func() { <-started; cancel() }()
	_, err := d.do(ctx, write(t, "x", []byte("x")), request{Op: "test-hang"}, allowance{})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
	mustStillWork(t, d)
}

func TestCloseEndsBusyWorkersAndWaitingCalls(t *testing.T) {
	started := make(chan int, 8)
	d := New(Options{onStart: func(pid int) { started <- pid }})
	path := write(t, "x", []byte("x"))
	errs := make(chan error)
	for range 3 {
		go func() {
			_, err := d.do(testContext(t), path, request{Op: "test-hang"}, allowance{})
			errs <- err
		}()
	}
	<-started
	d.Close()
	for range 3 {
		if err := <-errs; !errors.Is(err, ErrClosed) {
			t.Errorf("got %v", err)
		}
	}
	d.Close()
	if _, err := d.Probe(testContext(t), path); !errors.Is(err, ErrClosed) {
		t.Errorf("after Close: %v", err)
	}
}

func TestProgramThatIsNoWorker(t *testing.T) {
	for _, exe := range []string{"/bin/true", "/does/not/exist"} {
		d := newDecoder(t, Options{Executable: exe})
		if _, err := d.Probe(testContext(t), write(t, "x", []byte("x"))); !errors.Is(err, ErrWorkerDied) {
			t.Errorf("%s: %v", exe, err)
		}
	}
}

func TestSeveralWorkers(t *testing.T) {
	d := newDecoder(t, Options{Workers: 3})
	pdf, pic := write(t, "x.pdf", twoPages()), write(t, "x.png", pngOf(t, corners(8, 8)))
	level := writeLevel(t, "name", corners(8, 8), false)
	errs := make(chan error)
	for i := range 16 {
		go func() {
			var err error
			switch i % 3 {
			case 0:
				_, err = d.Page(testContext(t), pdf, i/3%2, Size{50, 50})
			case 1:
				_, _, err = d.Image(testContext(t), pic, Size{})
			case 2:
				_, err = d.Level(testContext(t), level, "name", 8)
			}
			errs <- err
		}()
	}
	for range 16 {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
}

func TestChangedFileIsReadAgain(t *testing.T) {
	d := newDecoder(t, Options{})
	path := write(t, "x.pdf", testPDF("", textAt(20, 30, "old")))
	if all, err := d.AllText(testContext(t), path, 100); err != nil || all[:3] != "old" {
		t.Fatalf("%q, %v", all, err)
	}
	if err := os.WriteFile(path+".new", testPDF("", textAt(20, 30, "newer")), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		t.Fatal(err)
	}
	if all, err := d.AllText(testContext(t), path, 100); err != nil || all[:5] != "newer" {
		t.Fatalf("%q, %v", all, err)
	}
}

func TestDocumentStaysOpenForTheNextRequest(t *testing.T) {
	d := newDecoder(t, Options{})
	ctx := testContext(t)
	path, other := write(t, "x.pdf", twoPages()), write(t, "y.png", pngOf(t, corners(8, 8)))
	open := func() int {
		out, err := d.do(ctx, path, request{Op: "test-open"}, allowance{})
		if err != nil {
			t.Fatal(err)
		}
		return out.Info.Pages
	}
	if _, err := d.Page(ctx, path, 0, Size{10, 10}); err != nil {
		t.Fatal(err)
	}
	if open() != 2 {
		t.Error("it was closed")
	}
	if _, _, err := d.Image(ctx, other, Size{}); err != nil {
		t.Fatal(err)
	}
	if open() != 0 {
		t.Error("it stays open after another file")
	}
}
