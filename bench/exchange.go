package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"corkboard/app"
)

const (
	importedFiles = 1000
	// sparseBytes is what the file says that is imported as a large one. It has holes, which
	// cost no disk here; the copy in the profile does.
	sparseBytes      = 3 << 30
	sparseBytesQuick = 256 << 20
)

var errImport = errors.New("the import is not what it says")

// inAndOut measures what boards cost that come in and go out. Large files are 3 GB where
// whole is true, else 256 MB.
func inAndOut(ctx context.Context, dir string, whole bool, r results) (err error) {
	files, err := os.MkdirTemp("", "corkboard-bench-exchange-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(files)
	a, err := app.Open(ctx, app.Options{Profile: dir})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close(ctx)) }()
	began := time.Now()
	if err := a.ExportAs(ctx, app.Exporting{Board: a.Home(), Format: app.FormatCanvas, To: filepath.Join(files, "out")}); err != nil {
		return err
	}
	r["export_1000_cards_s"] = time.Since(began).Seconds()
	if err := importMany(ctx, a, filepath.Join(files, "many"), r); err != nil {
		return err
	}
	return importLarge(ctx, a, filepath.Join(files, "large"), whole, r)
}

// importMany imports a folder of 1,000 files: 800 notes and 200 other files of 64 kB.
func importMany(ctx context.Context, a *app.App, dir string, r results) error {
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	for n := range importedFiles {
		name, content := fmt.Sprintf("Note %04d.md", n), fmt.Appendf(nil, "# Note %d\n\nSomething to read.", n)
		if n%5 == 4 {
			name, content = fmt.Sprintf("Data %04d.bin", n), fmt.Appendf(make([]byte, 64<<10), "%d", n)
		}
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			return err
		}
	}
	began := time.Now()
	got, err := a.ImportTree(ctx, a.Home(), nil, dir, nil)
	if err == nil {
		err = a.Flush(ctx)
	}
	if err != nil {
		return err
	}
	r["import_1000_files_s"] = time.Since(began).Seconds()
	if got.Count != importedFiles {
		return fmt.Errorf("%w: %d cards of %d files", errImport, got.Count, importedFiles)
	}
	return nil
}

// importLarge imports a folder with one large file and tells how much memory it takes.
func importLarge(ctx context.Context, a *app.App, dir string, whole bool, r results) error {
	size, name := int64(sparseBytesQuick), "import_256MB_rss_growth_mb"
	if whole {
		size, name = sparseBytes, "import_3GB_rss_growth_mb"
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	path := filepath.Join(dir, "large.bin")
	if err := os.WriteFile(path, []byte("large"), 0o600); err != nil {
		return err
	}
	if err := os.Truncate(path, size); err != nil {
		return err
	}
	weight := watchWeight(os.Getpid())
	got, err := a.ImportTree(ctx, a.Home(), nil, dir, nil)
	grown := weight()
	if err != nil {
		return err
	}
	if got.Count != 1 {
		return fmt.Errorf("%w: %d cards of a large file", errImport, got.Count)
	}
	r[name] = grown
	return nil
}
