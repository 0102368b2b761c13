// Package registry reads and writes this person's part of the registry of Windows.
//
// Rules of this room:
//   - Paths are below HKEY_CURRENT_USER; nothing of other persons or of the machine is touched.
//   - Values are strings. The name "" is that of a key's default value.
//   - On other systems nothing is there, and nothing can be written: errors.ErrUnsupported.
package registry
