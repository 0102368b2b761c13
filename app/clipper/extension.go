package clipper

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"

	"corkboard/assets"
)

// How the extension and this program know each other.
const (
	HostName     = "org.corkboard.clipper"
	GeckoID      = "clipper@org.corkboard.app"
	originScheme = "chrome-extension://"
)

// extensionKey is the public key by which Chromium names the extension. Nothing is signed
// with it.
const extensionKey = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAtQUOb8BjFJmthLQaFkLr93YGJSzFjkQAECmhjpzgA70BSy68dNUb4jCJW6Kw7gJZnudp1mD0rqlrKbmtuPobMzxdT+MdEbKeaoabNhzYaEqGL9ONHndi8ib1r7X4PkGkXXj4iNImF6m5A4p/jciBMtlegCKSD8anGe8W/DqwmKI5r5idGnc93AY+VfSEHiQWgWIOGg03lVxNMZAR+sWZ7WVmed9/b1Cu5KvV6h0kF06epXz4ho41Y2vdaSXnCGGo1fzq0hIs08lYfIK81CdhXEPh4ziWqn283vn3G8jU82XH76T0FVjvl1QvVF11gLkI6AJ1Fd1CCGqvqRKWgjUb6wIDAQAB"

// ID is what Chromium calls the extension: the first half of the hash of its key, with
// letters from a to p for the digits.
func ID() string {
	key, _ := base64.StdEncoding.DecodeString(extensionKey) // a constant, tested
	sum := sha256.Sum256(key)
	var id []byte
	for _, b := range sum[:16] {
		id = append(id, 'a'+b>>4, 'a'+b&15)
	}
	return string(id)
}

// Origin is how Chromium names the extension to this program.
func Origin() string { return originScheme + ID() + "/" }

// Unpack writes the extension for a family of browsers to a folder, over what is there.
// Errors: the system's.
func Unpack(family Family, dir string) error {
	if err := unpack(family, dir); err != nil {
		return fmt.Errorf("writing the extension: %w", err)
	}
	return nil
}

func unpack(family Family, dir string) error {
	files, err := fs.Sub(assets.Clipper, "clipper")
	if err != nil {
		return err
	}
	write := func(name string, b []byte) error {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		return os.WriteFile(path, b, 0o644)
	}
	err = fs.WalkDir(files, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := fs.ReadFile(files, name)
		if err == nil && name == "manifest.json" {
			b, err = manifest(b, family)
		}
		if err != nil {
			return err
		}
		return write(name, b)
	})
	if err != nil {
		return err
	}
	return write("icon.png", assets.Icon)
}

// manifest is the extension's manifest with what only one family understands.
func manifest(common []byte, family Family) ([]byte, error) {
	var m map[string]any
	if err := json.Unmarshal(common, &m); err != nil {
		return nil, err
	}
	const script = "background.js"
	own := map[string]any{"key": extensionKey, "minimum_chrome_version": "116", "background": map[string]any{"service_worker": script}}
	if family == Firefox {
		own = map[string]any{
			"background":                map[string]any{"scripts": []string{script}},
			"browser_specific_settings": map[string]any{"gecko": map[string]any{"id": GeckoID, "strict_min_version": "121.0"}},
		}
	}
	maps.Copy(m, own)
	return json.MarshalIndent(m, "", "  ")
}
