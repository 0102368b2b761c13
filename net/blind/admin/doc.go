// Package admin is how a tenant or the owner of a storage peer speaks with it: one
// question and one answer at a time, on a stream of its own.
//
// Rules of this room:
//   - Who asks has proven by the handshake of the connection which secrets they
//     know; nothing here proves anything.
//   - Secrets are drawn by the one who asks, and are at home in safety before they
//     are sent: an answer that is lost locks nobody out, and asking again is harmless.
package admin
