// Package backup is the form of a whole profile in one file: a tar archive inside of
// an age file under a passphrase. Both can be read by programs that know nothing of
// Corkboard.
//
// Rules of this room:
//   - it is streamed both ways: nothing is held but one block, and scrypt's 256 MiB for
//     a second at the beginning;
//   - a name is one of a list, names come in one order and none twice: no path leads
//     anywhere, and nothing need be remembered;
//   - what is read is authentic up to where it was read, and whole only once Next has
//     said io.EOF: until then it is put nowhere but aside;
//   - what entries mean is not known here.
package backup
