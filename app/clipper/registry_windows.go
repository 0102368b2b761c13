package clipper

import (
	"errors"

	"golang.org/x/sys/windows/registry"
)

// keyThere reports whether this person has a key.
func keyThere(path string) bool {
	k, err := registry.OpenKey(registry.CURRENT_USER, path, registry.QUERY_VALUE)
	if err != nil {
		return false
	}
	k.Close()
	return true
}

// keyValue is what a key of this person says, or "".
func keyValue(path string) string {
	k, err := registry.OpenKey(registry.CURRENT_USER, path, registry.QUERY_VALUE)
	if err != nil {
		return ""
	}
	defer k.Close()
	v, _, err := k.GetStringValue("")
	if err != nil {
		return ""
	}
	return v
}

// setKey writes what a key of this person says.
func setKey(path, value string) error {
	k, _, err := registry.CreateKey(registry.CURRENT_USER, path, registry.SET_VALUE)
	if err != nil {
		return err
	}
	return errors.Join(k.SetStringValue("", value), k.Close())
}

// removeKey takes a key of this person away; one that is not there is none.
func removeKey(path string) error {
	err := registry.DeleteKey(registry.CURRENT_USER, path)
	if errors.Is(err, registry.ErrNotExist) {
		return nil
	}
	return err
}
