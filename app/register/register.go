package register

import (
	"errors"
	"runtime"
	"strings"

	"corkboard/app/registry"
)

// What is opened with this program.
const (
	Scheme    = "corkboard"
	Extension = "corkbundle"
	MIME      = "application/vnd.corkboard.bundle"
)

// ErrByPackage says that on this system the package registers the program.
var ErrByPackage = errors.New("the package does that")

// Value is one of the registry of Windows, below HKEY_CURRENT_USER.
type Value struct{ Key, Name, Text string }

const (
	classes = `Software\Classes\`
	bundle  = "Corkboard.Bundle" // names files of ours
	command = `\shell\open\command`
)

// Values is what has to stand in the registry. Nothing behind the two strokes is taken for an
// option, whatever a link says.
func Values(program string) []Value {
	open := `"` + program + `" -- "%1"`
	icon := `"` + program + `",0`
	return []Value{
		{classes + Scheme, "", "URL:Corkboard"},
		{classes + Scheme, "URL Protocol", ""},
		{classes + Scheme + `\DefaultIcon`, "", icon},
		{classes + Scheme + command, "", open},
		{classes + bundle, "", "Corkboard bundle"},
		{classes + bundle + `\DefaultIcon`, "", icon},
		{classes + bundle + command, "", open},
		{classes + "." + Extension, "", bundle},
		{classes + "." + Extension, "Content Type", MIME},
	}
}

// keys is all keys of the table and those between, the deepest first.
func keys() (list []string) {
	for _, top := range []string{Scheme, bundle} {
		for _, below := range []string{command, `\shell\open`, `\shell`, `\DefaultIcon`, ""} {
			list = append(list, classes+top+below)
		}
	}
	return append(list, classes+"."+Extension)
}

// store is where values are.
type store struct {
	get    func(key, name string) string
	set    func(key, name, text string) error
	remove func(key string) error
}

var system = store{registry.Get, registry.Set, registry.Remove}

// Register has links and bundles opened with a program from now on. Errors: ErrByPackage, the
// system's.
func Register(program string) error {
	if runtime.GOOS != "windows" {
		return ErrByPackage
	}
	return system.register(program)
}

// First is Register where nothing opens links yet; on systems where the package does that it
// does nothing. Errors: the system's.
func First(program string) error {
	if runtime.GOOS != "windows" {
		return nil
	}
	return system.first(program)
}

// Remove takes back what Register has done for a program. Errors: ErrByPackage, the system's.
func Remove(program string) error {
	if runtime.GOOS != "windows" {
		return ErrByPackage
	}
	return system.forget(program)
}

func (s store) register(program string) error {
	for _, v := range Values(program) {
		if err := s.set(v.Key, v.Name, v.Text); err != nil {
			return err
		}
	}
	return nil
}

func (s store) first(program string) error {
	if s.get(classes+Scheme+command, "") != "" {
		return nil
	}
	return s.register(program)
}

func (s store) forget(program string) error {
	if !strings.HasPrefix(s.get(classes+Scheme+command, ""), `"`+program+`" `) {
		return nil
	}
	var errs []error
	for _, key := range keys() {
		errs = append(errs, s.remove(key))
	}
	return errors.Join(errs...)
}
