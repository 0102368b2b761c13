// Package joint makes one wire.Transport of several: of one that is always there, and of
// others that come and go, such as folders.
//
// Rules of this room:
//   - Connections are passed on as they are; nothing is wrapped.
//   - An address goes to the first of the others that takes it, else to the main one.
//   - Whoever has made a transport closes it; that alone takes it out.
package joint
