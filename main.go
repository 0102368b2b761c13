// Corkboard is a local-first corkboard for the desktop.
package main

import (
	"context"
	"log/slog"
	"os"

	"corkboard/app/cmdline"
	"corkboard/media"
	"corkboard/ui"
)

func main() {
	media.MaybeWorker()
	if os.Getenv("CORKBOARD_LOG") == "debug" {
		slog.SetLogLoggerLevel(slog.LevelDebug)
	}
	os.Exit(cmdline.Run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr, func(r cmdline.WindowRequest) int {
		ui.Run(ui.Request{App: r.App, Link: r.Link, Files: r.Files, Painted: func() { slog.Debug("first board painted") }})
		return 0
	}))
}
