//go:build !unix

package media

import (
	"fmt"
	"io"
	"os"
)

// input is a file's content in memory.
type input struct{ data []byte }

// openMapped reads f and closes it.
func openMapped(f *os.File) (*input, error) {
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, MaxPDFBytes+1))
	if err != nil {
		return nil, fmt.Errorf("reading the file: %w", err)
	}
	if len(data) == 0 {
		return nil, fmt.Errorf("empty file: %w", ErrBroken)
	}
	if len(data) > MaxPDFBytes {
		return nil, fmt.Errorf("file of %d bytes: %w", len(data), ErrTooLarge)
	}
	return &input{data}, nil
}

func (*input) close() {}
