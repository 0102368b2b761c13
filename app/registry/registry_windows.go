package registry

import (
	"errors"
	"fmt"

	"golang.org/x/sys/windows/registry"
)

// There reports whether there is a key.
func There(path string) bool {
	k, err := registry.OpenKey(registry.CURRENT_USER, path, registry.QUERY_VALUE)
	if err != nil {
		return false
	}
	k.Close()
	return true
}

// Get is a value of a key; "" if it has none.
func Get(path, name string) string {
	k, err := registry.OpenKey(registry.CURRENT_USER, path, registry.QUERY_VALUE)
	if err != nil {
		return ""
	}
	defer k.Close()
	v, _, err := k.GetStringValue(name)
	if err != nil {
		return ""
	}
	return v
}

// Set writes a value of a key, and makes the key if need be. Errors: the system's.
func Set(path, name, value string) error {
	k, _, err := registry.CreateKey(registry.CURRENT_USER, path, registry.SET_VALUE)
	if err == nil {
		err = errors.Join(k.SetStringValue(name, value), k.Close())
	}
	if err != nil {
		return fmt.Errorf("writing to the registry: %w", err)
	}
	return nil
}

// Remove takes a key away that has no other below it; one that is not there is none. Errors:
// the system's.
func Remove(path string) error {
	err := registry.DeleteKey(registry.CURRENT_USER, path)
	if err != nil && !errors.Is(err, registry.ErrNotExist) {
		return fmt.Errorf("removing from the registry: %w", err)
	}
	return nil
}
