package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// patience is how long the browser may take for one thing.
const patience = 30 * time.Second

// program is Debian's Chromium.
const program = "chromium"

// Browser is a running Chromium.
type Browser struct {
	t    *testing.T
	pipe *pipe
	log  strings.Builder // of the browser, read after its end
}

// Start starts a browser whose settings are in a folder, with more of an environment. It ends
// with the test. Where there is no browser, the test fails.
func Start(t *testing.T, folder string, env ...string) *Browser {
	t.Helper()
	path, err := exec.LookPath(program)
	if err != nil {
		t.Fatalf("no %s is installed, and the clipper cannot be tried without a browser: run “make setup”, or install the package “chromium”", program)
	}
	in, theirOut, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	theirIn, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	args := []string{
		"--headless=new", "--remote-debugging-pipe", "--enable-unsafe-extension-debugging", "--user-data-dir=" + folder,
		"--no-first-run", "--disable-gpu", "--disable-background-networking", "--window-size=1000,800",
	}
	if os.Geteuid() == 0 {
		args = append(args, "--no-sandbox")
	}
	command := exec.Command(path, append(args, "about:blank")...)
	command.ExtraFiles = []*os.File{theirIn, theirOut} // 3 and 4
	command.Env = append(os.Environ(), env...)
	b := &Browser{t: t}
	command.Stderr = &b.log
	command.WaitDelay = time.Second // its children keep the pipe open
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	theirIn.Close()
	theirOut.Close()
	b.pipe = newPipe(in, out)
	t.Cleanup(func() {
		_ = b.call("", "Browser.close", nil, nil) // it may have ended by itself
		out.Close()
		late := time.AfterFunc(patience, func() { _ = command.Process.Kill() })
		_ = command.Wait() // however it ended
		late.Stop()
		in.Close()
		if t.Failed() {
			t.Logf("last words of the browser:\n%.4000s", b.log.String())
		}
	})
	return b
}

func (b *Browser) call(session, method string, params, into any) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if params == nil {
		params = struct{}{}
	}
	return b.pipe.call(ctx, session, method, params, into)
}

// must asks for something, and fails the test where the browser refuses.
func (b *Browser) must(session, method string, params, into any) {
	b.t.Helper()
	if err := b.call(session, method, params, into); err != nil {
		b.t.Fatal(err)
	}
}

// Load loads an extension from a folder and gives its id.
func (b *Browser) Load(folder string) string {
	b.t.Helper()
	var loaded struct{ ID string }
	b.must("", "Extensions.loadUnpacked", map[string]any{"path": folder}, &loaded)
	return loaded.ID
}

// target is something that runs in the browser.
type target struct {
	ID   string `json:"targetId"`
	Type string `json:"type"`
	URL  string `json:"url"`
}

// find waits for the newest target of a type at an address.
func (b *Browser) find(kind, address string) target {
	b.t.Helper()
	end := time.Now().Add(patience)
	for {
		var list struct{ TargetInfos []target }
		b.must("", "Target.getTargets", map[string]any{"filter": []map[string]any{{"type": kind}}}, &list)
		for _, found := range list.TargetInfos {
			if found.Type == kind && found.URL == address {
				return found
			}
		}
		if time.Now().After(end) {
			b.t.Fatalf("the browser has no %s at %s, but %+v", kind, address, list.TargetInfos)
		}
		time.Sleep(30 * time.Millisecond)
	}
}

// attach begins to speak with a target.
func (b *Browser) attach(to target) (session string) {
	b.t.Helper()
	var attached struct{ SessionID string }
	b.must("", "Target.attachToTarget", map[string]any{"targetId": to.ID, "flatten": true}, &attached)
	return attached.SessionID
}

// evaluate runs a script, waits for its promise and reads its value.
func (b *Browser) evaluate(session, script string, into any) error {
	var done struct {
		Result struct{ Value json.RawMessage }
		Thrown *struct {
			Exception struct{ Description string }
		} `json:"exceptionDetails"`
	}
	err := b.call(session, "Runtime.evaluate", map[string]any{"expression": script, "awaitPromise": true, "returnByValue": true}, &done)
	switch {
	case err != nil:
		return err
	case done.Thrown != nil:
		return fmt.Errorf("in the browser: %s", done.Thrown.Exception.Description)
	case into == nil || done.Result.Value == nil:
		return nil
	}
	return json.Unmarshal(done.Result.Value, into)
}
