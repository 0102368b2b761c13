package folder

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// disk is the path of the folder. It is opened for each look and closed again.
type disk string

// open gives the folder; nothing below it leads out of it. ErrFolder.
func (d disk) open() (*os.Root, error) {
	root, err := os.OpenRoot(string(d))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFolder, err)
	}
	return root, nil
}

// read gives a file of at most limit bytes. Errors: fs.ErrNotExist; ErrForeign for
// what is too large or no file; those of the system.
func read(root *os.Root, name string, limit int) ([]byte, error) {
	info, err := root.Lstat(name) // before it is opened: a pipe would wait
	if err != nil {
		return nil, err
	}
	if err := plain(info, limit); err != nil {
		return nil, err
	}
	f, err := root.OpenFile(name, os.O_RDONLY|dontWait, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err = f.Stat(); err != nil {
		return nil, err
	}
	if err := plain(info, limit); err != nil {
		return nil, err
	}
	b, err := io.ReadAll(io.LimitReader(f, int64(limit)+1))
	if err != nil {
		return nil, err
	}
	if len(b) > limit {
		return nil, fmt.Errorf("%w: it grows", ErrForeign)
	}
	return b, nil
}

func plain(info fs.FileInfo, limit int) error {
	switch {
	case !info.Mode().IsRegular():
		return fmt.Errorf("%w: %v", ErrForeign, info.Mode().Type())
	case info.Size() > int64(limit):
		return fmt.Errorf("%w: %d bytes, where %d are allowed", ErrForeign, info.Size(), limit)
	}
	return nil
}

// isFolder says whether a name is a folder, and not a link to one.
func isFolder(root *os.Root, name string) bool {
	info, err := root.Lstat(name)
	return err == nil && info.IsDir()
}

// write puts a whole file in its place at once. Its folder is there. Errors: ErrFolder
// with the system's; nothing is left of the file then.
func write(root *os.Root, name string, b []byte) error { return place(root, name, b, (*os.File).Sync) }

// jot is write for what another soon takes the place of: it is not synced.
func jot(root *os.Root, name string, b []byte) error {
	return place(root, name, b, func(*os.File) error { return nil })
}

func place(root *os.Root, name string, b []byte, sync func(*os.File) error) error {
	temp := tempOf(name)
	err := fill(root, temp, b, sync)
	if err == nil {
		err = root.Rename(temp, name)
	}
	if err != nil {
		root.Remove(temp)
		return fmt.Errorf("%w: write a file: %w", ErrFolder, err)
	}
	return nil
}

// fill makes a new file: what stands there, a link perhaps, is not written to.
func fill(root *os.Root, name string, b []byte, sync func(*os.File) error) error {
	const fresh = os.O_WRONLY | os.O_CREATE | os.O_EXCL
	f, err := root.OpenFile(name, fresh, 0o644)
	if errors.Is(err, fs.ErrExist) {
		root.Remove(name)
		f, err = root.OpenFile(name, fresh, 0o644)
	}
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	return errors.Join(err, sync(f), f.Close())
}

// makeFolder makes a folder and the one it stands in.
func makeFolder(root *os.Root, name string) error {
	if err := root.MkdirAll(name, 0o755); err != nil {
		return fmt.Errorf("%w: make a folder: %w", ErrFolder, err)
	}
	return nil
}

// list gives at most maxEntries of what is in a folder, in no order.
func list(root *os.Root, name string) ([]fs.DirEntry, error) {
	f, err := root.OpenFile(name, os.O_RDONLY|dontWait, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	entries, err := f.ReadDir(maxEntries)
	if err != nil && err != io.EOF {
		return nil, err
	}
	return entries, nil
}

// clearEnd removes what an end has left, and nothing that is called otherwise.
func clearEnd(root *os.Root, name string) {
	if !isFolder(root, name) {
		return
	}
	entries, err := list(root, name)
	if err != nil {
		return
	}
	for _, e := range entries {
		path := name + "/" + e.Name()
		switch {
		case e.Name() == aliveName || path == tempOf(name+"/"+aliveName):
			root.Remove(path)
		case isName(e.Name()) && isFolder(root, path):
			clearFor(root, path)
		}
	}
	root.Remove(name)
}

// clearFor removes what an end has written for another.
func clearFor(root *os.Root, path string) {
	files, err := list(root, path)
	if err != nil {
		return
	}
	for _, f := range files {
		if isOurs(f.Name()) && !f.IsDir() {
			root.Remove(path + "/" + f.Name())
		}
	}
	root.Remove(path)
}
