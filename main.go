// Corkboard is a local-first corkboard for the desktop.
package main

import (
	"context"
	"log/slog"
	"os"
	"os/signal"

	"corkboard/app/cmdline"
	"corkboard/identity/vault"
	"corkboard/media"
	"corkboard/ui"
	"corkboard/ui/lang"
)

func main() {
	media.MaybeWorker()
	if code, ok := cmdline.Clip(context.Background(), os.Args[1:], os.Stdin, os.Stdout); ok {
		os.Exit(code)
	}
	if os.Getenv("CORKBOARD_LOG") == "debug" {
		slog.SetLogLoggerLevel(slog.LevelDebug)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	window := func(r cmdline.WindowRequest) int {
		stop() // with a window open, Ctrl-C in the terminal ends the program at once: nothing saved is lost
		ui.Run(ui.Request{
			App: r.App, Link: r.Link, Files: r.Files, Workspaces: r.Workspaces, Start: r.Start,
			Painted: func() { slog.Debug("first board painted") },
		})
		return 0
	}
	code := cmdline.Run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr, cmdline.System{Window: window, Keyring: vault.SystemKeyring(), Draw: ui.Draw, Language: lang.System()})
	stop()
	os.Exit(code)
}
