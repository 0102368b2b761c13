// Package workspaces lists the profiles that a person has side by side on this
// machine.
//
// Rules of this room:
//   - A workspace is a profile's folder, and which ones there are is seen by looking.
//     The file beside them holds what that does not say: which one was used last, and
//     their colours. It can be deleted at any time.
//   - Nothing in a profile is read or written here. A new one is an empty folder.
//   - Several programs write the file: it is replaced whole, the last one counts.
package workspaces
