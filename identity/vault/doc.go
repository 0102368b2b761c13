// Package vault keeps the private keys of a device at rest: one file in a given
// folder, wrapped under a passphrase or under a key that the system guards, and
// always under the recovery words too.
//
// Rules of this room:
//   - What is there is never replaced by something new: Create refuses where there is
//     a file, even a damaged one; Open never creates.
//   - A file is written whole: temporary file, fsync, rename, fsync of the folder. A
//     crash at any step leaves the old file or the new one, and the key that opens it.
//   - A key of the keyring is written under a new name and read back before a file
//     needs it, and deleted only after no file does.
//   - If the keyring cannot be read the answer is ErrLocked: ask for the words.
//   - Keys, passphrases and words are in no error, no log and no String.
//
// Everything blocks: on the disk, on scrypt (about a second, 256 MiB) and on the
// keyring, which may ask the person. Call it on a worker goroutine. A Vault
// belongs to one goroutine, a folder to one process: the profile's lock sees to that.
package vault
