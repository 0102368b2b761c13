// Package search finds documents by their words, and boards by what is pinned to
// them, without opening any.
//
// Rules of this room:
//   - search.db is a copy of what documents say: whatever is wrong with it, it is
//     deleted and made anew, and nothing is lost;
//   - one tokenizer, in Go, makes the words of texts and of queries alike: SQLite sees
//     nothing but words with spaces between them;
//   - a query is words, never a language: nothing that is typed has a meaning of
//     its own;
//   - documents come as sources and go as entries: nobody here knows where they are kept.
package search
