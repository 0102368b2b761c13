package cmdline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"time"

	"corkboard/app"
	"corkboard/app/ipc"
	"corkboard/app/workspaces"
	"corkboard/docstore"
	"corkboard/identity/vault"
)

// Exit codes.
const (
	done          = 0
	failure       = 1
	misunderstood = 2
)

// WindowRequest is what the window opens with. The window does not close the
// App.
type WindowRequest struct {
	App   *app.App
	Link  string   // as it was typed; may be broken
	Files []string // absolute paths

	Workspaces workspaces.Places          // zero: nobody knows where they would be
	Start      func(profile string) error // opens a window on another, in a program of its own
}

// System is what the program has of the system it runs on.
type System struct {
	// Window shows the window until it is closed, on the goroutine of Run, and
	// gives the exit code.
	Window  func(WindowRequest) int
	Keyring vault.Keyring // where the system keeps secrets; nil: nowhere
	Draw    app.Drawer    // draws boards for exports; nil: nothing does

	Language string // that the system speaks, as app.Options has it
}

// closing bounds how long the end of the program waits for the disk.
const closing = 30 * time.Second

// Run does what the arguments (without the program's name) say and gives the
// exit code.
func Run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer, sys System) (exit int) {
	c := &command{ctx: ctx, stdin: stdin, out: stdout, err: stderr, ring: sys.Keyring, draw: sys.Draw, language: sys.Language, patience: handOver}
	a, err := parse(args)
	switch {
	case err != nil:
		return c.fail(err)
	case a.help:
		usual := "(none here)"
		if places, err := allWorkspaces(); err == nil {
			usual = places.Last()
		}
		fmt.Fprintf(stdout, help, usual)
		return done
	case a.version:
		fmt.Fprintln(stdout, "corkboard", app.Version)
		return done
	}
	c.arguments = a
	switch a.verb {
	case "add":
		return c.add()
	case "status":
		return c.status()
	case "export":
		return c.export()
	case "import":
		return c.bring()
	case "check":
		return c.check()
	case "backup":
		return c.backup()
	case "restore":
		return c.restore()
	case "clipper":
		return c.clipper()
	case "register":
		return c.register()
	}
	return c.window(sys.Window)
}

// command is one run.
type command struct {
	arguments
	ctx      context.Context
	stdin    io.Reader
	out      io.Writer
	err      io.Writer
	ring     vault.Keyring
	draw     app.Drawer
	language string
	// patience is how long to wait for another process that has the profile.
	patience time.Duration
}

// fail says an error and gives the exit code for it.
func (c *command) fail(err error) int {
	if errors.Is(err, errUsage) {
		fmt.Fprintf(c.err, "corkboard: %v. See corkboard --help.\n", err)
		return misunderstood
	}
	words := app.Sentence(err)
	if words == "" {
		words = "Interrupted."
	}
	c.say(words)
	return failure
}

func (c *command) say(sentence string) { fmt.Fprintln(c.err, "corkboard:", sentence) }

// window opens a window, or hands over to the one that is open. A profile that has
// become that of another device is opened by the program anew.
func (c *command) window(show func(WindowRequest) int) int {
	link, files, err := c.opening()
	if err != nil {
		return c.fail(err)
	}
	for _, f := range files {
		if _, err := os.Stat(f); err != nil {
			return c.fail(&app.FileError{Name: f, Err: err})
		}
	}
	a, r, err := c.reach(ipc.Request{Verb: ipc.Open, Link: link, Paths: files})
	if err != nil {
		return c.fail(err)
	}
	if a == nil {
		return c.finish(r)
	}
	registerFirst()
	places, _ := allWorkspaces() // nowhere: there are none
	exit := show(WindowRequest{App: a, Link: link, Files: files, Workspaces: places, Start: c.startOn})
	exit = max(exit, c.close(a))
	if exit != done || !a.Became() {
		return exit
	}
	if err := c.startOn(c.profile); err != nil {
		return c.fail(err)
	}
	return exit
}

// ask lets the running program answer, or opens the profile for a moment.
func (c *command) ask(q ipc.Request) (ipc.Reply, int) {
	a, r, err := c.reach(q)
	if err != nil {
		return r, c.fail(err)
	}
	if a == nil {
		return r, c.finish(r)
	}
	r = a.Answer(c.ctx, q)
	exit := c.finish(r)
	return r, max(exit, c.close(a))
}

// finish says what a reply complains about.
func (c *command) finish(r ipc.Reply) int {
	for _, s := range r.Errors {
		c.say(s)
	}
	if len(r.Errors) > 0 {
		return failure
	}
	return done
}

func (c *command) close(a *app.App) int {
	// What was done is saved also when the command is interrupted.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.ctx), closing)
	defer cancel()
	if err := a.Close(ctx); err != nil {
		return c.fail(err)
	}
	return done
}

// handOver is how long a profile may be taken by a program that does not
// answer yet: one that is starting, closing, or adding files.
const handOver = 5 * time.Second

// reach opens the profile, or if another process has it, gets the reply from
// there; then the App is nil.
func (c *command) reach(q ipc.Request) (*app.App, ipc.Reply, error) {
	late := time.NewTimer(c.patience)
	defer late.Stop()
	again := time.NewTicker(c.patience / 100)
	defer again.Stop()
	for {
		a, err := app.Open(c.ctx, app.Options{
			Profile: c.profile, Log: c.log(), Keyring: c.ring, Draw: c.draw, Language: c.language,
			Network: app.Network{On: c.verb == "" && !c.offline, Listen: c.listen}, NoWeb: c.offline, WebAllow: c.webTest,
		})
		var locked *docstore.LockedError
		if !errors.As(err, &locked) {
			return a, ipc.Reply{}, err
		}
		r, called := ipc.Call(c.ctx, c.profile, q)
		if !errors.Is(called, ipc.ErrNobody) {
			return nil, r, called
		}
		select {
		case <-again.C:
		case <-late.C:
			return nil, r, err
		case <-c.ctx.Done():
			return nil, r, c.ctx.Err()
		}
	}
}

// log is for who asked for it, and for the window: what a command has to say it
// says in sentences.
func (c *command) log() *slog.Logger {
	if c.verb == "" || slog.Default().Enabled(c.ctx, slog.LevelDebug) {
		return slog.Default()
	}
	return slog.New(slog.DiscardHandler)
}

// existing refuses to make a profile just to look at it.
func (c *command) existing() error {
	if list, err := os.ReadDir(c.profile); os.IsNotExist(err) || err == nil && len(list) == 0 {
		return app.ErrNoProfile
	}
	return nil
}

func (c *command) status() int {
	if err := c.existing(); err != nil {
		return c.fail(err)
	}
	r, exit := c.ask(ipc.Request{Verb: ipc.Status})
	if exit != done {
		return exit
	}
	var report app.Report
	if err := json.Unmarshal(r.Report, &report); err != nil {
		return c.fail(fmt.Errorf("%w: %w", ipc.ErrMessage, err))
	}
	if c.json {
		text, err := json.MarshalIndent(report, "", "  ")
		if err != nil {
			return c.fail(err)
		}
		fmt.Fprintln(c.out, string(text))
		return done
	}
	fmt.Fprint(c.out, describe(report))
	return done
}

func describe(r app.Report) string {
	var b strings.Builder
	line := func(name, format string, args ...any) {
		fmt.Fprintf(&b, "%-10s "+format+"\n", append([]any{name}, args...)...)
	}
	line("Profile", "%s (format %d)", r.Profile, r.Format)
	line("Home", "%s", r.Home)
	line("Documents", "%d, %d of them boards with %d cards", r.Documents, r.Boards, r.Cards)
	line("Files", "%d, %s", r.Files, size(r.FileBytes))
	line("State", "%s", r.SaveState)
	for _, b := range r.Shared {
		line("Shared", "%s: %s", b.State, b.Link)
	}
	for _, note := range []string{r.ReadOnly, r.Locked} {
		if note != "" {
			line("Note", "%s", note)
		}
	}
	line("Version", "%s (SQLite module %s)", r.Version, r.SQLite)
	return b.String()
}
