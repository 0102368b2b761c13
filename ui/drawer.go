package ui

import (
	"context"
	"fmt"
	"io"
	"time"

	"corkboard/app"
	"corkboard/renderers"
	"corkboard/renderers/drawing"
)

// Draw implements app.Drawer: it draws boards without a window.
func Draw(ctx context.Context, a *app.App, e app.Exporting, to io.Writer) error {
	env := drawnEnv(a)
	switch e.Format {
	case app.FormatPNG:
		return drawing.PNG(ctx, env, e.Board, e.Scale, to)
	case app.FormatSVG:
		return drawing.SVG(ctx, env, e.Board, to)
	case app.FormatPDF:
		return drawing.PDF(ctx, env, e.Board, to, e.Progress)
	}
	return fmt.Errorf("drawing as %.20q: %w", e.Format, app.ErrFormat)
}

// drawnEnv is what boards are drawn with where there is no window, in the light theme.
func drawnEnv(a *app.App) *renderers.Env {
	fallbackFonts()
	return &renderers.Env{
		Docs: a.Docs(), Sentence: app.Sentence, Now: time.Now, Registry: renderers.NewRegistry(),
		People: speakersOf(a), Fetch: fetcher(a), Dark: func() bool { return false },
	}
}
