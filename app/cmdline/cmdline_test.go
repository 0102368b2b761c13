package cmdline

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"corkboard/app"
	"corkboard/media"
)

func TestMain(m *testing.M) {
	media.MaybeWorker()
	os.Exit(m.Run())
}

// result is what a command left behind.
type result struct {
	exit     int
	out, err string
}

// run is a start of the program without a window, unless show is given.
func run(t *testing.T, show func(WindowRequest) int, stdin string, args ...string) result {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if show == nil {
		show = func(WindowRequest) int {
			t.Errorf("%v opened a window", args)
			return 0
		}
	}
	var out, err bytes.Buffer
	exit := Run(ctx, args, strings.NewReader(stdin), &out, &err, System{Window: show})
	return result{exit, out.String(), err.String()}
}

func write(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// report is what status --json says.
func report(t *testing.T, profile string) app.Report {
	t.Helper()
	r := run(t, nil, "", "status", "--json", "--profile", profile)
	var got app.Report
	if err := json.Unmarshal([]byte(r.out), &got); err != nil || r.exit != 0 || r.err != "" {
		t.Fatalf("status: %+v, %v", r, err)
	}
	return got
}

func TestCommandsWithoutARunningProgram(t *testing.T) {
	dir := t.TempDir()
	file := write(t, "a.txt", "one")
	r := run(t, nil, "two\n", "add", "--profile", dir, file, "-")
	if r != (result{0, "Added 2 cards.\n", ""}) {
		t.Fatalf("add: %+v", r)
	}
	got := report(t, dir)
	if got.Cards != 3 || got.Documents != 4 || got.Profile != dir || !got.Saved {
		t.Errorf("status: %+v", got)
	}
	r = run(t, nil, "", "--profile="+dir, "status")
	if r.exit != 0 || !strings.Contains(r.out, "Saved on this device") || !strings.Contains(r.out, dir) {
		t.Errorf("status: %+v", r)
	}
	out := filepath.Join(t.TempDir(), "out")
	if r := run(t, nil, "", "export", got.Home, out, "--profile", dir); r.exit != 0 || !strings.Contains(r.out, out) {
		t.Errorf("export: %+v", r)
	}
	for _, name := range []string{"board.json", "one.md", "two.md"} {
		if _, err := os.Stat(filepath.Join(out, name)); err != nil {
			t.Errorf("export: %v", err)
		}
	}
	if r := run(t, nil, "", "export", "home", out, "--profile", dir); r.exit != 1 || !strings.HasPrefix(r.err, "corkboard: The folder “") {
		t.Errorf("export again: %+v", r)
	}
	if r := run(t, nil, "", "check", "--profile", dir); r.exit != 0 || !strings.HasPrefix(r.out, "All is well: 4 documents") {
		t.Errorf("check: %+v", r)
	}
	if r := run(t, nil, "", "add", "--profile", dir, filepath.Join(out, "gone")); r != (result{1, "", "corkboard: “gone”: there is no such file.\n"}) {
		t.Errorf("add: %+v", r)
	}
}

func TestBoardsGoOutAndComeIn(t *testing.T) {
	dir, other := t.TempDir(), t.TempDir()
	run(t, nil, "", "add", "--profile", dir, write(t, "a.txt", "one"))
	for _, format := range []string{"jsoncanvas", "markdown"} {
		out := filepath.Join(t.TempDir(), format+".zip")
		if r := run(t, nil, "", "export", "home", out, "--format", format, "--profile", dir); r != (result{0, "Exported to " + out + "\n", ""}) {
			t.Errorf("%s: %+v", format, r)
		}
		if r := run(t, nil, "", "export", "home", out, "--format="+format, "--profile", dir); r.exit != 1 || !strings.Contains(r.err, "is there already") {
			t.Errorf("%s again: %+v", format, r)
		}
		// The canvas holds both cards, the archive of pages is a text.
		want := map[string]string{"jsoncanvas": "Imported 2 cards.\n", "markdown": "Imported 1 card.\n"}[format]
		if r := run(t, nil, "", "import", out, "--profile", other); r != (result{0, want, ""}) {
			t.Errorf("%s: %+v", format, r)
		}
	}
	if got := report(t, other); got.Cards != 4 {
		t.Errorf("%d cards", got.Cards)
	}
	odd := write(t, "odd.canvas", `{"nodes":[7]}`)
	if r := run(t, nil, "", "import", odd, "--profile", other); r != (result{0, "1 card could not be read and was left out.\n", ""}) {
		t.Errorf("odd: %+v", r)
	}
	if r := run(t, nil, "", "export", "home", filepath.Join(dir, "x"), "--format", "doc", "--profile", dir); r.exit != misunderstood || !strings.Contains(r.err, "no format") {
		t.Errorf("no format: %+v", r)
	}
}

func TestLookingMakesNoProfile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "none")
	for _, args := range [][]string{{"status"}, {"export", "home", filepath.Join(dir, "out")}, {"check"}} {
		r := run(t, nil, "", append(args, "--profile", dir)...)
		if r.exit != 1 || !strings.HasPrefix(r.err, "corkboard: There is no profile yet.") {
			t.Errorf("%v: %+v", args, r)
		}
		if _, err := os.Stat(dir); err == nil {
			t.Fatalf("%v made %s", args, dir)
		}
	}
}

func TestUsage(t *testing.T) {
	link := "corkboard:/x?contentType=board"
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"--nonsense"}, "-nonsense"},
		{[]string{"add"}, "at least one file"},
		{[]string{"status", "x"}, "nothing more"},
		{[]string{"export", "home"}, "a board and a folder"},
		{[]string{"--json"}, "--json belongs to"},
		{[]string{"status", "--board", "x"}, "--board belongs to"},
		{[]string{"--profile", ""}, "--profile needs"},
		{[]string{link, link}, "one link at a time"},
	} {
		r := run(t, nil, "", c.args...)
		if r.exit != 2 || !strings.HasPrefix(r.err, "corkboard: ") || !strings.Contains(r.err, c.says) || strings.Count(r.err, "\n") != 1 {
			t.Errorf("%q: %+v", c.args, r)
		}
	}
	for _, args := range [][]string{{"--help"}, {"add", "-h"}, {"help", "add"}} {
		if r := run(t, nil, "", args...); r.exit != 0 || !strings.Contains(r.out, "Usage:") || r.err != "" {
			t.Errorf("%q: %+v", args, r)
		}
	}
	if r := run(t, nil, "", "--version"); r != (result{0, "corkboard " + app.Version + "\n", ""}) {
		t.Errorf("got %+v", r)
	}
}

func TestWindowGetsLinkAndFiles(t *testing.T) {
	dir := t.TempDir()
	file := write(t, "add", "x")
	t.Chdir(filepath.Dir(file))
	var got WindowRequest
	r := run(t, func(w WindowRequest) int { got = w; return 0 }, "", "--profile", dir, "HYPERMERGE:/x", "--", "add")
	if r.exit != 0 || got.Link != "HYPERMERGE:/x" || len(got.Files) != 1 || !filepath.IsAbs(got.Files[0]) || filepath.Base(got.Files[0]) != "add" {
		t.Errorf("%+v: %+v", r, got)
	}
	if r := run(t, func(WindowRequest) int { return 3 }, "", "--profile", dir); r.exit != 3 {
		t.Errorf("got %+v", r)
	}
	if r := run(t, nil, "", "--profile", dir, "gone.pdf"); r.exit != 1 || !strings.Contains(r.err, "gone.pdf”: there is no such file.") {
		t.Errorf("got %+v", r)
	}
}

func TestSecondStartHandsOver(t *testing.T) {
	dir := t.TempDir()
	file := write(t, "a b.txt", "x")
	links, files := make(chan string, 4), make(chan []string, 4)
	up, end, over := make(chan struct{}), make(chan struct{}), make(chan result, 1)
	go func() {
		over <- run(t, func(w WindowRequest) int {
			defer w.App.Serve(app.Handlers{
				Open:  func(link string) { links <- link },
				Files: func(paths []string) { files <- paths },
			})()
			close(up)
			<-end
			return 0
		}, "", "--profile", dir)
	}()
	<-up
	t.Chdir(filepath.Dir(file))
	if r := run(t, nil, "", "--profile", dir, "corkboard:/x", "a b.txt"); r != (result{}) {
		t.Errorf("the second start: %+v", r)
	}
	if got := <-links; got != "corkboard:/x" {
		t.Errorf("the window was asked for %q", got)
	}
	if got := <-files; !slices.Equal(got, []string{file}) && filepath.Base(got[0]) != "a b.txt" {
		t.Errorf("the window was handed %q", got)
	}
	if r := run(t, nil, "", "add", "--profile", dir, "a b.txt"); r != (result{0, "Added 1 card.\n", ""}) {
		t.Errorf("add: %+v", r)
	}
	if got := report(t, dir); got.Cards != 2 {
		t.Errorf("status: %+v", got)
	}
	close(end)
	if r := <-over; r != (result{}) {
		t.Errorf("the first start: %+v", r)
	}
	if got := report(t, dir); got.Cards != 2 {
		t.Errorf("status afterwards: %+v", got)
	}
}

func TestTakenProfileThatNeverAnswersIsSaid(t *testing.T) {
	dir := t.TempDir()
	a, err := app.Open(t.Context(), app.Options{Profile: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close(context.Background())
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var out, stderr bytes.Buffer
	if exit := Run(ctx, []string{"status", "--profile", dir}, nil, &out, &stderr, System{}); exit != 1 || stderr.String() != "corkboard: Interrupted.\n" {
		t.Errorf("interrupted: %d, %q", exit, stderr.String())
	}
	stderr.Reset()
	c := &command{arguments: arguments{verb: "status", profile: dir}, ctx: t.Context(), out: &out, err: &stderr, patience: 10 * time.Millisecond}
	if exit := c.status(); exit != 1 || !strings.Contains(stderr.String(), "Another Corkboard is using this profile") {
		t.Errorf("got %d, %q", exit, stderr.String())
	}
}
