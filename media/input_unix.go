//go:build unix

package media

import (
	"fmt"
	"os"
	"syscall"
)

// input is a file's content, mapped: a large PDF costs address space, not memory.
type input struct{ data []byte }

// openMapped maps f and closes it.
func openMapped(f *os.File) (*input, error) {
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("looking at the file: %w", err)
	}
	if info.Size() == 0 {
		return nil, fmt.Errorf("empty file: %w", ErrBroken)
	}
	if info.Size() > MaxPDFBytes {
		return nil, fmt.Errorf("file of %d bytes: %w", info.Size(), ErrTooLarge)
	}
	data, err := syscall.Mmap(int(f.Fd()), 0, int(info.Size()), syscall.PROT_READ, syscall.MAP_PRIVATE)
	if err != nil {
		return nil, fmt.Errorf("mapping the file: %w", err)
	}
	return &input{data}, nil
}

func (in *input) close() { _ = syscall.Munmap(in.data) }
