package cmdline

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"

	"corkboard/app"
	"corkboard/app/clipper"
	"corkboard/app/ipc"
)

// nudge is how long a clip that is on disk waits until the running program has heard of it,
// before the browser is told.
const nudge = 2 * time.Second

// Clip answers the browser's extension, if a browser has started this program for that; else
// ok is false. Clips go to the workspace that was open last. It opens no window and no profile.
func Clip(ctx context.Context, args []string, in io.Reader, out io.Writer) (exit int, ok bool) {
	if !clipper.Called(args) {
		return 0, false
	}
	err := clipper.Serve(args, in, out, func(c clipper.Clip) error {
		places, err := allWorkspaces()
		if err != nil {
			return err
		}
		profile := places.Last()
		if err := clipper.SpoolOf(profile).Keep(c); err != nil {
			slog.Warn("a clip cannot be kept", "err", err) // the browser shows it to who looks for it
			return err
		}
		ctx, cancel := context.WithTimeout(ctx, nudge)
		defer cancel()
		_, _ = ipc.Call(ctx, profile, ipc.Request{Verb: ipc.Clips}) // else it is taken in at the next start
		return nil
	})
	if err != nil {
		slog.Warn("the browser's extension was not served", "err", err)
		return failure, true
	}
	return done, true
}

// clipper tells browsers where this program is.
func (c *command) clipper() int {
	setup, err := clipper.ThisSetup()
	if err != nil {
		return c.fail(err)
	}
	var all []clipper.Browser
	for _, s := range setup.States() {
		if c.browser == s.Browser.Name || c.browser == "" && (s.Here || c.words[0] != "install" && s.Program != "") {
			all = append(all, s.Browser)
		}
	}
	if len(all) == 0 {
		return c.fail(app.ErrNoBrowser)
	}
	switch c.words[0] {
	case "install":
		return c.installClipper(setup, all)
	case "remove":
		for _, b := range all {
			if err := setup.Remove(b); err != nil {
				return c.fail(err)
			}
			fmt.Fprintf(c.out, "%s does not know Corkboard any more.\n", b.Words)
		}
	case "status":
		c.sayClipper(setup)
	}
	return done
}

func (c *command) installClipper(setup clipper.Setup, all []clipper.Browser) int {
	folders := map[clipper.Family]bool{}
	for _, b := range all {
		if err := setup.Install(b); err != nil {
			return c.fail(err)
		}
		fmt.Fprintf(c.out, "%s knows Corkboard now.\n", b.Words)
		folders[b.Family] = true
	}
	for _, f := range []clipper.Family{clipper.Chromium, clipper.Firefox} {
		if folders[f] {
			fmt.Fprintf(c.out, "%s:\n  %s\n", clipper.HowTo(f), setup.Folder(f))
		}
	}
	return done
}

func (c *command) sayClipper(setup clipper.Setup) {
	for _, s := range setup.States() {
		if c.browser != "" && s.Browser.Name != c.browser || !s.Here && s.Program == "" {
			continue
		}
		fmt.Fprintf(c.out, "%-10s %s\n", s.Browser.Words, cmp.Or(s.Program, "not installed"))
	}
}

// browserNames are those of --browser.
func browserNames() string {
	var names []string
	for _, b := range clipper.Browsers {
		names = append(names, b.Name)
	}
	return strings.Join(names, ", ")
}
