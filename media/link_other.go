//go:build !unix

package media

import (
	"errors"
	"io"
	"os"
	"os/exec"
)

// passesFiles: files cannot be handed over open here; the worker is told the path.
const passesFiles = false

// parentLink is the parent's end of the connection to a worker.
type parentLink interface {
	io.ReadWriteCloser
	pass(f *os.File) error
}

type pipeLink struct {
	io.Reader
	io.Writer
	in, out *os.File
}

func newLink(cmd *exec.Cmd) (link parentLink, theirs func(), err error) {
	inR, inW, err := os.Pipe()
	if err != nil {
		return nil, nil, err
	}
	outR, outW, err := os.Pipe()
	if err != nil {
		inR.Close()
		inW.Close()
		return nil, nil, err
	}
	cmd.Stdin, cmd.Stdout = inR, outW
	return pipeLink{outR, inW, inW, outR}, func() { inR.Close(); outW.Close() }, nil
}

func (l pipeLink) Close() error { return errors.Join(l.in.Close(), l.out.Close()) }

func (pipeLink) pass(*os.File) error { return nil }

// workerLink is the worker's end.
type workerLink struct{ io.ReadWriter }

func openWorkerLink() workerLink {
	return workerLink{struct {
		io.Reader
		io.Writer
	}{os.Stdin, os.Stdout}}
}

func (workerLink) accept() (*os.File, error) { return nil, nil }

// open gives the file of a request.
func (workerLink) open(_ *os.File, path string) (*os.File, error) { return os.Open(path) }
