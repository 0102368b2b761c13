package ipc

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

func testContext(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// listen serves a profile in a folder of its own.
func listen(t *testing.T, profile string, answer func(context.Context, Request) Reply) {
	t.Helper()
	s, err := Listen(profile, answer)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("closing: %v", err)
		}
	})
}

func echo(_ context.Context, q Request) Reply {
	return Reply{Count: len(q.Paths), Errors: []string{q.Link}}
}

func TestRequestAndReply(t *testing.T) {
	deep := filepath.Join(t.TempDir(), strings.Repeat("long/", 40))
	if err := os.MkdirAll(deep, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, profile := range map[string]string{"in the profile": t.TempDir(), "path too long": deep} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("TMPDIR", t.TempDir())
			listen(t, profile, echo)
			r, err := Call(testContext(t), profile, Request{Verb: Open, Link: "a\nb", Paths: []string{"x", "y"}})
			if err != nil || r.Count != 2 || r.Errors[0] != "a\nb" || r.Version != Version {
				t.Errorf("got %+v, %v", r, err)
			}
			path, err := Address(profile)
			if err != nil {
				t.Fatal(err)
			}
			info, err := os.Stat(path)
			if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
				t.Errorf("the socket is %v, %v", info.Mode(), err)
			}
			if len(path) > 107 {
				t.Errorf("the path has %d bytes", len(path))
			}
		})
	}
}

func TestNobodyIsThere(t *testing.T) {
	dir := t.TempDir()
	if _, err := Call(testContext(t), dir, Request{}); !errors.Is(err, ErrNobody) {
		t.Errorf("without a socket: %v", err)
	}
	l, err := net.ListenUnix("unix", &net.UnixAddr{Name: filepath.Join(dir, socketName), Net: "unix"})
	if err != nil {
		t.Fatal(err)
	}
	l.SetUnlinkOnClose(false)
	l.Close()
	if _, err := Call(testContext(t), dir, Request{}); !errors.Is(err, ErrNobody) {
		t.Errorf("with a stale socket: %v", err)
	}
	listen(t, dir, echo)
	if _, err := Call(testContext(t), dir, Request{}); err != nil {
		t.Errorf("after it was replaced: %v", err)
	}
}

func TestCallerThatGoesCancelsItsAnswer(t *testing.T) {
	dir := t.TempDir()
	began, ended := make(chan struct{}), make(chan error, 1)
	listen(t, dir, func(ctx context.Context, _ Request) Reply {
		close(began)
		<-ctx.Done()
		ended <- ctx.Err()
		return Reply{}
	})
	ctx, cancel := context.WithCancel(testContext(t))
	go func() {
		<-began
		cancel()
	}()
	if _, err := Call(ctx, dir, Request{}); !errors.Is(err, context.Canceled) {
		t.Errorf("the caller got %v", err)
	}
	select {
	case <-ended:
	case <-testContext(t).Done():
		t.Fatal("the answer goes on")
	}
}

// talk sends bytes and reads a line.
func talk(t *testing.T, dir string, send []byte) (string, error) {
	t.Helper()
	conn, err := net.Dial("unix", filepath.Join(dir, socketName))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	go conn.Write(send)
	return bufio.NewReader(conn).ReadString('\n')
}

func TestStrangeMessagesAreNotAnswered(t *testing.T) {
	dir := t.TempDir()
	listen(t, dir, func(context.Context, Request) Reply {
		t.Error("it was answered")
		return Reply{}
	})
	for name, send := range map[string][]byte{
		"no JSON":    []byte("hello\n"),
		"wrong type": []byte(`{"paths":1}` + "\n"),
		"too long":   append([]byte(`{"link":"`), make([]byte, MaxMessage)...),
	} {
		if line, err := talk(t, dir, send); err == nil {
			t.Errorf("%s: got %q", name, line)
		}
	}
	line, err := talk(t, dir, []byte(`{"version":99,"verb":"open"}`+"\n"))
	var r Reply
	if err != nil || json.Unmarshal([]byte(line), &r) != nil || r.Version != Version {
		t.Errorf("another version: got %q, %v", line, err)
	}
}

func TestOtherVersionIsSaid(t *testing.T) {
	dir := t.TempDir()
	l, err := net.Listen("unix", filepath.Join(dir, socketName))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go func() {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		bufio.NewReader(conn).ReadString('\n')
		conn.Write([]byte(`{"version":99}` + "\n"))
	}()
	if _, err := Call(testContext(t), dir, Request{}); !errors.Is(err, ErrVersion) {
		t.Errorf("got %v", err)
	}
	if _, err := Call(testContext(t), dir, Request{Link: strings.Repeat("x", MaxMessage)}); !errors.Is(err, ErrMessage) {
		t.Errorf("a message that is too long: %v", err)
	}
}

func TestFolderOfSomebodyElseIsNotUsed(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("permissions are others here")
	}
	dir := filepath.Join(t.TempDir(), "open")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(t.TempDir(), link); err != nil {
		t.Fatal(err)
	}
	for _, d := range []string{dir, link} {
		if err := privateFolder(d); !errors.Is(err, errForeign) {
			t.Errorf("%s: %v", d, err)
		}
	}
}
