//go:build unix

package folder

import "syscall"

// dontWait lets a pipe be opened without somebody at its other end.
const dontWait = syscall.O_NONBLOCK
