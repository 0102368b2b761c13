//go:build !windows

package clipper

import "errors"

// Without a registry no browser has a key.
func keyThere(string) bool        { return false }
func keyValue(string) string      { return "" }
func setKey(string, string) error { return errors.ErrUnsupported }
func removeKey(string) error      { return errors.ErrUnsupported }
