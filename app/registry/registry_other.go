//go:build !windows

package registry

import "errors"

// There reports whether there is a key.
func There(string) bool { return false }

// Get is a value of a key; "" if it has none.
func Get(path, name string) string { return "" }

// Set writes a value of a key. Errors: errors.ErrUnsupported.
func Set(path, name, value string) error { return errors.ErrUnsupported }

// Remove takes a key away. Errors: errors.ErrUnsupported.
func Remove(path string) error { return errors.ErrUnsupported }
