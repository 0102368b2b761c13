package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"corkboard/blobs"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/exchange"
	"corkboard/exchange/jsoncanvas"
	"corkboard/exchange/outline"
)

// Format is a form in which boards go out.
type Format string

// The formats.
const (
	FormatJSON     Format = "json"       // a folder: see Export
	FormatCanvas   Format = "jsoncanvas" // a folder, or a zip archive
	FormatMarkdown Format = "markdown"   // a folder, or a zip archive
	FormatPNG      Format = "png"        // one file
	FormatSVG      Format = "svg"        // one file
	FormatPDF      Format = "pdf"        // one file, a page for each board
	FormatBundle   Format = "bundle"     // one sealed file with all that was shared together, for those who are on it
)

// Formats lists them as people are offered them.
var Formats = []Format{FormatCanvas, FormatMarkdown, FormatPNG, FormatSVG, FormatPDF, FormatJSON, FormatBundle}

// ErrFormat says that there is no such format.
var ErrFormat = errors.New("not a format for boards")

// ExistsError says that an export would replace a file.
type ExistsError struct{ Path string }

func (e *ExistsError) Error() string { return fmt.Sprintf("%q is there already", e.Path) }

// Exporting says what to export.
type Exporting struct {
	Board   doc.ID
	Format  Format
	To      string  // a folder that is empty or not there; a file for pictures and, by ".zip", archives
	Scale   float64 // of pictures, in pixels for a board unit; 0 is one that suits
	Replace bool    // a file that is there
	// Progress is told how many things of how many are done, on this goroutine; nil is fine.
	Progress func(done, total int)
}

// IsArchive reports whether a path names an archive.
func IsArchive(path string) bool { return strings.EqualFold(filepath.Ext(path), ".zip") }

// ExportAs writes a board, and those on it, in a format. What is missing is said in the
// error, and the rest is written. Errors: *NotEmptyError, *ExistsError, ErrFormat,
// ErrAbsent, ErrNoDrawing, those of exportBundle, of blobs and of the file system. It blocks.
func (a *App) ExportAs(ctx context.Context, e Exporting) error {
	ctx, cancel := a.within(ctx)
	defer cancel()
	if e.Progress == nil {
		e.Progress = func(int, int) {}
	}
	to, err := filepath.Abs(e.To)
	if err != nil {
		return fmt.Errorf("finding the place: %w", err)
	}
	e.To = to
	switch e.Format {
	case FormatJSON:
		return a.Export(ctx, e.Board, e.To)
	case FormatCanvas, FormatMarkdown:
		return a.exportTree(ctx, e)
	case FormatPNG, FormatSVG, FormatPDF:
		return a.exportDrawing(ctx, e)
	case FormatBundle:
		return a.exportBundle(ctx, e)
	}
	return fmt.Errorf("exporting as %.20q: %w", e.Format, ErrFormat)
}

// exportTree writes a tree of boards to a folder or an archive.
func (a *App) exportTree(ctx context.Context, e Exporting) error {
	tree, problems, err := a.treeOf(ctx, e.Board)
	if err != nil {
		return fmt.Errorf("reading the board: %w", err)
	}
	write := jsoncanvas.Write
	if e.Format == FormatMarkdown {
		write = outline.Write
	}
	into := func(to exchange.Sink) error {
		more, err := write(ctx, tree, to, a.writeFile, e.Progress)
		problems = append(problems, more...)
		return errors.Join(err, to.Close())
	}
	if IsArchive(e.To) {
		err = replacing(e, func(w io.Writer) error { return into(exchange.NewArchive(w)) })
	} else {
		var to exchange.Sink
		if to, err = exchange.NewFolder(e.To); errors.Is(err, exchange.ErrNotEmpty) {
			err = &NotEmptyError{Dir: e.To}
		}
		if err == nil {
			err = into(to)
		}
	}
	if err != nil {
		return fmt.Errorf("exporting: %w", err)
	}
	return together(problems)
}

// writeFile implements exchange.Files.
func (a *App) writeFile(ctx context.Context, d *exchange.Document, to io.Writer) error {
	f := cards.FileCodec{}.Decode(doc.NewTree(d.Root))
	if err := a.copyBlob(ctx, blobs.ID(f.Blob), to); err != nil {
		return &FileError{Name: shown(d.File), Err: err}
	}
	return nil
}

// replacing writes a file under another name first, so that there is never half of one.
func replacing(e Exporting, write func(w io.Writer) error) error {
	return writeWhole(e.To, e.Replace, 0o644, write)
}

func writeWhole(to string, replace bool, mode os.FileMode, write func(w io.Writer) error) error {
	if _, err := os.Lstat(to); err == nil && !replace {
		return &ExistsError{Path: to}
	}
	f, err := os.CreateTemp(filepath.Dir(to), filepath.Base(to)+".*.part")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // does nothing after the rename
	err = write(f)
	if err == nil {
		err = errors.Join(f.Chmod(mode), f.Sync())
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), to)
}
