// Package page makes of a page of the web what is kept of it: what it says of itself, the
// text that can be read, and one file that holds all of it.
//
// Rules of this room:
//   - Everything comes from strangers: bytes, elements, nesting and time are bounded, and
//     what is beyond is left out. Nothing panics on any input.
//   - No network of its own: files of a page are asked from a function.
//   - Nothing is run and nothing is decoded: no scripts, no pictures.
//   - What comes out is inert: Markdown with links of the web alone; HTML that can load
//     nothing from anywhere, whoever opens it.
package page
