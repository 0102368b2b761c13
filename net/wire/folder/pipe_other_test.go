//go:build !unix

package folder

import "os"

// makePipe makes a folder: there are no pipes among the files here.
func makePipe(path string) error { return os.Mkdir(path, 0o755) }
