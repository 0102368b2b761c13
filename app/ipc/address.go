package ipc

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// socketName is the socket in a profile.
const socketName = "socket"

// maxPath is how long a socket's path may be everywhere, in bytes.
const maxPath = 100

// errForeign says that somebody else made the folder for sockets.
var errForeign = errors.New("the folder belongs to somebody else or is open to others")

// Address is the path of a profile's socket: in the profile, or where that is
// too long, in a folder of this user's among the temporary files, under a name
// made of the profile's.
func Address(profile string) (string, error) {
	profile, err := filepath.Abs(profile)
	if err != nil {
		return "", fmt.Errorf("finding the socket: %w", err)
	}
	if path := filepath.Join(profile, socketName); len(path) <= maxPath {
		return path, nil
	}
	dir := filepath.Join(os.TempDir(), fmt.Sprintf("corkboard-%d", os.Getuid()))
	if err := privateFolder(dir); err != nil {
		return "", fmt.Errorf("making the folder for the socket: %w", err)
	}
	sum := sha256.Sum256([]byte(profile))
	return filepath.Join(dir, hex.EncodeToString(sum[:8])), nil
}

// privateFolder makes a folder that nobody else can look into, or finds it
// there. Temporary files are everybody's: somebody may have been faster.
func privateFolder(dir string) error {
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, os.ErrExist) {
		return err
	}
	info, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	open := runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0
	if !info.IsDir() || open || !mine(info) {
		return fmt.Errorf("%s: %w", dir, errForeign)
	}
	return nil
}
