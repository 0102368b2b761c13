package cmdline

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"corkboard/app"
	"corkboard/app/ipc"
	"corkboard/cards"
	"corkboard/media"
)

// standardInput is how add names it.
const standardInput = "-"

// add pins files.
func (c *command) add() int {
	var files []string
	for _, w := range c.words {
		if w == standardInput {
			path, remove, err := c.keepInput()
			if err != nil {
				return c.fail(err)
			}
			defer remove()
			w = path
		}
		files = append(files, w)
	}
	files, err := absolute(files)
	if err != nil {
		return c.fail(err)
	}
	r, exit := c.ask(ipc.Request{Verb: ipc.Add, Paths: files, Board: c.board})
	switch {
	case r.Count == 1:
		fmt.Fprintln(c.out, "Added 1 card.")
	case r.Count > 1:
		fmt.Fprintf(c.out, "Added %d cards.\n", r.Count)
	}
	return exit
}

// keepInput puts standard input into a file, so that whoever does the work can
// read it.
func (c *command) keepInput() (path string, remove func(), err error) {
	dir, err := os.MkdirTemp("", "corkboard-")
	if err != nil {
		return "", nil, fmt.Errorf("keeping standard input: %w", err)
	}
	remove = func() { _ = os.RemoveAll(dir) } // what stays is the system's to clean
	in := bufio.NewReaderSize(c.stdin, media.SniffLen)
	head, _ := in.Peek(media.SniffLen) // an error comes again below
	path = filepath.Join(dir, "Standard input")
	if kind, _ := media.Sniff(head, ""); kind == media.KindText {
		path += ".txt"
	}
	f, err := os.Create(path)
	if err == nil {
		_, err = io.Copy(f, in)
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		remove()
		return "", nil, fmt.Errorf("keeping standard input: %w", err)
	}
	return path, remove, nil
}

// bring imports boards and files.
func (c *command) bring() int {
	paths, err := absolute(c.words)
	if err != nil {
		return c.fail(err)
	}
	r, exit := c.ask(ipc.Request{Verb: ipc.Import, Paths: paths, Board: c.board})
	switch {
	case r.Count == 1:
		fmt.Fprintln(c.out, "Imported 1 card.")
	case r.Count > 1:
		fmt.Fprintf(c.out, "Imported %d cards.\n", r.Count)
	}
	for _, note := range r.Notes {
		fmt.Fprintln(c.out, note)
	}
	return exit
}

// export writes a board to a folder or a file.
func (c *command) export() int {
	if err := c.existing(); err != nil {
		return c.fail(err)
	}
	dir, err := filepath.Abs(c.words[1])
	if err != nil {
		return c.fail(err)
	}
	_, exit := c.ask(ipc.Request{Verb: ipc.Export, Board: c.words[0], Dir: dir, Format: c.format, Scale: c.scale})
	if exit == done {
		fmt.Fprintln(c.out, "Exported to", dir)
	}
	return exit
}

// check verifies everything that is stored.
func (c *command) check() int {
	if err := c.existing(); err != nil {
		return c.fail(err)
	}
	r, exit := c.ask(ipc.Request{Verb: ipc.Check})
	if exit != done {
		return exit
	}
	var found app.Checked
	if err := json.Unmarshal(r.Report, &found); err != nil {
		return c.fail(fmt.Errorf("%w: %w", ipc.ErrMessage, err))
	}
	fmt.Fprintf(c.out, "All is well: %d documents with %d changes and %d files were read and are whole.\n", found.Documents, found.Changes, found.Files)
	return done
}

func size(bytes int64) string { return cards.FormatSize(bytes) }
