package app

import (
	"context"
	"errors"
	"fmt"
	"io"
)

// ErrNoDrawing says that this program cannot draw boards.
var ErrNoDrawing = errors.New("boards cannot be drawn here")

// Drawer draws a board to a file as Exporting says: FormatPNG, FormatSVG or FormatPDF. It
// blocks.
type Drawer func(ctx context.Context, a *App, e Exporting, to io.Writer) error

// exportDrawing writes a board as it is drawn.
func (a *App) exportDrawing(ctx context.Context, e Exporting) error {
	if a.opts.Draw == nil {
		return ErrNoDrawing
	}
	if _, err := a.readBoard(ctx, e.Board); err != nil {
		return fmt.Errorf("reading the board: %w", err)
	}
	err := replacing(e, func(w io.Writer) error { return a.opts.Draw(ctx, a, e, w) })
	if err != nil {
		return fmt.Errorf("drawing the board: %w", err)
	}
	return nil
}
