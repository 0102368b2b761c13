package clipper

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"

	"corkboard/app/registry"
)

// maxHost bounds what is read of a file that says where the program is, in bytes.
const maxHost = 64 << 10

// State is how a browser stands.
type State struct {
	Browser Browser
	Here    bool   // the browser was used by this person, as far as that can be seen
	Program string // that the browser starts; "" if it knows none
}

// Setup tells browsers where the program is, for the person who runs it.
type Setup struct {
	System  string // as in runtime.GOOS
	Home    string // the person's folder
	Config  string // of the settings of programs
	Own     string // folder of ours, where the extension is unpacked
	Program string // to be started by browsers
}

// ThisSetup is that of the person who runs this program. Errors: the system's.
func ThisSetup() (Setup, error) {
	program, err := os.Executable()
	if err == nil {
		program, err = filepath.EvalSymlinks(program)
	}
	if err != nil {
		return Setup{}, fmt.Errorf("finding this program: %w", err)
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return Setup{}, fmt.Errorf("finding the home folder: %w", err)
	}
	config, err := os.UserConfigDir()
	if err != nil {
		return Setup{}, fmt.Errorf("finding the settings folder: %w", err)
	}
	return Setup{System: runtime.GOOS, Home: home, Config: config, Own: filepath.Join(config, "corkboard-clipper"), Program: program}, nil
}

func (s Setup) of(b Browser) where { return b.of(s.System, s.Home, s.Config, s.Own) }

// Folder is where the extension for a family of browsers is unpacked.
func (s Setup) Folder(f Family) string { return filepath.Join(s.Own, string(f)) }

// States is how all known browsers stand. It looks at the disk.
func (s Setup) States() []State {
	out := make([]State, len(Browsers))
	for i, b := range Browsers {
		at := s.of(b)
		out[i] = State{Browser: b, Program: s.program(b, at)}
		if at.key != "" {
			out[i].Here = registry.There(b.windows)
		} else if info, err := os.Stat(at.browser); err == nil {
			out[i].Here = info.IsDir()
		}
	}
	return out
}

// program is what a browser would start.
func (s Setup) program(b Browser, at where) string {
	if at.key != "" && registry.Get(at.key, "") != at.file {
		return ""
	}
	f, err := os.Open(at.file)
	if err != nil {
		return ""
	}
	defer f.Close()
	var h host
	if json.NewDecoder(io.LimitReader(f, maxHost)).Decode(&h) != nil {
		return ""
	}
	return h.Path
}

// host is the file that says where the program is, and who may start it.
type host struct {
	Name        string   `json:"name"`
	Description string   `json:"description"`
	Path        string   `json:"path"`
	Type        string   `json:"type"`
	Origins     []string `json:"allowed_origins,omitempty"`
	Extensions  []string `json:"allowed_extensions,omitempty"`
}

func (s Setup) host(f Family) host {
	h := host{Name: HostName, Description: "Corkboard keeps what is clipped", Path: s.Program, Type: "stdio"}
	if f == Firefox {
		h.Extensions = []string{GeckoID}
	} else {
		h.Origins = []string{Origin()}
	}
	return h
}

// Install tells a browser where the program is, and unpacks the extension for it. Again
// brings both up to date. Errors: the system's.
func (s Setup) Install(b Browser) error {
	if err := Unpack(b.Family, s.Folder(b.Family)); err != nil {
		return err
	}
	text, err := json.MarshalIndent(s.host(b.Family), "", "  ")
	if err != nil {
		return fmt.Errorf("telling %s: %w", b.Words, err)
	}
	at := s.of(b)
	if err = os.MkdirAll(filepath.Dir(at.file), 0o755); err == nil {
		err = replace(at.file, append(text, '\n'))
	}
	if err == nil && at.key != "" {
		err = registry.Set(at.key, "", at.file)
	}
	if err != nil {
		return fmt.Errorf("telling %s: %w", b.Words, err)
	}
	return nil
}

// Remove lets a browser forget the program. The unpacked extension stays: the browser may
// still hold it. Errors: the system's.
func (s Setup) Remove(b Browser) error {
	at := s.of(b)
	var err error
	if at.key != "" {
		err = registry.Remove(at.key) // others of the family may use the file
	} else if err = os.Remove(at.file); errors.Is(err, os.ErrNotExist) {
		err = nil
	}
	if err != nil {
		return fmt.Errorf("removing the clipper from %s: %w", b.Words, err)
	}
	return nil
}

// replace writes a file under another name first: browsers may be reading it.
func replace(path string, b []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // does nothing after the rename
	_, err = f.Write(b)
	if err = errors.Join(err, f.Chmod(0o644), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
