// Package assets holds the files that travel inside the program: today the fonts.
//
// Rules of this room:
//   - Bytes only. Nothing here parses, draws or logs, and nothing but embed is imported.
//   - The slices are shared by the whole program: read them, never write to them.
//   - Every third-party file lies beside its licence.
package assets
