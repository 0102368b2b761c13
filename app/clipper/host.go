package clipper

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
)

// Called reports whether a browser has started this program as the host of the extension,
// by the arguments (without the program's name): Chromium's give the extension's origin,
// Firefox's the file that it found the program in, and the extension's id.
func Called(args []string) bool {
	switch {
	case len(args) == 0:
		return false
	case strings.HasPrefix(args[0], originScheme):
		return true
	}
	return len(args) >= 2 && args[1] == GeckoID && filepath.Base(args[0]) == HostName+".json"
}

// ours reports whether it was our extension that called.
func ours(args []string) bool {
	return Called(args) && (args[0] == Origin() || !strings.HasPrefix(args[0], originScheme))
}

// errStranger says that another extension has called.
var errStranger = errors.New("not the extension of this program")

// Serve answers the extension until the browser has said all: keep puts a clip on disk, and
// is asked before the extension is told so. It blocks. Errors: those of the two streams,
// ErrLarge.
func Serve(args []string, in io.Reader, out io.Writer, keep func(Clip) error) error {
	if !ours(args) {
		return errStranger
	}
	for {
		b, err := read(in)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if errors.Is(err, ErrLarge) { // what follows cannot be made sense of
			return errors.Join(err, write(out, replyTo(err)))
		}
		if err != nil {
			return fmt.Errorf("reading from the browser: %w", err)
		}
		c, err := decode(b)
		if err == nil {
			err = keep(c)
		}
		if err := write(out, replyTo(err)); err != nil {
			return fmt.Errorf("answering the browser: %w", err)
		}
	}
}
