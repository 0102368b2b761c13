// Package lab makes small networks of Linux namespaces for tests: hosts on one
// bridge, cut off and joined again, with every frame between them on record.
//
// Rules of this room:
//   - No namespace is ever joined with the machine's own network: nothing leaves.
//   - Everything is removed with the test, also when it fails. What a killed test has
//     left is removed by the next one.
//   - A process is ended by its own id.
//   - It needs root and iproute2, nothing else. Without them a test is skipped, or
//     fails if CI=true promises them.
package lab
