package programs

import (
	"errors"
	"fmt"
	"mime"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// ErrStart says that a program could not be started.
var ErrStart = errors.New("the program could not be started")

// For is the programs that open a file of a name and a type, the usual one first; the
// language is that of their names ("de"). None where the system does not tell: Usual and
// Other work there. It reads some hundred small files.
func For(name, typ, language string) []Program {
	var types []string
	for _, t := range []string{mime.TypeByExtension(filepath.Ext(name)), typ} {
		if t, _, _ = strings.Cut(t, ";"); t != "" && !slices.Contains(types, t) {
			types = append(types, t)
		}
	}
	return known(language, types)
}

// Other is a program that somebody has chosen by its path.
func Other(path string) Program {
	return Program{ID: path, Name: strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)), words: byPath(path)}
}

// Open starts the program on a file, by its absolute path, and does not wait for it.
// Errors: ErrExec, ErrStart.
func (p Program) Open(path string) error {
	words, err := p.command(path)
	if err != nil {
		return fmt.Errorf("starting %q: %w", p.Name, err)
	}
	c := exec.Command(words[0], words[1:]...)
	c.Dir = p.dir
	apart(c)
	if err := c.Start(); err != nil {
		return fmt.Errorf("starting %q: %w: %w", p.Name, ErrStart, err)
	}
	go func() { _ = c.Wait() }() // how it ends is its own affair
	return nil
}

// literal is words in which nothing is a field code.
func literal(words ...string) []string {
	for i, w := range words {
		words[i] = strings.ReplaceAll(w, "%", "%%")
	}
	return words
}
