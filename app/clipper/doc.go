// Package clipper is what the browser's extension speaks with: it takes clips (a page, a
// selection, an image, a link) from it and keeps them in a profile until the program takes
// them in; and it tells browsers where the program is.
//
// Rules of this room:
//   - A clip is said to be kept only when it is on disk: written under another name, synced,
//     renamed, and the folder synced.
//   - What the browser sends is foreign: it has a bound before it is read, is decoded
//     strictly, and then judged field by field. Errors say which of it failed.
//   - No documents and no profile is opened here: a Spool is a folder of files, which one
//     side fills and the other empties.
//   - Places of browsers are data; what they are on another system can be looked at anywhere.
package clipper
