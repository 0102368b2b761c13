//go:build unix

package media

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"syscall"
)

// passesFiles: the parent opens a file and hands it over; the worker needs no file system.
const passesFiles = true

const workerFD = 3

// parentLink is the parent's end of the connection to a worker.
type parentLink interface {
	io.ReadWriteCloser
	pass(f *os.File) error // hands over the file of the request that follows
}

type socketLink struct{ *net.UnixConn }

// newLink prepares a command to have the other end. theirs closes the parent's copy of that
// end; call it once the process was started.
func newLink(cmd *exec.Cmd) (link parentLink, theirs func(), err error) {
	// Starting a process elsewhere between these lines must not copy the ends.
	syscall.ForkLock.RLock()
	fds, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)
	if err == nil {
		syscall.CloseOnExec(fds[0])
		syscall.CloseOnExec(fds[1])
	}
	syscall.ForkLock.RUnlock()
	if err != nil {
		return nil, nil, fmt.Errorf("socketpair: %w", err)
	}
	mine, other := os.NewFile(uintptr(fds[0]), "parent"), os.NewFile(uintptr(fds[1]), "worker")
	conn, err := net.FileConn(mine)
	mine.Close()
	if err != nil {
		other.Close()
		return nil, nil, err
	}
	unixConn, ok := conn.(*net.UnixConn)
	if !ok {
		conn.Close()
		other.Close()
		return nil, nil, errors.New("socket pair is of an unknown kind")
	}
	cmd.ExtraFiles = []*os.File{other} // the first one is descriptor 3
	return socketLink{unixConn}, func() { other.Close() }, nil
}

func (l socketLink) pass(f *os.File) error {
	raw, err := f.SyscallConn()
	if err != nil {
		return err
	}
	var sendErr error
	err = raw.Control(func(fd uintptr) {
		_, _, sendErr = l.WriteMsgUnix([]byte{0}, syscall.UnixRights(int(fd)), nil)
	})
	if err := errors.Join(err, sendErr); err != nil {
		return fmt.Errorf("handing a file over: %w", err)
	}
	return nil
}

// workerLink is the worker's end.
type workerLink struct{ io.ReadWriter }

func openWorkerLink() workerLink {
	return workerLink{os.NewFile(workerFD, "parent")}
}

// accept waits for the file of the next request. io.EOF: the parent is gone.
func (l workerLink) accept() (*os.File, error) {
	data, oob := make([]byte, 1), make([]byte, syscall.CmsgSpace(4))
	var n, oobn int
	for {
		var err error
		n, oobn, _, _, err = syscall.Recvmsg(workerFD, data, oob, 0)
		if err == syscall.EINTR {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("receiving a file: %w", err)
		}
		break
	}
	if n == 0 {
		return nil, io.EOF
	}
	messages, err := syscall.ParseSocketControlMessage(oob[:oobn])
	if err != nil || len(messages) != 1 {
		return nil, errProtocol
	}
	fds, err := syscall.ParseUnixRights(&messages[0])
	if err != nil || len(fds) != 1 {
		return nil, errProtocol
	}
	return os.NewFile(uintptr(fds[0]), "input"), nil
}

// open gives the file of a request.
func (l workerLink) open(passed *os.File, _ string) (*os.File, error) { return passed, nil }
